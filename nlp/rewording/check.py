"""Read candidates again in their place: clear with a margin, correct English, facts kept and none added."""

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from ..words import Floats
from .clauses import rules
from .coverage import tells
from .facts import made_up, missing, strange
from .grammar import problems
from .plain import plain, straight
from .say import Candidate
from .understand import Understanding

_WORD = re.compile(r"[a-z']+")
#: Every score of an option's sentences stays under this share of its threshold. At 0.7 one in five of the rewordings that people
#: would send did not pass, at 0.9 one in seven.
MARGIN = 0.9
#: An option this like the words it replaces is no rewording.
TOO_ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """What a second reading finds in an option: how near its sentences come to a flag, and how near its meaning is."""

    nearest: float
    likeness: float

    @property
    def is_clear(self) -> bool:
        """Tell whether every sentence stays under its thresholds with a margin."""
        return self.nearest < MARGIN


@dataclass(frozen=True, slots=True)
class Checker:
    """Reads candidates again with the pipeline that flagged the draft."""

    read_all: Callable[[Sequence[str]], list[Doc]]
    parse_all: Callable[[Sequence[str]], list[Doc]]
    thresholds: dict[str, float]

    def read(self, around: tuple[str, str], known: Understanding, candidates: Sequence[Candidate]) -> list[Reading]:
        """Return the reading of each candidate between the words before and after its place, in one pass."""
        before, after = around
        docs = self.read_all([before + c.option.text + after for c in candidates])
        found = []
        for candidate, doc in zip(candidates, docs, strict=True):
            start, end = len(before), len(before) + len(candidate.option.text)
            found.append(
                Reading(
                    nearest=self.nearest(doc, start, end),
                    likeness=_cosine(known.vector, vector_of(doc, start, end)),
                )
            )
        return found

    def are_correct(self, candidates: Sequence[Candidate]) -> list[bool]:
        """Tell of each candidate whether it is correct English, as far as its parse shows."""
        docs = self.parse_all([plain(c.plain).text for c in candidates]) if candidates else []
        return [not problems(doc) for doc in docs]

    def clear_alone(self, texts: Sequence[str]) -> list[bool]:
        """Tell of each text whether it reads as clear by itself."""
        return [self.nearest(doc, 0, len(doc.text)) < 1.0 for doc in self.read_all(texts)] if texts else []

    def is_clear(self, doc: Doc, start: int, end: int) -> bool:
        """Tell whether what stands between two characters of a read Doc stays under its thresholds with a margin."""
        return self.nearest(doc, start, end) < MARGIN

    def nearest(self, doc: Doc, start: int, end: int) -> float:
        """Return the highest score between two characters, as a share of its label's threshold."""
        inside = [n for n, (a, b) in enumerate(doc._.bounds) if a < end and b > start]
        shares = [score / self.thresholds[label] for n in inside for label, score in doc._.scores[n].items()]
        return max(shares, default=0.0)


def vector_of(doc: Doc, start: int, end: int) -> Floats:
    """Return the meaning of the sentences between two characters of a read Doc."""
    inside = [n for n, (a, b) in enumerate(doc._.bounds) if a < end and b > start]
    rows: Floats = doc._.encoding.vectors[inside] if inside else doc._.encoding.vectors
    return np.asarray(rows.mean(axis=0), dtype=np.float32)


def may_stand(known: Understanding, told: str, candidate: Candidate, steered: bool = False) -> bool:
    """Tell whether an option is new, keeps the facts of its place and adds none, and keeps its matter unless steered."""
    text = candidate.option.text
    if text.count('"') % 2 > known.text.count('"') % 2:
        # A clause kept from inside a quotation has lost its other half.
        return False
    keeps = not missing(known.facts, text) and (steered or tells(known, candidate))
    if _only_adds_a_feeling(known, candidate) or (candidate.written is not None and made_up(text, told)):
        return False
    alike = difflib.SequenceMatcher(None, text.lower(), known.text.lower())
    return keeps and not strange(text, told) and not (alike.quick_ratio() >= TOO_ALIKE and alike.ratio() >= TOO_ALIKE)


def _only_adds_a_feeling(known: Understanding, candidate: Candidate) -> bool:
    """Tell whether what was heard as blame stands as it was, with a feeling after it and no ask of its own.

    Readers still hear the charge in "You always go out with them. I'm a bit sad about it. Could we talk about it?".
    """
    if "blame" not in known.labels or candidate.request is not None or candidate.analogy is not None:
        return False
    kept = " ".join(piece.text for piece in candidate.opening if piece.kind in ("own", "that"))
    return not set(_WORD.findall(straight(kept))).isdisjoint(rules()["persons"]["second"])


def _cosine(a: Floats, b: Floats) -> float:
    scale = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / scale if scale and a.shape == b.shape else 0.0
