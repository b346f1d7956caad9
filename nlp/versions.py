"""The user's own model versions, beside the shipped one: listed, made active in one atomic step, removed.

`$GENTLE_DRAFT_HOME/models/<version>/` holds a model and its card, `models/active` the name of the active version and of
the one before it. The shipped model is never in there, so it can never be lost; its name here is `shipped`. This module
opens no model: `model_store.load_active()` does.
"""

import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .cards import CARD, FILE, Card, read_card
from .errors import ModelError
from .paths import private_dir, shipped_dir, user_dir

SHIPPED = "shipped"
ACTIVE = "active"
#: Letters, digits and single hyphens: no dot, no slash, nothing that a shell or a file system reads in another way.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 40


class TakenError(ModelError):
    """Report that there is a version of that name already."""


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
        lines = (_home() / ACTIVE).read_text(encoding="ascii").split("\n")
    except (OSError, UnicodeDecodeError):
        return Pointer()
    names = [line if _is_name(line) else SHIPPED for line in [*lines, "", ""][:2]]
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


def checked(name: str) -> str:
    """Return a version's name; raise ModelError where it is none."""
    if not _is_name(name):
        raise ModelError(
            "The name of a model has small letters, digits and single hyphens, and no more than 40 of them."
        )
    return name


def folder_of(name: str) -> Path:
    """Return the folder of one of the user's versions, if nobody else could have written into it."""
    folder = _home() / checked(name)
    if not folder.is_dir():
        raise ModelError(f"There is no model {name!r}; use another version.")
    for path in (_home(), folder, folder / FILE, folder / CARD):
        _refuse_what_others_may_write(path, name)
    return folder


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
    return activate(before if before == SHIPPED or (_home() / before).is_dir() else SHIPPED)


def remove(name: str) -> None:
    """Remove one of the user's versions; where it is active, the shipped one becomes active first."""
    if checked(name) == SHIPPED:
        raise ModelError("The shipped model cannot be removed.")
    folder = _home() / name
    if not folder.is_dir() or folder.is_symlink():
        raise ModelError(f"There is no model {name!r}.")
    was = pointer()
    if name in (was.active, was.before):
        _point(Pointer(*(SHIPPED if each == name else each for each in (was.active, was.before))))
    try:
        # Out of sight in one step: a version that is half removed would look damaged.
        doomed = folder.rename(_home() / f".gone-{os.getpid()}-{secrets.token_hex(4)}")
        shutil.rmtree(doomed)
    except OSError as error:
        raise ModelError(f"The model {name!r} cannot be removed ({(error.strerror or '').lower()}).") from error


def trained_on(ids: Iterable[int]) -> list[str]:
    """Return the versions that were fitted on any of these examples; a card that cannot be read counts as one."""
    wanted = set(ids)
    return [v.name for v in versions() if v.name != SHIPPED and (v.card is None or v.card.own_ids & wanted)]


def new_folder() -> Path:
    """Return a hidden folder to write a version into; `publish` makes it one."""
    try:
        private_dir(_home())
        _sweep()
        folder = _home() / f".new-{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise ModelError(f"No model can be kept in {_home()} ({(error.strerror or '').lower()}).") from error
    return folder


def free_name(stem: str) -> str:
    """Return a version's name that is not taken: the stem with a number."""
    taken = {path.name for path in _folders()} | {pointer().active, pointer().before}
    return next(name for n in range(1, 10_000) if (name := f"{stem}-{n}") not in taken)


def publish(folder: Path, name: str) -> None:
    """Make a written folder a version, in one atomic step."""
    target = _home() / checked(name)
    try:
        for path in folder.iterdir():
            path.chmod(0o600)
            _flush(path)
        # A folder that is there and not empty makes this fail, so two processes cannot publish the same name.
        folder.rename(target)
        _flush(_home())
    except OSError as error:
        if target.exists():
            raise TakenError(f"There is a model {name!r} already.") from error
        raise ModelError(f"The model {name!r} cannot be kept ({(error.strerror or '').lower()}).") from error


def discard(folder: Path) -> None:
    """Remove a folder of `new_folder` that will not become a version."""
    shutil.rmtree(folder, ignore_errors=True)


def _home() -> Path:
    return user_dir() / "models"


def _is_name(name: str) -> bool:
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def _folders() -> list[Path]:
    try:
        return [path for path in _home().iterdir() if _is_name(path.name) and path.is_dir()]
    except OSError:
        return []


def _version(name: str, active: str) -> Version:
    try:
        return Version(name, read_card(folder_of(name)), name == active)
    except ModelError as error:
        return Version(name, None, name == active, str(error))


def _point(to: Pointer) -> None:
    """Replace the file `active` as a whole: written beside, made durable, then renamed."""
    beside = _home() / f".{ACTIVE}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        private_dir(_home())
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(f"{to.active}\n{to.before}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(_home() / ACTIVE)
        _flush(_home())
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        reason = (error.strerror or "").lower()
        raise ModelError(f"Another model cannot be chosen just now ({reason}); the active one stays.") from error


def _refuse_what_others_may_write(path: Path, name: str) -> None:
    try:
        status = path.lstat()
    except OSError as error:
        raise ModelError(f"The model {name!r} is incomplete; use another version.") from error
    if os.name == "nt":
        return
    if stat.S_ISLNK(status.st_mode) or status.st_mode & 0o022 or status.st_uid not in (os.getuid(), 0):
        raise ModelError(f"The model {name!r} is not opened: others than you may write to {path.name!r}.")


def _sweep() -> None:
    """Remove what a killed process left half written; what may still be written to is left alone."""
    for path in _home().glob(".*"):
        parts = path.name.split("-")
        is_left = path.name.startswith((".new-", ".gone-", f".{ACTIVE}-")) and not _runs(parts[1])
        if is_left and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif is_left:
            path.unlink(missing_ok=True)


def _runs(process: str) -> bool:
    if not process.isdigit() or os.name == "nt":
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _flush(path: Path) -> None:
    """Make a file or a folder's entries durable."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
