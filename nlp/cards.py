"""A model's card: what it was made from and what it can do; read without opening the model."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .errors import ModelError

FILE, CARD = "estimator.joblib", "card.json"


@dataclass(frozen=True, slots=True)
class Card:
    """What a model was made from, and what it can do."""

    version: str
    sha256: str = ""
    encoder_sha256: str = ""
    seed: int = 20
    trained_on: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    #: Local time, ISO 8601.
    made: str = ""
    #: Ids of the user's examples that it was fitted on, as ranges: `1-4,9`.
    own: str = ""

    @property
    def own_ids(self) -> frozenset[int]:
        """Return the ids of the user's examples that it was fitted on."""
        return frozenset(_ids(self.own))


def read_card(folder: Path) -> Card:
    """Return a model's card; raise ModelError where it cannot be read."""
    try:
        card = Card(**json.loads((folder / CARD).read_text(encoding="utf-8")))
        if not all(isinstance(text, str) for text in (card.version, card.sha256, card.made)) or card.own_ids is None:
            raise TypeError
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"The card of the model {folder.name!r} cannot be read; use another version.") from error
    return card


def write_card(folder: Path, card: Card) -> None:
    """Write a model's card."""
    (folder / CARD).write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def ranges(ids: Iterable[int]) -> str:
    """Return ids as ranges, `1-4,9`: short also where there are thousands."""
    found: list[list[int]] = []
    for id in sorted(set(ids)):
        if found and id == found[-1][1] + 1:
            found[-1][1] = id
        else:
            found.append([id, id])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def _ids(text: str) -> Iterator[int]:
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)
