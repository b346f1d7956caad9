"""Find sentences in which the sender makes themself small, or asks to be told their worth: by meaning, not by words.

The weights in `data/worth.toml` are fitted by `python -m nlp.making.worth` for one encoder's vectors.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from .wording import read_words
from .words import Floats

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Worth:
    """A linear scorer over a sentence's vector, and the score from which on it speaks."""

    #: The checksum of the encoder whose vectors it reads.
    encoder: str
    weights: Floats
    start: float
    bar: float
    first: frozenset[str]
    second: frozenset[str]

    def small(self, sentences: Sequence[str], vectors: Floats) -> Iterator[int]:
        """Yield the numbers of the sentences that tell of little worth, the surest first."""
        if len(sentences):
            scores = vectors @ self.weights + self.start
            for number in np.argsort(-scores):
                if scores[number] >= self.bar and self.is_of_sender(sentences[number]):
                    yield int(number)

    def is_of_sender(self, sentence: str) -> bool:
        """Tell whether a sentence is about the sender: "I" stands in it at least as often as "you"."""
        words = [word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
        own = sum(word in self.first for word in words)
        return own > 0 and own >= sum(word in self.second for word in words)


@cache
def worth() -> Worth:
    """Return the scorer of `data/worth.toml`."""
    data = read_words("worth.toml")
    return Worth(
        encoder=data["encoder"],
        weights=np.array(data["weights"], dtype=np.float32),
        start=float(data["start"]),
        bar=float(data["bar"]),
        **persons(),
    )


def persons() -> dict[str, frozenset[str]]:
    """Return the words for the sender and for the partner, by the name of the person."""
    return {person: frozenset(words) for person, words in read_words("rules.toml")["persons"].items()}
