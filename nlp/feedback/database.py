"""The file `feedback.db`: opened for the owner alone, swept after a deletion, its errors said in one sentence."""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import DamagedError, FeedbackError
from ..paths import private_dir, user_dir
from .migrations import migrate

FILE = "feedback.db"
#: So long a writer waits for another one.
PATIENCE_SECONDS = 5.0


def now() -> str:
    """Return the local time to the second, ISO 8601."""
    return dt.datetime.now().isoformat(timespec="seconds")


class Database:
    """Opens a connection for each task: nothing is held between them, so windows and commands never block each other."""

    def __init__(self, folder: Path | None = None, patience: float = PATIENCE_SECONDS) -> None:
        """Take the folder it lies in; default: the user's own."""
        self.folder = folder or user_dir()
        self.patience = patience

    @property
    def path(self) -> Path:
        """Return where the file is, or will be."""
        return self.folder / FILE

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read with; everything read in it is of one moment. A file not there yet is not made."""
        with self._open(create=False) as db:
            db.execute("BEGIN")
            yield db
            db.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to write with: all that is done in it is kept, or nothing."""
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise

    def sweep(self) -> None:
        """Empty the write-ahead log, so that no deleted word stays in it; `secure_delete` has blanked the pages."""
        with self._open() as db:
            db.execute("PRAGMA incremental_vacuum").fetchall()
            busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise FeedbackError("It is deleted, but another window still reads; close it, and delete again to be sure.")

    @contextmanager
    def _open(self, create: bool = True) -> Iterator[sqlite3.Connection]:
        try:
            if create:
                self._create()
            # Autocommit: transactions are begun by hand.
            place = self.path if create or self.path.exists() else ":memory:"
            db = sqlite3.connect(place, timeout=self.patience, isolation_level=None)
            db.row_factory = sqlite3.Row
            try:
                _prepare(db)
                yield db
            finally:
                db.close()
        except sqlite3.Error as error:
            raise _said(error, self.path) from error
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise FeedbackError(f"Nothing can be kept in {self.folder} ({reason}).") from error

    def _create(self) -> None:
        """Create folder and file before SQLite does: with modes for the owner alone from the first moment."""
        private_dir(self.folder)
        if not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA secure_delete = ON").fetchall()
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA temp_store = MEMORY")
    if db.execute("PRAGMA user_version").fetchone()[0] == 0:
        # Takes effect only before the first table.
        db.execute("PRAGMA auto_vacuum = INCREMENTAL")
    db.execute("PRAGMA journal_mode = WAL").fetchall()
    migrate(db)


def set_aside(database: Database) -> Path:
    """Rename a damaged file, so that a new one can be begun; nothing of it is deleted."""
    stamp = now().replace(":", "").replace("-", "")
    target = database.path.with_name(f"feedback-damaged-{stamp}.db")
    for ending in ("", "-wal", "-shm"):
        part = database.path.with_name(database.path.name + ending)
        if part.exists():
            part.rename(target.with_name(target.name + ending))
    return target


def _said(error: sqlite3.Error, path: Path) -> FeedbackError:
    """Return the error in one sentence that holds no word of what is kept."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return FeedbackError("Another window or command is writing to the kept examples; try again in a moment.")
    if name.startswith("SQLITE_FULL"):
        return FeedbackError("The disk is full: nothing was changed, and what was kept before is still there.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DamagedError(f"The file {path} is damaged; it was left as it is, and the app goes on without it.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return FeedbackError(f"The folder {path.parent} cannot be written to; nothing was changed.")
    return FeedbackError(f"The kept examples cannot be read or written just now ({name or 'unknown reason'}).")
