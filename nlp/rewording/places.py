"""Decide which sentences a suggestion covers: flagged neighbours belong together, safety and decisions are left alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..schema import Flag, Reflection, Sentence

#: At most this many neighbouring sentences are handled as one place.
MOST_TOGETHER = 6
#: What tells of danger is not made gentler, and what is decided is the sender's to decide.
LEFT_ALONE = {"safety", "decision"}


@dataclass(frozen=True, slots=True)
class Place:
    """Neighbouring flagged sentences that one rewording would replace: indexes of sentences and of flags."""

    sentences: tuple[int, ...]
    flags: tuple[int, ...]


def find_places(text: str, sentences: Sequence[Sentence], flags: Sequence[Flag]) -> list[Place]:
    """Return the places of a draft in order; neighbours are joined unless an empty line stands between them."""
    groups: list[list[int]] = []
    for number, sentence in enumerate(sentences):
        if not sentence.labels or LEFT_ALONE & set(sentence.roles):
            continue
        if groups and groups[-1][-1] == number - 1 and len(groups[-1]) < MOST_TOGETHER:
            between = text[sentences[number - 1].end : sentence.start]
            if between.count("\n") < 2:
                groups[-1].append(number)
                continue
        groups.append([number])
    return [Place(tuple(g), _flags_in(flags, sentences[g[0]].start, sentences[g[-1]].end)) for g in groups]


def place_at(reflection: Reflection, start: int, end: int) -> Place | None:
    """Return the place that two characters touch: a flagged one, else the sentences themselves; none of those left alone."""
    for place in find_places(reflection.text, reflection.sentences, reflection.flags):
        first, last = reflection.sentences[place.sentences[0]], reflection.sentences[place.sentences[-1]]
        if first.start < end and start < last.end:
            return place
    found = [n for n, s in enumerate(reflection.sentences) if s.start < end and start < s.end]
    if not found or any(LEFT_ALONE & set(reflection.sentences[n].roles) for n in found):
        return None
    return Place(tuple(found), ())


def _flags_in(flags: Sequence[Flag], start: int, end: int) -> tuple[int, ...]:
    return tuple(n for n, flag in enumerate(flags) if start <= flag.start and flag.end <= end)
