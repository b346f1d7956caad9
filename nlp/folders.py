"""Folders of models: named strictly, for the owner alone, written beside and renamed, swept after a killed process."""

import os
import re
import secrets
import shutil
import stat
from pathlib import Path

from .cards import CARD, FILE
from .errors import ModelError
from .paths import private_dir, user_dir

#: Letters, digits and single hyphens: no dot, no slash, nothing that a shell or a file system reads in another way.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 40


class TakenError(ModelError):
    """Report that there is a version of that name already."""


def home() -> Path:
    """Return the folder of the user's models; it may not exist yet."""
    return user_dir() / "models"


def is_name(name: str) -> bool:
    """Tell whether this can be the name of a version."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def checked(name: str) -> str:
    """Return a version's name; raise ModelError where it is none."""
    if not is_name(name):
        raise ModelError(
            "The name of a model has small letters, digits and single hyphens, and no more than 40 of them."
        )
    return name


def folder_of(name: str) -> Path:
    """Return the folder of one of the user's versions, if nobody else could have written into it."""
    folder = home() / checked(name)
    if not folder.is_dir():
        raise ModelError(f"There is no model {name!r}; use another version.")
    for path in (user_dir(), home(), folder, folder / FILE, folder / CARD):
        _refuse_what_others_may_write(path, name)
    return folder


def new_folder() -> Path:
    """Return a hidden folder to write a version into; `publish` makes it one."""
    try:
        private_dir(home())
        _sweep()
        folder = home() / f".new-{os.getpid()}-{secrets.token_hex(4)}"
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise ModelError(f"No model can be kept in {home()} ({(error.strerror or '').lower()}).") from error
    return folder


def publish(folder: Path, name: str) -> None:
    """Make a written folder a version, in one atomic step."""
    target = home() / checked(name)
    try:
        for path in folder.iterdir():
            path.chmod(0o600)
            flush(path)
        # A folder that is there and not empty makes this fail, so two processes cannot publish the same name.
        folder.rename(target)
        flush(home())
    except OSError as error:
        if target.exists():
            raise TakenError(f"There is a model {name!r} already.") from error
        raise ModelError(f"The model {name!r} cannot be kept ({(error.strerror or '').lower()}).") from error


def discard(folder: Path) -> None:
    """Remove a folder of `new_folder` that will not become a version."""
    shutil.rmtree(folder, ignore_errors=True)


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
    for path in home().glob(".*"):
        parts = path.name.split("-")
        is_left = path.name.startswith((".new-", ".gone-", ".active-")) and not _runs(parts[1])
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


def flush(path: Path) -> None:
    """Make a file or a folder's entries durable."""
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
