"""The words and situations that rewordings are made from: `data/wording.toml`, `data/situations*.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from .errors import KnowledgeError
from .paths import shipped_dir


@dataclass(frozen=True, slots=True)
class Situation:
    """An everyday situation of couples: how to say its impact, and what to ask for."""

    id: str
    title: str
    needs: tuple[str, ...]
    feelings: tuple[str, ...]
    about: tuple[str, ...]
    impacts: tuple[str, ...]
    asks: tuple[str, ...]
    space: tuple[str, ...]
    boundary: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filler:
    """Generic words of an ask that the sender may make specific."""

    kind: str
    words: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that the steps of rewording look up."""

    fillers: tuple[Filler, ...]
    casual: tuple[tuple[str, str], ...]
    bare: frozenset[str]
    prompt_with_facts: str
    prompt_with_words: str
    prompt_with_matter: str
    prompt_mention: str
    prompt_plain: str
    prompt_silenced: str
    hint_warm: str
    hint_unclear: str


@cache
def wording() -> Wording:
    """Return the words of `data/wording.toml`."""
    data = _read("wording.toml")
    try:
        return Wording(
            fillers=tuple(Filler(f["kind"], f["words"], tuple(f["choices"])) for f in data["filler"]),
            casual=tuple((c["plain"], c["short"]) for c in data["casual"]),
            bare=frozenset(data["bare"]["words"]),
            prompt_with_facts=data["prompt"]["with_facts"],
            prompt_with_words=data["prompt"]["with_words"],
            prompt_with_matter=data["prompt"]["with_matter"],
            prompt_mention=data["prompt"]["mention"],
            prompt_plain=data["prompt"]["plain"],
            prompt_silenced=data["prompt"]["silenced"],
            hint_warm=data["hint"]["warm"],
            hint_unclear=data["hint"]["unclear"],
        )
    except KeyError as error:
        raise KnowledgeError(f"data/wording.toml: {error} is missing; restore the shipped file.") from error


@cache
def situations() -> dict[str, Situation]:
    """Return the situations by id; each need and feeling is one of the closed lists."""
    return _situations(*sorted(path.name for path in shipped_dir("data").glob("situations-*.toml")))


@cache
def feelings() -> dict[str, dict[str, str]]:
    """Return the closed list of feelings by id."""
    return {row["id"]: row for row in _read("feelings.toml")["feeling"]}


@cache
def needs() -> dict[str, dict[str, str]]:
    """Return the closed list of needs by id."""
    return {row["id"]: row for row in _read("needs.toml")["need"]}


def _situations(*names: str) -> dict[str, Situation]:
    found: dict[str, Situation] = {}
    for name in names:
        for row in _read(name)["situation"]:
            if (
                row["id"] in found
                or not set(row["needs"]) <= needs().keys()
                or not set(row["feelings"]) <= feelings().keys()
            ):
                raise KnowledgeError(f"data/{name}: {row['id']!r} is doubled, or names an unknown need or feeling.")
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
            found[row["id"]] = Situation(**values)
    return found


@cache
def read_words(name: str) -> dict[str, Any]:
    """Return a shipped word list of `data/`, as its file has it; read once."""
    return _read(name)


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((shipped_dir("data") / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"data/{name} cannot be read ({error}); restore the shipped file.") from error
