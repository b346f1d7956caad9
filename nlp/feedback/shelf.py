"""Drafts put aside until morning, on purpose; deleted truly."""

import datetime as dt
from dataclasses import dataclass

from ..errors import FeedbackError
from ..schema import MAX_CHARACTERS
from .database import Database, now

#: A draft put aside is offered again from this hour of the next morning on; put aside after midnight, of the same one.
MORNING = dt.time(6)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits."""

    id: int
    text: str
    #: Local time, to the second, ISO 8601.
    created: str

    def is_due(self, moment: dt.datetime | None = None) -> bool:
        """Tell whether the morning after it was put aside has come."""
        put = dt.datetime.fromisoformat(self.created)
        day = put.date() + dt.timedelta(days=0 if put.time() < MORNING else 1)
        return (moment or dt.datetime.now()) >= dt.datetime.combine(day, MORNING)


class Shelf:
    """Keeps drafts until morning; every call opens the database anew, so windows and commands share it."""

    def __init__(self, database: Database | None = None) -> None:
        """Take a database; default: the user's own."""
        self._database = database or Database()

    def put(self, text: str) -> Waiting:
        """Put a draft aside."""
        if not text.strip() or len(text) > MAX_CHARACTERS:
            raise FeedbackError(f"A draft to put aside needs words, and at most {MAX_CHARACTERS:,} characters.")
        created = now()
        with self._database.writing() as db:
            row = db.execute("INSERT INTO waiting (text, created) VALUES (?, ?)", (text, created))
            return Waiting(int(row.lastrowid or 0), text, created)

    def waiting(self) -> list[Waiting]:
        """Return the drafts put aside, newest first."""
        with self._database.reading() as db:
            return [Waiting(*row) for row in db.execute("SELECT id, text, created FROM waiting ORDER BY id DESC")]

    def delete(self, id: int) -> None:
        """Delete a draft, truly; one that is gone already is no error."""
        with self._database.writing() as db:
            db.execute("DELETE FROM waiting WHERE id = ?", (id,))
        self._database.sweep()

    def delete_all(self) -> None:
        """Delete every draft put aside, truly."""
        with self._database.writing() as db:
            db.execute("DELETE FROM waiting")
        self._database.sweep()
