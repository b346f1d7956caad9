"""Keep, list, change and delete examples."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from sqlite3 import Connection

from ..errors import ConsentError, FeedbackError
from ..examples import Phrase
from ..schema import Label
from .database import Database, now
from .kept import Consent, Kept, Order, Sample, State, Step
from .rows import COLUMNS, consent_of, consent_text, kept_of, values_of

_INSERT = f"INSERT INTO example ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_UPDATE = f"UPDATE example SET {', '.join(f'{c} = ?' for c in COLUMNS)}, revision = revision + 1 WHERE id = ?"  # noqa: S608
_SELECT = "SELECT * FROM example"
_ORDERS = {Order.newest: "id DESC", Order.uncertain: "doubt DESC, id DESC"}
_MANY = 500


class Store:
    """The examples on this machine; every call opens the database anew, so windows and commands share it."""

    def __init__(self, database: Database | None = None) -> None:
        """Take a database; default: the user's own."""
        self.database = database or Database()

    def consent(self) -> Consent | None:
        """Return the user's answer to the one question; None where it was not asked yet."""
        with self.database.reading() as db:
            row = db.execute("SELECT value FROM answer WHERE name = 'consent'").fetchone()
        return consent_of(row["value"]) if row else None

    def give_consent(self, neighbours: bool) -> Consent:
        """Keep the answer: examples may be kept, with or without the sentences around them."""
        consent = Consent(now(), neighbours)
        with self.database.writing() as db:
            db.execute("INSERT OR REPLACE INTO answer VALUES ('consent', ?)", (consent_text(consent),))
        return consent

    def withdraw_consent(self) -> None:
        """Forget the answer: the next click asks again. What was kept stays until it is deleted."""
        with self.database.writing() as db:
            db.execute("DELETE FROM answer WHERE name = 'consent'")

    def keep(self, sample: Sample) -> Step:
        """Keep one answer of the page; neighbours only if they are allowed."""
        consent = self.consent()
        if consent is None:
            raise ConsentError("Nothing is kept before you have said that it may be.")
        if not consent.neighbours:
            sample = replace(sample, before=None, after=None)
        return self.add([sample])[0]

    def add(self, samples: Iterable[Sample]) -> list[Step]:
        """Keep all samples, or none: one transaction."""
        created = now()
        with self.database.writing() as db:
            ids = [int(db.execute(_INSERT, values_of(s, created)).lastrowid or 0) for s in samples]
        return [Step(id, None, 1) for id in ids]

    def get(self, id: int) -> Kept:
        """Return one example."""
        with self.database.reading() as db:
            return _get(db, id)

    def find(
        self,
        order: Order = Order.newest,
        states: Sequence[State] = (),
        label: Label | None = None,
        clear: bool = False,
        since: str = "",
        until: str = "",
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Kept]:
        """Return examples: of these states, with this label (or `clear` ones), kept between these days (ISO)."""
        where, values = _conditions(states, label, clear, since, until)
        query = f"{_SELECT}{where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?"
        with self.database.reading() as db:
            return [kept_of(row) for row in db.execute(query, (*values, -1 if limit is None else limit, offset))]

    def counts(self) -> dict[State, int]:
        """Return how many examples there are of each state."""
        with self.database.reading() as db:
            found = dict(db.execute("SELECT state, count(*) FROM example GROUP BY state").fetchall())
        return {state: int(found.get(state, 0)) for state in State}

    def usable(self) -> list[Kept]:
        """Return what is trained on, oldest first: everything that is not skipped."""
        return self.find(states=[s for s in State if s is not State.skipped])[::-1]

    def texts(self) -> dict[int, str]:
        """Return the words of every example by its id."""
        with self.database.reading() as db:
            return {int(row["id"]): str(row["text"]) for row in db.execute("SELECT id, text FROM example")}

    def accept(self, id: int) -> Step:
        """Say that the labels are right as they stand."""
        return self._change(id, state=State.accepted)

    def skip(self, id: int) -> Step:
        """Put an example by: it is kept, and not trained on."""
        return self._change(id, state=State.skipped)

    def relabel(
        self,
        id: int,
        labels: Sequence[Label],
        phrases: Sequence[Phrase] | None = None,
        state: State = State.changed,
    ) -> Step:
        """Give other labels; marked words of labels that stay are kept unless others are given."""
        kept = self.get(id).sample.phrases if phrases is None else phrases
        fitting = tuple(p for p in kept if p.label in labels)
        return self._change(id, labels=tuple(labels), phrases=fitting, state=state)

    def reword(
        self,
        id: int,
        text: str,
        phrases: Sequence[Phrase] = (),
        neighbours: tuple[str | None, str | None] | None = None,
    ) -> Step:
        """Replace the words (and the neighbours, where given), to take out a name; the old ones are gone from the disk."""
        changes: dict[str, object] = {"text": text, "phrases": tuple(phrases), "state": State.changed}
        if neighbours is not None:
            changes["before"], changes["after"] = neighbours
        step = self._change(id, **changes)
        self.database.sweep()
        return step

    def undo(self, step: Step) -> None:
        """Take a step back; refused where the example was changed since by another window or command."""
        with self.database.writing() as db:
            kept = _get(db, step.id)
            if kept.revision != step.revision:
                raise FeedbackError("This example was changed since, in another window; nothing was undone.")
            if step.before is None:
                db.execute("DELETE FROM example WHERE id = ?", (step.id,))
            else:
                db.execute(_UPDATE, (*values_of(step.before, kept.created), step.id))
                # As before the step, so that the step before this one can be undone next.
                db.execute("UPDATE example SET revision = ? WHERE id = ?", (step.revision - 1, step.id))
        if step.before is None:
            self.database.sweep()

    def delete(self, ids: Iterable[int]) -> int:
        """Delete examples, truly: also from free pages and the write-ahead log. Return how many there were."""
        wanted = list(ids)
        with self.database.writing() as db:
            gone = sum(_delete(db, wanted[at : at + _MANY]) for at in range(0, len(wanted), _MANY))
        self.database.sweep()
        return gone

    def delete_all(self) -> int:
        """Delete every example, truly; return how many there were."""
        with self.database.writing() as db:
            gone = db.execute("DELETE FROM example").rowcount
        self.database.sweep()
        return int(gone)

    def _change(self, id: int, **changes: object) -> Step:
        with self.database.writing() as db:
            kept = _get(db, id)
            after = replace(kept.sample, **changes)  # type: ignore[arg-type]
            db.execute(_UPDATE, (*values_of(after, kept.created), id))
            return Step(id, kept.sample, kept.revision + 1)


def _get(db: Connection, id: int) -> Kept:
    row = db.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise FeedbackError(f"There is no example {id}; it may have been deleted.")
    return kept_of(row)


def _delete(db: Connection, ids: Sequence[int]) -> int:
    marks = ", ".join("?" * len(ids))
    return int(db.execute(f"DELETE FROM example WHERE id IN ({marks})", tuple(ids)).rowcount)  # noqa: S608


def _conditions(
    states: Sequence[State], label: Label | None, clear: bool, since: str, until: str
) -> tuple[str, list[str]]:
    parts, values = [], []
    if states:
        parts.append(f"state IN ({', '.join('?' * len(states))})")
        values += [str(state) for state in states]
    if clear:
        parts.append("labels = ''")
    elif label is not None:
        parts.append("instr(' ' || labels || ' ', ' ' || ? || ' ')")
        values.append(label)
    if since:
        parts.append("created >= ?")
        values.append(since)
    if until:
        # A day alone means all of it.
        parts.append("substr(created, 1, length(?)) <= ?")
        values += [until, until]
    return (" WHERE " + " AND ".join(parts) if parts else ""), values
