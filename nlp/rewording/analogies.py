"""Find what the phrasebook would say: the nearest entries, with the sender's own words in their slots.

An entry that is near in meaning is filled with each noun phrase or act of the place that could stand in its slot; the
filling that reads most like the place is the one that was meant. So an analogy is judged by the encoder, not by rules.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from spacy.tokens import Doc, Token

from ..encoder import Floats
from .clauses import is_addressed, is_unkind, rules
from .phrasebook import Entry, entries, filled, grams, lines, rarity, unfilled, vectors
from .pieces import Piece
from .spoken import Spoken

#: Texts -> their unit vectors (texts, components).
Read = Callable[[Sequence[str]], Floats]

#: Entries that are tried, those at least so near before their slots are filled, and after.
TRIED = 12
NEAR = 0.4
ALIKE = 0.5
#: From this likeness in all an entry says what the place says; with slots more is needed, as a noun may fit by chance.
#: Readers found 15 % bad from here on and three in four below.
SURE = 1.8, 2.1, 2.3
#: Fillings that are read for one place.
MOST_READ = 36
#: Longer places say more than a phrasebook knows.
MOST_WORDS = 34
MOST_WORDS_OF_NOUNS = 6
MOST_FILLERS = 4
#: Parts of a sentence whose nouns may fill a slot, and what belongs to a noun before it.
_ROLES = {"obj", "obl", "nsubj", "nsubj:pass", "nmod", "conj", "ROOT", "parataxis", "iobj", "xcomp", "ccomp"}
_BEFORE = {"det", "nmod:poss", "amod", "compound", "nummod", "flat"}


@dataclass(frozen=True, slots=True)
class Analogy:
    """An entry that says what a place says, and its rewordings with the place's own words.

    `near` is how alike the entry is with its example fillers, `alike` with those of the place, `shared` how much of
    their wording they share; all reach 1 for the same.
    """

    entry: Entry
    said: str
    words: Mapping[str, str]
    near: float
    alike: float
    shared: float
    start: int
    end: int

    @property
    def likeness(self) -> float:
        """Return how alike the entry and the place are in all."""
        return self.near + self.alike + self.shared

    @property
    def is_sure(self) -> bool:
        """Tell whether the entry says what the place says, whatever its other words."""
        return self.likeness >= SURE[len(self.words)]

    @property
    def rewordings(self) -> tuple[str, ...]:
        """Return what could be said instead."""
        return tuple(filled(text, self.words) for text in self.entry.rewordings)


def analogies(text: str, sentences: Sequence[Spoken], pieces: Sequence[Piece], read: Read) -> list[Analogy]:
    """Return the analogies of a place, and of each of its flagged sentences, the most alike first."""
    wholes = [(text, list(sentences))]
    if len(sentences) > 1:
        wholes += [(s.plain.raw, [s]) for s in sentences if s.labels]
    wholes = [(words, own) for words, own in wholes if own and len(words.split()) <= MOST_WORDS]
    if not wholes:
        return []
    found: list[Analogy] = []
    for (_, own), vector in zip(wholes, read([words for words, _ in wholes]), strict=True):
        start, end = own[0].start, own[-1].start + len(own[-1].plain.raw)
        acts = [p.text for p in pieces if p.kind == "ask" and start <= p.start and p.end <= end]
        said = " ".join(s.plain.text for s in own)
        for entry, line, fillers, near, alike in _alike(vector, _nouns(own), acts, read):
            found.append(Analogy(entry, filled(line, fillers), fillers, near, alike, shared(line, said), start, end))
    return sorted(found, key=lambda analogy: -analogy.likeness)


def meanings(docs: Sequence[Doc]) -> Floats:
    """Return the meaning of each read text as a unit vector of features (texts, components)."""
    rows = np.stack([doc._.features.mean(axis=0) for doc in docs])
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _alike(
    vector: Floats, nouns: Sequence[str], acts: Sequence[str], read: Read
) -> Iterator[tuple[Entry, str, dict[str, str], float, float]]:
    """Yield the entries that are like a place: entry, line, fillers, and how alike before and after they are filled."""
    near = vectors() @ vector
    said, shipped = lines(), entries()
    order = [int(n) for n in np.argsort(-near)[: 4 * TRIED] if near[n] >= NEAR]
    # Of each entry the line that is nearest.
    tried = list({said[n][0]: n for n in reversed(order)}.values())[::-1][:TRIED]
    fillers = {"np": list(dict.fromkeys(nouns))[:MOST_FILLERS], "vp": list(dict.fromkeys(acts))[:MOST_FILLERS]}
    fillings: list[tuple[int, dict[str, str]]] = []
    for n in tried:
        entry = shipped[said[n][0]]
        choices = product(*(fillers[slot] for slot in entry.slots))
        fillings += [(n, dict(zip(entry.slots, words, strict=True))) for words in choices]
    fillings = fillings[:MOST_READ]
    slotted = [filled(said[n][1], words) for n, words in fillings if words]
    read_again = iter(read(slotted) @ vector if slotted else ())
    best: dict[int, tuple[float, dict[str, str]]] = {}
    for n, words in fillings:
        alike = float(next(read_again)) if words else float(near[n])
        if alike > best.get(n, (ALIKE, {}))[0]:
            best[n] = (alike, words)
    for n, (alike, words) in best.items():
        yield shipped[said[n][0]], said[n][1], words, float(near[n]), alike


def shared(line: str, said: str) -> float:
    """Return how much of their wording a line, without its slots, and a place share; rare words count more."""
    own, other = grams(unfilled(line)), grams(said)
    both = sum(map(rarity, own & other))
    return both / max(1e-6, math.sqrt(sum(map(rarity, own)) * sum(map(rarity, other))))


def _nouns(sentences: Sequence[Spoken]) -> list[str]:
    """Return the noun phrases of sentences, in plain spelling."""
    found = (_phrase(token) for sentence in sentences for token in sentence.doc if token.tag_.startswith("NN"))
    return [words for words in found if words]


def _phrase(head: Token) -> str:
    """Return a noun with what belongs to it before it, and an "of …" after it; nothing where it stands for no thing."""
    if head.dep_ not in _ROLES or head.lower_ in rules()["matter"]["weak"] or is_addressed(head):
        return ""
    own = [t for t in head.lefts if t.dep_ in _BEFORE]
    first = min((t.left_edge.i for t in own), default=head.i)
    tail = [t for t in head.rights if t.dep_ == "nmod" and any(c.lower_ == "of" for c in t.children)]
    last = tail[0].right_edge.i if tail else head.i
    phrase = head.doc[first : last + 1]
    named = head.tag_.startswith("NNP") or head.tag_ == "NNS" or any(t.dep_ in ("det", "nmod:poss") for t in own)
    return phrase.text if named and len(phrase) <= MOST_WORDS_OF_NOUNS and not is_unkind(phrase.text) else ""
