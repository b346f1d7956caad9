"""Read the shipped knowledge (`data/*.toml`): labels, signs, points, note texts; validated on load."""

import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, TypeVar

from .errors import KnowledgeError, UnknownNameError
from .paths import shipped_dir
from .schema import LABELS, Label

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LabelText:
    """How a label is named and explained."""

    id: Label
    title: str
    mark: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the source article, in our own words."""

    id: str
    strategy: int
    title: str
    sentence: str
    strength: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A way in which a phrase carries its label, why it may land badly, and a question that helps."""

    id: str
    label: Label
    name: str
    point: str
    message: str
    ask: str
    flag: list[str] = field(default_factory=list)
    # `pass` is a Python keyword; the file keeps the plain word.
    pass_: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NoteText:
    """The words of one kind of note."""

    id: str
    point: str
    message: str
    title: str
    #: Sentences that should bring the note, and some that only sound alike, where it is found by meaning.
    like: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Service:
    """A verified help service of one country."""

    country: str
    purpose: str
    name: str
    phone: str
    web: str
    text: str
    hours: str
    source: str


@cache
def labels() -> dict[str, LabelText]:
    """Return the labels' texts by id, in the contract's order."""
    found = _read("labels", "label", LabelText)
    if tuple(found) != LABELS:
        raise KnowledgeError("data/labels.toml must hold the three labels in order; restore the shipped file.")
    return found


@cache
def points() -> dict[str, Point]:
    """Return the points by id."""
    return _read("points", "point", Point)


@cache
def signs() -> dict[str, Sign]:
    """Return the signs by id, in the labelling guide's order of precedence."""
    found = _read("signs", "sign", Sign)
    for sign in found.values():
        if sign.label not in LABELS or sign.point not in points():
            raise KnowledgeError(f"The sign {sign.id!r} in data/signs.toml names an unknown label or point.")
        if not sign.flag or not sign.pass_:
            raise KnowledgeError(f"The sign {sign.id!r} in data/signs.toml needs an example to flag and one to pass.")
    return found


@cache
def note_texts() -> dict[str, NoteText]:
    """Return the notes' texts by kind."""
    found = _read("notes", "note", NoteText)
    for note in found.values():
        if note.point not in points():
            raise KnowledgeError(f"The note {note.id!r} in data/notes.toml names an unknown point.")
    return found


@cache
def services() -> tuple[Service, ...]:
    """Return the help services that are marked verified, and no others."""
    rows = _tables("help", "service")
    return tuple(
        Service(
            country=row["country"],
            purpose=row["for"],
            name=row["name"],
            phone=row.get("phone", ""),
            web=row.get("web", ""),
            text=row.get("text", ""),
            hours=row.get("hours", ""),
            source=row["source"],
        )
        for row in rows
        if row.get("verified") is True
    )


def one_of(name: str, names: Collection[str]) -> str:
    """Return a name of a closed list; raise UnknownNameError for another."""
    if name not in names:
        raise UnknownNameError(f"{name!r} is none of: {', '.join(names)}.")
    return name


def _tables(name: str, table: str) -> list[dict[str, Any]]:
    path = shipped_dir("data") / f"{name}.toml"
    try:
        rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[table]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"data/{path.name} cannot be read ({error}); restore the shipped file.") from error
    return rows


def _read(name: str, table: str, make: Callable[..., T]) -> dict[str, T]:
    """Return the file's tables as typed objects by id; an unknown, missing or doubled entry is an error."""
    known = {f.name for f in fields(make)}  # type: ignore[arg-type]
    found: dict[str, T] = {}
    for row in _tables(name, table):
        values = {"pass_" if key == "pass" else key: value for key, value in row.items()}
        if values.keys() - known or row.get("id") in found:
            raise KnowledgeError(f"data/{name}.toml: the entry {row.get('id')!r} is doubled or has an unknown field.")
        try:
            found[row["id"]] = make(**values)
        except (KeyError, TypeError) as error:
            raise KnowledgeError(f"data/{name}.toml: the entry {row.get('id')!r} is incomplete ({error}).") from error
    return found
