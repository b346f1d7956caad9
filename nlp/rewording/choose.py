"""Choose among a place's candidates: read the likeliest again in their place, keep those that pass, rank them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ..schema import Reflection
from .check import Checker, Reading, may_stand
from .features import features
from .rank import SHOWN, score, still_to_gain
from .say import Candidate, Manner, Said, candidates
from .understand import Understanding

#: Candidates of a manner that are read again in one pass, and how many passes are tried.
READ = 1
PASSES = 4
#: How much a line loses for each candidate of the same place that it did not help.
FAILED = 0.5
#: So many characters around a place are read with an option.
AROUND = 160


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate that may be shown, with its reading and score."""

    candidate: Candidate
    reading: Reading
    score: float


@dataclass(frozen=True, slots=True)
class Chooser:
    """Finds the best candidates of a place."""

    checker: Checker

    def best(
        self,
        reflection: Reflection,
        known: Understanding,
        manners: Sequence[Manner],
        said: Said,
        most: int = 1,
        least: float = SHOWN,
    ) -> list[list[Ranked]]:
        """Return the best candidates of each manner that may be shown, best first; the manners are read together."""
        drafted = [_drafted(reflection, known, manner, said, least) for manner in manners]
        found: list[list[Ranked]] = [[] for _ in manners]
        failed: Counter[str] = Counter()
        around = _around(reflection, known)
        for _ in range(PASSES):
            some = _shortlists(drafted, found, failed, most)
            if not any(some):
                break
            read = iter(self._read(around, known, [c for rows in some for c in rows]))
            for number, rows in enumerate(some):
                ranked = list(islice(read, len(rows)))
                failed.update(line for c, r in zip(rows, ranked, strict=True) if r is None for line in c.lines)
                good = [*found[number], *(r for r in ranked if r is not None and r.score >= least)]
                found[number] = sorted(good, key=lambda r: -r.score)[:most]
        return found

    def _read(self, around: tuple[str, str], known: Understanding, some: Sequence[Candidate]) -> list[Ranked | None]:
        """Return the candidates as they read in their place; None for those that are harsh or broken there."""
        readings = self.checker.read(around, known, some)
        clear = [c for c, reading in zip(some, readings, strict=True) if reading.is_clear]
        correct = {id(c) for c, is_correct in zip(clear, self.checker.are_correct(clear), strict=True) if is_correct}
        return [
            Ranked(c, reading, score(features(known, c, reading))) if id(c) in correct else None
            for c, reading in zip(some, readings, strict=True)
        ]


def _drafted(
    reflection: Reflection, known: Understanding, manner: Manner, said: Said, least: float
) -> list[tuple[float, Candidate]]:
    """Return the candidates of a manner that may stand and reach `least`, with their score before they are read again."""
    # What the sender asks for in their own words is no invention, and what they steer is theirs to leave out.
    asked = manner.wish.request.words if manner.wish.request else ""
    told = f"{reflection.text} {asked} {manner.wish.appreciation or ''}"
    made = (c for c in candidates(known, manner, said) if c.option.text not in said.texts)
    found: list[tuple[float, Candidate]] = []
    for candidate in made:
        seen = features(known, candidate)
        so_far = score(seen)
        if so_far + still_to_gain(seen) >= least and may_stand(known, told, candidate, manner.wish.says_it):
            found.append((so_far, candidate))
    return found


def _shortlists(
    drafted: list[list[tuple[float, Candidate]]], found: list[list[Ranked]], failed: Counter[str], most: int
) -> list[list[Candidate]]:
    """Return the next candidates of each manner that still lacks some.

    A later manner keeps off an earlier one's lines, and says neither its words nor its entry of the phrasebook again.
    """
    tried = failed.copy()
    taken = {word for good in found for ranked in good for word in _told_by(ranked.candidate)}
    some: list[list[Candidate]] = []
    for rows, good in zip(drafted, found, strict=True):
        if len(good) < most:
            rows[:] = [row for row in rows if not _told_by(row[1]) & taken]
            some.append(_next(rows, tried, max(READ, most)))
        else:
            some.append([])
        tried.update(line for candidate in some[-1][:1] for line in candidate.lines)
        taken |= {word for candidate in some[-1][:1] for word in _told_by(candidate)}
    return some


def _told_by(candidate: Candidate) -> set[str]:
    """Return what no other option of a place should say again: its own words, and the rewording they were filled from."""
    parts = candidate.option.parts
    own = " ".join(part for part in (parts.observation, parts.feeling, parts.request) if part)
    return {own, candidate.template or own}


def _next(rows: list[tuple[float, Candidate]], failed: Counter[str], count: int) -> list[Candidate]:
    """Take the likeliest candidates out of the rows; lines that sounded harsh in this place are tried last."""
    rows.sort(key=lambda row: FAILED * sum(failed[line] for line in row[1].lines) - row[0])
    some = [candidate for _, candidate in rows[:count]]
    del rows[:count]
    return some


def _around(reflection: Reflection, known: Understanding) -> tuple[str, str]:
    """Return the words just before and after a place: enough to read an option in its place."""
    before = [s for s in reflection.sentences if s.end <= known.start and known.start - s.start < AROUND]
    after = [s for s in reflection.sentences if s.start >= known.end and s.end - known.end < AROUND]
    start = before[0].start if before else known.start
    end = after[-1].end if after else known.end
    return reflection.text[start : known.start], reflection.text[known.end : end]
