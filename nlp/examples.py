"""Labelled examples: read, validate, and measure how far their readers agree."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .errors import ExamplesError
from .knowledge import signs
from .paths import shipped_dir
from .schema import LABELS, ROLES, Label

Split = Literal["train", "dev", "gate", "test"]
SPLITS: tuple[Split, ...] = ("train", "dev", "gate", "test")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a sentence that carry a label, with their main sign."""

    start: int
    end: int
    label: Label
    sign: str


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence as its readers settled it."""

    start: int
    end: int
    labels: tuple[Label, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledDraft:
    """A draft with its labelled sentences; `kind` tells why it was written."""

    id: str
    text: str
    sentences: tuple[LabelledSentence, ...]
    writer: str = ""
    split: Split = "train"
    kind: str = "draft"
    distress: bool = False

    @property
    def bounds(self) -> list[tuple[int, int]]:
        """Return (start, end) of each sentence."""
        return [(s.start, s.end) for s in self.sentences]

    @property
    def is_clear(self) -> bool:
        """Tell whether no sentence carries a label."""
        return not any(s.labels for s in self.sentences)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader's labels of one draft, before settling."""

    id: str
    reader: str
    sentences: tuple[LabelledSentence, ...] = field(default_factory=tuple)


def shipped_examples(*splits: Split) -> list[LabelledDraft]:
    """Return the shipped drafts of the splits named, or of all."""
    drafts = read_examples(shipped_dir("data") / "examples.jsonl")
    return [draft for draft in drafts if not splits or draft.split in splits]


def read_examples(path: Path) -> list[LabelledDraft]:
    """Return the drafts of a JSONL file; raise ExamplesError naming the line that is wrong."""
    drafts = []
    for where, row in _rows(path):
        try:
            if not isinstance(row["text"], str):
                raise TypeError("the text is not a string")
            sentences = tuple(_sentence(s, row["text"]) for s in row["sentences"])
            drafts.append(
                LabelledDraft(
                    id=row["id"],
                    text=row["text"],
                    sentences=sentences,
                    writer=row.get("writer", ""),
                    split=_one_of(row.get("split", "train"), SPLITS),
                    kind=row.get("kind", "draft"),
                    distress=bool(row.get("distress", False)),
                )
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ExamplesError(f"{where}: {_reason(error)}; see data/README.md for the form of a line.") from error
    return drafts


def read_readings(path: Path) -> list[Reading]:
    """Return every reading of a JSONL file, as made before settling."""
    return [
        Reading(row["id"], row["reader"], tuple(_sentence(s, None) for s in row["sentences"])) for _, row in _rows(path)
    ]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on one thing: counts of sentences, and Cohen's kappa."""

    name: str
    first: int
    second: int
    both: int
    kappa: float


def agreement(readings: Iterable[Reading]) -> list[Agreement]:
    """Return the agreement of the first two readings of each draft, per label, sign and role, by sentence."""
    pairs = list(_pairs(readings))
    things: list[tuple[str, str, str]] = [(label, "label", label) for label in LABELS]
    things += [(f"sign {sign}", "sign", sign) for sign in signs()]
    things += [(f"role {role}", "role", role) for role in ROLES]
    return [_agreement(name, kind, value, pairs) for name, kind, value in things]


def _agreement(
    name: str, kind: str, value: str, pairs: Sequence[tuple[LabelledSentence, LabelledSentence]]
) -> Agreement:
    # Imported here: what only reads examples stays light.
    from sklearn.metrics import cohen_kappa_score

    first, second = ([_carries(s, kind, value) for s in side] for side in zip(*pairs, strict=True))
    kappa = float(cohen_kappa_score(first, second)) if any(first) or any(second) else float("nan")
    both = sum(a and b for a, b in zip(first, second, strict=True))
    return Agreement(name, sum(first), sum(second), both, kappa)


def _carries(sentence: LabelledSentence, kind: str, value: str) -> bool:
    if kind == "label":
        return value in sentence.labels
    if kind == "role":
        return value in sentence.roles
    return any(p.sign == value for p in sentence.phrases)


def _pairs(readings: Iterable[Reading]) -> Iterator[tuple[LabelledSentence, LabelledSentence]]:
    """Yield each sentence as the first two readers of its draft labelled it."""
    by_draft: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_draft[reading.id].append(reading)
    for group in by_draft.values():
        if len(group) >= 2:
            yield from zip(group[0].sentences, group[1].sentences, strict=True)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ExamplesError(f"{path.name} cannot be read as UTF-8 text ({_reason(error)}).") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield f"{path.name}, line {number}", json.loads(line)
            except json.JSONDecodeError as error:
                raise ExamplesError(f"{path.name}, line {number}: not JSON ({error.msg}).") from error


def _sentence(row: dict[str, Any], text: str | None) -> LabelledSentence:
    start, end = int(row["start"]), int(row["end"])
    if text is not None and not 0 <= start < end <= len(text):
        raise ValueError(f"the sentence {start}-{end} lies outside the text")
    phrases = tuple(_phrase(p, start, end) for p in row.get("phrases", []))
    found = tuple(_one_of(label, LABELS) for label in row.get("labels", []))
    if {p.label for p in phrases} != set(found):
        raise ValueError(f"the sentence {start}-{end} has a label without a phrase, or the other way round")
    return LabelledSentence(start, end, found, phrases, tuple(_one_of(r, ROLES) for r in row.get("roles", [])))


def _phrase(row: dict[str, Any], start: int, end: int) -> Phrase:
    label, sign = _one_of(row["label"], LABELS), row.get("sign", "")
    if not start <= row["start"] < row["end"] <= end:
        raise ValueError(f"the phrase {row['start']}-{row['end']} lies outside its sentence")
    if sign and (sign not in signs() or signs()[sign].label != label):
        raise ValueError(f"{sign!r} is not a sign of {label}")
    return Phrase(row["start"], row["end"], label, sign)


V = Any


def _one_of(value: V, allowed: Sequence[V]) -> V:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(map(str, allowed))}")
    return value


def _reason(error: Exception) -> str:
    return f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
