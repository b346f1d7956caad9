"""Check a candidate: it reads as clear in its place, keeps the facts, adds none, and is no copy of the draft."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc

from ..schema import Option
from .understand import Understanding

#: Every score of an option's sentences stays under this share of its threshold.
MARGIN = 0.9
#: An option this like the words it replaces is no rewording.
TOO_ALIKE = 0.9
_SLOT = re.compile(r"[\[\]{}<>_]|\.\.\.\s*$")


@dataclass(frozen=True, slots=True)
class Checker:
    """Reads candidates again with the pipeline that flagged the draft."""

    read: Callable[[str], Doc]
    thresholds: dict[str, float]

    def passes(self, draft: str, known: Understanding, option: Option) -> bool:
        """Tell whether an option may be shown."""
        return (
            not _SLOT.search(option.text)
            and difflib.SequenceMatcher(None, option.text.lower(), known.text.lower()).ratio() < TOO_ALIKE
            and self._keeps_facts(known, option)
            and self._is_clear(draft, known, option.text)
        )

    def is_clear(self, doc: Doc, start: int, end: int) -> bool:
        """Tell whether every sentence between two characters stays clear of its thresholds by the margin."""
        inside = [n for n, (a, b) in enumerate(doc._.bounds) if a < end and b > start]
        return all(score < MARGIN * self.thresholds[label] for n in inside for label, score in doc._.scores[n].items())

    def _is_clear(self, draft: str, known: Understanding, text: str) -> bool:
        changed = draft[: known.start] + text + draft[known.end :]
        doc = self.read(changed)
        return self.is_clear(doc, known.start, known.start + len(text))

    def _keeps_facts(self, known: Understanding, option: Option) -> bool:
        said = option.text.lower().replace("’", "'")
        return all(fact.lower() in said for fact in known.facts)
