"""The result of reading a draft: the same typed, frozen objects in every interface.

Offsets count Unicode code points of the draft as given, end exclusive (`FillIn`: of its option's text).
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Label = Literal["blame", "pressure", "ultimatum"]
Style = Literal["brief", "warm", "space"]
STYLES: tuple[Style, ...] = ("brief", "warm", "space")

LABELS: tuple[Label, ...] = ("blame", "pressure", "ultimatum")
ROLES: tuple[str, ...] = (
    "observation",
    "impact",
    "need",
    "request",
    "appreciation",
    "repair",
    "space",
    "boundary",
    "decision",
    "safety",
    "self-silencing",
)
#: Kinds of notes that may be switched off; the others tell of danger, or why nothing is reworded.
OPTIONAL_NOTES: tuple[str, ...] = (
    "unsure",
    "self-silencing",
    "self-worth",
    "calm",
    "length",
    "many-asks",
    "no-ask",
    "chasing",
    "hinging",
    "flood",
    "check-facts",
    "appreciate",
)
MAX_CHARACTERS = 20_000


def _plain(value: Any) -> Any:
    """Return the value with lists for tuples, as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, tuple | list) else value


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the draft with its calibrated scores."""

    start: int
    end: int
    scores: dict[Label, float]
    labels: tuple[Label, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A phrase that may land badly, and why."""

    start: int
    end: int
    label: Label
    score: float
    sign: str
    point: str
    message: str


@dataclass(frozen=True, slots=True)
class FillIn:
    """Words of an option that the sender may make more specific."""

    start: int
    end: int
    kind: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What an option says, part by part; a part not said is None."""

    observation: str | None = None
    feeling: str | None = None
    need: str | None = None
    request: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One rewording of a suggestion's sentences; its text can be sent as it stands."""

    style: Style
    text: str
    parts: Parts = field(default_factory=Parts)
    points: tuple[str, ...] = ()
    to_fill: tuple[FillIn, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place in the draft that a rewording would replace: whole neighbouring sentences."""

    start: int
    end: int
    flags: tuple[int, ...]
    options: tuple[Option, ...] = ()
    prompt: str | None = None
    #: What became of something the sender steered that could not be done, and what would help.
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A rewording of the whole draft."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """Advice that replaces nothing; one about the whole draft has no offsets."""

    kind: str
    message: str
    point: str
    start: int | None = None
    end: int | None = None
    label: Label | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """Something the draft already does well."""

    point: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Model:
    """The version of the model that read the draft."""

    version: str


@dataclass(frozen=True, slots=True)
class Reflection:
    """Everything found in one draft."""

    text: str
    sentences: tuple[Sentence, ...]
    flags: tuple[Flag, ...]
    suggestions: tuple[Suggestion, ...]
    rewrites: tuple[Rewrite, ...]
    notes: tuple[Note, ...]
    strengths: tuple[Strength, ...]
    model: Model
    id: str | None = None
    #: Notes that take their turn when one of `notes` is switched off.
    waiting: tuple[Note, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Tell whether nothing was flagged; notes alone do not count."""
        return not self.flags

    def to_dict(self) -> dict[str, Any]:
        """Return the result as the contract's JSON object."""
        result: dict[str, Any] = _plain(asdict(self))
        for note in (*result["notes"], *result["waiting"]):
            for key in ("label", "score"):
                if note[key] is None:
                    del note[key]
        return {"id": result.pop("id"), **result}
