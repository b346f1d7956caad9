"""A flagged place as the rules read it: plain spelling, parsed sentence by sentence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from .plain import Plain, plain


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence: its parse in plain spelling, and where it stands in the draft."""

    doc: Doc
    plain: Plain
    start: int
    labels: frozenset[str]
    signs: tuple[str, ...]
    #: The flagged phrases: characters of the draft, and the sign.
    phrases: tuple[tuple[int, int, str], ...] = ()
    #: The sentence after it in the place.
    following: str = ""

    def typed(self, tokens: Sequence[Token]) -> str:
        """Return the sender's own typing of neighbouring tokens."""
        return self.plain.typed(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))

    def place(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """Return the characters of the draft that tokens come from."""
        if not tokens:
            return self.start, self.start
        first, last = tokens[0].idx, tokens[-1].idx + len(tokens[-1]) - 1
        raw = self.plain.raw_bounds
        return (
            self.start + raw[_at(self.plain.plain_starts, first)][0],
            self.start + raw[_at(self.plain.plain_starts, last)][1],
        )


def _at(starts: Sequence[int], place: int) -> int:
    return max(n for n, start in enumerate(starts) if start <= place)


def spoken(
    parse: Callable[[str], Doc], sentences: Sequence[tuple[str, int, frozenset[str], tuple[tuple[int, int, str], ...]]]
) -> Iterator[Spoken]:
    """Yield the sentences of a place, read in plain spelling."""
    followers = [*(row[0] for row in sentences[1:]), ""]
    for (text, start, labels, phrases), following in zip(sentences, followers, strict=True):
        read = plain(text)
        yield Spoken(parse(read.text), read, start, labels, tuple(p[2] for p in phrases), phrases, following)
