"""The user's own model versions, beside the shipped one: listed, made active in one atomic step, removed.

`$GENTLE_DRAFT_HOME/models/<version>/` holds a model and its card, `models/active` the name of the active version and of
the one before it. The shipped model is never in there, so it can never be lost; its name here is `shipped`. This module
opens no model: `model_store.load_active()` does.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .cards import Card, read_card
from .errors import ModelError
from .folders import TakenError, checked, discard, flush, folder_of, home, is_name, new_folder, publish
from .paths import private_dir, shipped_dir

__all__ = [
    "SHIPPED",
    "Pointer",
    "TakenError",
    "Version",
    "activate",
    "back",
    "checked",
    "discard",
    "folder_of",
    "free_name",
    "new_folder",
    "pointer",
    "publish",
    "remove",
    "trained_on",
    "version",
    "versions",
]

SHIPPED = "shipped"
ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Version:
    """A version that can be made active; `problem` says in one sentence why it cannot be used, where it cannot."""

    name: str
    card: Card | None
    is_active: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is active, and which was before it."""

    active: str = SHIPPED
    before: str = SHIPPED


def pointer() -> Pointer:
    """Return which version is active; the shipped one where nothing else was chosen or the file cannot be read."""
    try:
        lines = (home() / ACTIVE).read_text(encoding="ascii").split("\n")
    except (OSError, UnicodeDecodeError):
        return Pointer()
    names = [line if is_name(line) else SHIPPED for line in [*lines, "", ""][:2]]
    return Pointer(*names)


def versions() -> list[Version]:
    """Return the shipped version and the user's own, newest first."""
    active = pointer().active
    shipped = Version(SHIPPED, read_card(shipped_dir("models") / "estimator"), active == SHIPPED)
    own = [_version(path.name, active) for path in _folders()]
    return [shipped, *sorted(own, key=lambda v: (v.card.made if v.card else "", v.name), reverse=True)]


def version(name: str) -> Version:
    """Return one version; raise ModelError where there is none of that name."""
    checked(name)
    for found in versions():
        if found.name == name:
            return found
    raise ModelError(f"There is no model {name!r}; `gentle-draft models list` shows those there are.")


def activate(name: str) -> Pointer:
    """Make a version active in one atomic step; return what is active now and what was before."""
    if checked(name) != SHIPPED:
        read_card(folder_of(name))
    was = pointer()
    after = was if was.active == name else Pointer(name, was.active)
    _point(after)
    return after


def back() -> Pointer:
    """Make the version active that was so before; the shipped one where that is gone."""
    before = pointer().before
    return activate(before if before == SHIPPED or (home() / before).is_dir() else SHIPPED)


def remove(name: str) -> None:
    """Remove one of the user's versions; where it is active, the shipped one becomes active first."""
    if checked(name) == SHIPPED:
        raise ModelError("The shipped model cannot be removed.")
    folder = home() / name
    if not folder.is_dir() or folder.is_symlink():
        raise ModelError(f"There is no model {name!r}.")
    was = pointer()
    if name in (was.active, was.before):
        _point(Pointer(*(SHIPPED if each == name else each for each in (was.active, was.before))))
    try:
        # Out of sight in one step: a version that is half removed would look damaged.
        doomed = folder.rename(home() / f".gone-{os.getpid()}-{secrets.token_hex(4)}")
        shutil.rmtree(doomed)
    except OSError as error:
        raise ModelError(f"The model {name!r} cannot be removed ({(error.strerror or '').lower()}).") from error


def trained_on(ids: Iterable[int]) -> list[str]:
    """Return the versions that were fitted on any of these examples; a card that cannot be read counts as one."""
    wanted = set(ids)
    return [v.name for v in versions() if v.name != SHIPPED and (v.card is None or v.card.own_ids & wanted)]


def free_name(stem: str) -> str:
    """Return a version's name that is not taken: the stem with a number."""
    taken = {path.name for path in _folders()} | {pointer().active, pointer().before}
    return next(name for n in range(1, 10_000) if (name := f"{stem}-{n}") not in taken)


def _folders() -> list[Path]:
    try:
        return [path for path in home().iterdir() if is_name(path.name) and path.is_dir()]
    except OSError:
        return []


def _version(name: str, active: str) -> Version:
    try:
        return Version(name, read_card(folder_of(name)), name == active)
    except ModelError as error:
        return Version(name, None, name == active, str(error))


def _point(to: Pointer) -> None:
    """Replace the file `active` as a whole: written beside, made durable, then renamed."""
    beside = home() / f".{ACTIVE}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        private_dir(home())
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(f"{to.active}\n{to.before}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(home() / ACTIVE)
        flush(home())
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        reason = (error.strerror or "").lower()
        raise ModelError(f"Another model cannot be chosen just now ({reason}); the active one stays.") from error
