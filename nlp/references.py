"""Reference rewordings: what a kind, clear-headed friend wrote for flagged places of the train writers' drafts."""

import json
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from .errors import ExamplesError
from .paths import shipped_dir


@dataclass(frozen=True, slots=True)
class Reference:
    """A place of a draft and its rewording, whole (`brief`, `space`, `plain`) and in parts."""

    id: str
    start: int
    end: int
    brief: str
    situation: str = ""
    needs: tuple[str, ...] = ()
    feeling: str | None = None
    observation: str | None = None
    impact: str | None = None
    request: str | None = None
    space: str | None = None
    #: Written anew by another writer, who kept to the sender's own words in their order.
    plain: str | None = None
    #: A second reader has held it against the guide.
    reviewed: bool = False


@cache
def references() -> tuple[Reference, ...]:
    """Return the shipped references."""
    path = shipped_dir("data") / "rewordings.jsonl"
    known = {field.name for field in fields(Reference)}
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row: dict[str, Any] = json.loads(line)
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k in known}
            found.append(Reference(**values))
        except (json.JSONDecodeError, TypeError) as error:
            raise ExamplesError(f"{path.name}, line {number}: {error}; restore the shipped file.") from error
    return tuple(found)
