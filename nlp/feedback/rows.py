"""Between the objects and the rows of the database."""

import json
from sqlite3 import Row
from typing import Any

from ..errors import DamagedError, FeedbackError
from ..examples import Phrase
from ..schema import LABELS, Label
from .kept import Consent, Kept, Said, Sample, State

COLUMNS = (
    "text",
    "labels",
    "phrases",
    "before",
    "after",
    "state",
    "created",
    "said_version",
    "said_labels",
    "said_scores",
    "doubt",
)


def values_of(sample: Sample, created: str) -> tuple[Any, ...]:
    """Return a sample as the values of `COLUMNS`."""
    said = sample.said
    return (
        sample.text,
        " ".join(sample.labels),
        json.dumps([[p.start, p.end, p.label, p.sign] for p in sample.phrases]),
        sample.before,
        sample.after,
        str(sample.state),
        created,
        said and said.version,
        said and " ".join(said.labels),
        said and json.dumps(said.scores),
        _doubt(said),
    )


def kept_of(row: Row) -> Kept:
    """Return a row as an example."""
    try:
        said = None
        if row["said_version"] is not None:
            scores = tuple(json.loads(row["said_scores"] or "[]"))
            said = Said(row["said_version"], _labels(row["said_labels"] or ""), scores)
        sample = Sample(
            text=row["text"],
            labels=_labels(row["labels"]),
            phrases=tuple(Phrase(*values) for values in json.loads(row["phrases"])),
            before=row["before"],
            after=row["after"],
            state=State(row["state"]),
            said=said,
        )
        return Kept(int(row["id"]), sample, row["created"], int(row["revision"]))
    except (FeedbackError, ValueError, TypeError, AttributeError) as error:
        raise DamagedError(
            f"The kept example {row['id']} is damaged; delete it, and the others can be read."
        ) from error


def consent_text(consent: Consent) -> str:
    """Return the consent as it is kept."""
    return json.dumps({"since": consent.since, "neighbours": consent.neighbours})


def consent_of(text: str) -> Consent:
    """Return the consent that was kept."""
    try:
        row = json.loads(text)
        return Consent(str(row["since"]), bool(row["neighbours"]))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError("The kept answer about keeping is damaged; give it again.") from error


def _labels(text: str) -> tuple[Label, ...]:
    """Return labels parted by blanks; raise ValueError for a word that is none."""
    names = text.split()
    found = tuple(label for label in LABELS if label in names)
    if len(found) != len(names):
        raise ValueError("no label")
    return found


def _doubt(said: Said | None) -> float:
    """Return how unsure the model was, 0 to 1: its least sure label counts."""
    return max((1 - abs(2 * score - 1) for score in said.scores), default=0.0) if said else 0.0
