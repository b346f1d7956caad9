"""Read a file of examples, line by line: what will be imported, what is refused and why. Nothing is kept here."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import ExchangeError, GentleDraftError
from ..examples import Phrase
from ..schema import LABELS, Label
from ..segmentation import sentence_bounds
from .files import file_bytes, rows_of
from .kept import Kept, Sample, State
from .same import words_of

MOST_ROWS = 100_000
_BAD_FIELD = "A field of this line is not of the form that is read; see data/README.md."
_CLEAR = {"", "clear", "none", "-"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that can be imported; `note` tells what is worth knowing about it."""

    number: int
    sample: Sample
    note: str = ""
    #: The same words with the same labels are kept already, or stand above: left out.
    is_double: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that cannot be imported, and why: one sentence."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds. `samples` are what `Store.add` should be given."""

    name: str
    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]

    @property
    def samples(self) -> list[Sample]:
        """Return what would be imported: every good line that is no double."""
        return [line.sample for line in self.lines if not line.is_double]


def preview(path: Path, kept: Sequence[Kept] = ()) -> Preview:
    """Return what a file holds, beside what is kept already; raise ExchangeError where nothing can be read."""
    return preview_text(file_bytes(path), path.name, kept)


def preview_text(blob: bytes, name: str, kept: Sequence[Kept] = ()) -> Preview:
    """Return what the bytes of a file hold; the name's ending tells its form."""
    lines: list[Line] = []
    refused: list[Refused] = []
    for number, row in rows_of(blob, name):
        if len(lines) + len(refused) >= MOST_ROWS:
            raise ExchangeError(f"{name}: has more than {MOST_ROWS:,} examples; import it in parts.")
        try:
            lines.append(_line(number, row))
        except (GentleDraftError, ValueError, TypeError, KeyError) as error:
            refused.append(Refused(number, str(error) if isinstance(error, GentleDraftError) else _BAD_FIELD))
    return Preview(name, tuple(_compared(lines, kept)), tuple(refused))


def _line(number: int, row: Any) -> Line:
    if isinstance(row, GentleDraftError):
        raise row
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ExchangeError('This line has no "text" that is a string.')
    if "labels" not in row:
        raise ExchangeError('This line has no "labels".')
    before, after = (row.get(name) for name in ("before", "after"))
    if not all(part is None or isinstance(part, str) for part in (before, after)):
        raise ExchangeError("What stands before and after must be strings.")
    sample = Sample(
        text=row["text"],
        labels=_labels(row["labels"]),
        phrases=_phrases(row.get("phrases")),
        before=before,
        after=after,
        state=_state(row.get("state")),
    )
    parts = len(sentence_bounds(sample.text))
    note = f"Holds {parts} sentences; the labels are taken to be those of all of them." if parts > 1 else ""
    return Line(number, sample, note)


def _labels(value: Any) -> tuple[Label, ...]:
    """Return the labels of a list, or of words parted by blanks, commas, semicolons or bars."""
    if isinstance(value, str):
        value = value.replace(",", " ").replace(";", " ").replace("|", " ").split()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ExchangeError("The labels are neither words nor a list of words.")
    names = {name.strip().lower() for name in value} - _CLEAR
    unknown = sorted(names - set(LABELS))
    if unknown:
        raise ExchangeError(
            f"{unknown[0][:40]!r} is no label; use {', '.join(LABELS)}, or nothing for a clear sentence."
        )
    return tuple(label for label in LABELS if label in names)


def _phrases(value: Any) -> tuple[Phrase, ...]:
    """Return marked words; a cell of a CSV holds them as JSON."""
    return tuple(_phrase(p) for p in (json.loads(value) if isinstance(value, str) and value else value) or ())


def _phrase(value: Any) -> Phrase:
    start, end, label, sign = value["start"], value["end"], value["label"], value.get("sign", "")
    if type(start) is not int or type(end) is not int or label not in LABELS or not isinstance(sign, str):
        raise ExchangeError("Marked words need whole numbers for start and end, and a label.")
    return Phrase(start, end, label, sign)


def _state(value: Any) -> State:
    if value in (None, ""):
        return State.new
    if value not in list(State):
        raise ExchangeError(f"The state is none of {', '.join(State)}.")
    return State(value)


def _compared(lines: Sequence[Line], kept: Sequence[Kept]) -> Iterator[Line]:
    """Yield the lines with a note where the same words are kept, or stand above, already."""
    known = {words_of(k.sample.text): frozenset(k.sample.labels) for k in kept}
    for line in lines:
        words, labels = words_of(line.sample.text), frozenset(line.sample.labels)
        if words not in known:
            known[words] = labels
            yield line
        elif known[words] == labels:
            yield replace(line, is_double=True, note="The same words with the same labels are there already.")
        else:
            yield replace(line, note="The same words are there with other labels; Review will ask which is right.")
