"""Find what the phrasebook would say: the nearest entries, with the sender's own words in their slots.

An entry that is near in meaning is filled with each noun phrase or act of the place that could stand in its slot; the
filling that reads most like the place is the one that was meant. So an analogy is judged by the encoder, not by rules.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np
from spacy.tokens import Span, Token

from ..words import Floats
from .clauses import is_addressed, is_unkind, rules
from .facts import is_day
from .phrasebook import Entry, book, entries, filled, grams, rarity, sayings
from .pieces import Piece
from .spoken import Spoken

#: Entries that are tried, those at least so near before their slots are filled, and after.
TRIED = 12
NEAR = 0.4
ALIKE = 0.5
#: From this likeness in all an entry says what the place says, as readers of candidates found; with slots more is
#: needed, as a noun may fit by chance.
SURE = 1.75, 2.2, 2.4
#: … and so much of their wording is shared: what is alike in meaning alone is of one sign, but seldom of one matter.
LEAST_SHARED = 0.3
#: What is further from a place than its nearest entry by more than this answers something else.
BEHIND = 0.2
#: Fillings that are read for one place.
MOST_READ = 36
#: Longer places say more than a phrasebook knows.
MOST_WORDS = 34
#: Longer noun phrases hold a clause, and a place with more nouns than this is about too much for one entry.
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
        return self.likeness >= SURE[len(self.words)] and self.shared >= LEAST_SHARED

    @property
    def rewordings(self) -> tuple[str, ...]:
        """Return what could be said instead."""
        return tuple(filled(text, self.words) for text in self.entry.rewordings)


def analogies(text: str, sentences: Sequence[Spoken], pieces: Sequence[Piece]) -> list[Analogy]:
    """Return the analogies of a place, and of each of its flagged sentences, the most alike first."""
    wholes = [(text, list(sentences))]
    if len(sentences) > 1:
        wholes += [(s.plain.raw, [s]) for s in sentences if s.labels]
    wholes = [(words, own) for words, own in wholes if own and len(words.split()) <= MOST_WORDS]
    found: list[Analogy] = []
    vectors = book().meanings([words for words, _ in wholes]) if wholes else ()
    for (_, own), vector in zip(wholes, vectors, strict=True):
        found += _analogies(vector, own, pieces)
    found.sort(key=lambda analogy: -analogy.likeness)
    return [analogy for analogy in found if analogy.likeness >= found[0].likeness - BEHIND]


def _analogies(vector: Floats, sentences: Sequence[Spoken], pieces: Sequence[Piece]) -> Iterator[Analogy]:
    """Yield for each entry near some sentences the filling that reads most like them."""
    start, end = sentences[0].start, sentences[-1].start + len(sentences[-1].plain.raw)
    acts = [p.text for p in pieces if p.kind == "ask" and start <= p.start and p.end <= end]
    fillers = {"np": _few(_nouns(sentences)), "vp": _few(acts)}
    said = " ".join(s.plain.text for s in sentences)
    fillings = list(islice(_fillings(_nearest(vector), fillers), MOST_READ))
    texts = [filled(line, words) for _, line, words, _ in fillings if words]
    read = iter(book().meanings(texts) @ vector if texts else ())
    best: dict[Entry, Analogy] = {}
    for entry, line, words, near in fillings:
        alike = float(next(read)) if words else near
        if alike >= ALIKE and (entry not in best or alike > best[entry].alike):
            best[entry] = Analogy(entry, filled(line, words), words, near, alike, shared(line, said), start, end)
    yield from best.values()


def _nearest(vector: Floats) -> Iterator[tuple[Entry, str, float]]:
    """Yield the entries nearest in meaning, each with its nearest line and how near that is."""
    near = book().vectors @ vector
    seen: set[int] = set()
    for row in np.argsort(-near)[: 4 * TRIED]:
        number, line = sayings()[row]
        if near[row] >= NEAR and number not in seen and len(seen) < TRIED:
            seen.add(number)
            yield entries()[number], line, float(near[row])


def _fillings(
    near: Iterable[tuple[Entry, str, float]], fillers: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Entry, str, dict[str, str], float]]:
    """Yield each entry with each choice of words for its slots; none for an entry whose slots cannot be filled."""
    for entry, line, nearness in near:
        for words in product(*(fillers[slot] for slot in entry.slots)):
            yield entry, line, dict(zip(entry.slots, words, strict=True)), nearness


def _few(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))[:MOST_FILLERS]


def shared(line: str, said: str) -> float:
    """Return how much of their wording a line, without its slots, and a place share; rare words count more."""
    own, other = grams(line), grams(said)
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
    place = [t for t in head.rights if t.tag_ == "POS" and not t.whitespace_.strip() and t.i == head.i + 1]
    last = tail[0].right_edge.i if tail else place[0].i if place else head.i
    phrase = head.doc[first : last + 1]
    named = head.tag_.startswith("NNP") or head.tag_ == "NNS" or any(t.dep_ in ("det", "nmod:poss") for t in own)
    fits = named and len(phrase) <= MOST_WORDS_OF_NOUNS and not is_unkind(phrase.text) and not is_day(phrase.text)
    return _uncapped(phrase) if fits else ""


def _uncapped(phrase: Span) -> str:
    """Return a phrase as it is written inside a sentence."""
    first = phrase[0]
    kept = first.tag_.startswith("NNP") or first.text.isupper() or not first.text[0].isupper()
    words: str = phrase.text
    return words if kept else words[0].lower() + words[1:]
