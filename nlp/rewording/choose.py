"""Choose among a place's candidates: read the likeliest again in their place, keep those that pass, rank them."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from ..schema import Reflection
from .check import Checker, Reading, passes
from .features import features
from .rank import SHOWN, score
from .say import Candidate, Manner, Said, candidates
from .understand import Understanding

#: Candidates of one place that are read again in one pass, and how many passes are tried.
READ = 4
PASSES = 3
#: How much a line loses for each candidate of the same place that it did not help.
FAILED = 0.5
#: So many characters around a place are read with an option.
AROUND = 800


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
        manner: Manner,
        said: Said,
        most: int = 1,
        least: float = SHOWN,
    ) -> list[Ranked]:
        """Return the best candidates that may be shown, best first."""
        drafted = [c for c in candidates(known, manner, said) if c.option.text not in said.texts]
        worth = {id(c): score(features(known, c)) for c in drafted}
        failed: Counter[str] = Counter()
        around = _around(reflection, known)
        # What the sender asks for in their own words is no invention.
        told = f"{reflection.text} {manner.wish.request or ''}"
        found: list[Ranked] = []
        passed = False
        for _ in range(PASSES):
            # Lines that made a candidate sound harsh in this place are tried last.
            drafted.sort(key=lambda c: FAILED * sum(failed[line] for line in c.lines) - worth[id(c)])
            some, drafted = drafted[:READ], drafted[READ:]
            if not some:
                break
            for candidate, reading in zip(some, self.checker.read(around, known, some), strict=True):
                ranked = Ranked(candidate, reading, score(features(known, candidate, reading)))
                if not passes(known, told, candidate, reading):
                    failed.update(candidate.lines)
                    continue
                passed = True
                if ranked.score >= least:
                    found.append(ranked)
            found = self._correct(found, most)
            # What passes and is worth too little will not be bettered by less likely candidates.
            if len(found) >= most or (passed and not found):
                break
        return found

    def _correct(self, found: list[Ranked], most: int) -> list[Ranked]:
        """Return the best that are correct English; parsing is dear, so the best are looked at first."""
        good = (r for r in sorted(found, key=lambda r: -r.score) if self.checker.is_correct(r.candidate))
        return list(islice(good, most))


def _around(reflection: Reflection, known: Understanding) -> tuple[str, str]:
    """Return the words just before and after a place: enough to read an option in its place."""
    before = [s for s in reflection.sentences if s.end <= known.start and known.start - s.start < AROUND]
    after = [s for s in reflection.sentences if s.start >= known.end and s.end - known.end < AROUND]
    start = before[0].start if before else known.start
    end = after[-1].end if after else known.end
    return reflection.text[start : known.start], reflection.text[known.end : end]
