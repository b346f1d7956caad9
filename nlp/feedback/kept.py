"""The plain objects of what is kept; frozen, and checked when they are made."""

from dataclasses import dataclass
from enum import StrEnum

from ..errors import FeedbackError
from ..examples import Phrase
from ..knowledge import signs
from ..schema import LABELS, Label

#: A sentence longer than this is no sentence; a whole message still fits.
MOST_CHARACTERS = 2_000


class State(StrEnum):
    """What the user did with an example. All but `skipped` are trained on."""

    #: Kept or imported, not looked at in Review yet.
    new = "new"
    #: The user said that the model was right.
    accepted = "accepted"
    #: The user gave other labels or words than the model.
    changed = "changed"
    #: Put by: not trained on.
    skipped = "skipped"


class Order(StrEnum):
    """How a list is sorted."""

    newest = "newest"
    #: The sentences first about which the model was least sure.
    uncertain = "uncertain"


@dataclass(frozen=True, slots=True)
class Said:
    """What the model had said when the example was kept."""

    version: str
    labels: tuple[Label, ...] = ()
    #: How sure the model was of each label, 0 to 1.
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled sentence as it comes in. Phrases count from the sentence's own start; a sign may be empty."""

    text: str
    labels: tuple[Label, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    #: What stands before and after it in the draft; None where the user keeps sentences alone.
    before: str | None = None
    after: str | None = None
    state: State = State.new
    said: Said | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be trained on or shown."""
        if not self.text.strip():
            raise FeedbackError("An example needs words.")
        if any(not _is_text(part or "") for part in (self.text, self.before, self.after)):
            raise FeedbackError("An example holds characters that are no text.")
        if any(len(part or "") > MOST_CHARACTERS for part in (self.text, self.before, self.after)):
            raise FeedbackError(f"An example may have up to {MOST_CHARACTERS:,} characters.")
        unknown = [label for label in self.labels if label not in LABELS]
        if unknown:
            raise FeedbackError(f"{unknown[0]!r} is no label; use {', '.join(LABELS)}, or none for a clear sentence.")
        if len(set(self.labels)) < len(self.labels):
            raise FeedbackError("A label is given twice.")
        for phrase in self.phrases:
            if not 0 <= phrase.start < phrase.end <= len(self.text) or phrase.label not in self.labels:
                raise FeedbackError("Marked words must lie inside the sentence and carry one of its labels.")
            if phrase.sign and (phrase.sign not in signs() or signs()[phrase.sign].label != phrase.label):
                raise FeedbackError("Marked words have a sign that is none of their label's.")


@dataclass(frozen=True, slots=True)
class Kept:
    """An example in the store."""

    id: int
    sample: Sample
    #: Local time, to the second, ISO 8601.
    created: str
    #: Grows with every change; a step back is refused where somebody else has changed the example since.
    revision: int


@dataclass(frozen=True, slots=True)
class Step:
    """One change, to be undone with `Store.undo`. It lives in memory only, so that an edited-out name is gone."""

    id: int
    #: None: the example was added by this step.
    before: Sample | None
    #: The revision that this step made.
    revision: int


@dataclass(frozen=True, slots=True)
class Consent:
    """The user's answer to the one question: since when examples are kept, and whether with their neighbours."""

    since: str
    neighbours: bool


def _is_text(part: str) -> bool:
    """Tell whether it can be kept: no NUL, and no half of a pair, which JSON can smuggle in."""
    return "\0" not in part and not any("\ud800" <= character <= "\udfff" for character in part)
