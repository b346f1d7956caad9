"""What is kept: added, changed, undone, deleted truly, migrated, private."""

import sqlite3
import stat
from pathlib import Path

import pytest

from nlp.errors import ConsentError, DamagedError, FeedbackError
from nlp.examples import Phrase
from nlp.feedback import Order, Said, Sample, Shelf, State, Store
from nlp.feedback.database import Database, set_aside
from nlp.feedback.migrations import MIGRATIONS

SECRET = "the zebra keeps Mirabelle awake"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(Database(tmp_path / "home"))


def bytes_of(store: Store) -> bytes:
    return b"".join(p.read_bytes() for p in store.database.folder.rglob("*") if p.is_file())


def test_an_example_comes_back_as_it_was_kept(store: Store) -> None:
    sample = Sample(
        "You never call 📞.",
        ("blame",),
        (Phrase(0, 14, "blame", "absolutes"),),
        before="hi",
        after="x",
        state=State.changed,
        said=Said("shipped-1", ("pressure",), (0.1, 0.6, 0.2)),
    )
    step = store.add([sample])[0]
    assert store.get(step.id).sample == sample
    assert store.find() == [store.get(step.id)]


def test_looking_makes_no_file(store: Store) -> None:
    assert store.find() == [] and store.consent() is None and Shelf(store.database).waiting() == []
    assert not store.database.folder.exists()


def test_nothing_is_kept_by_a_click_before_consent_and_neighbours_only_if_allowed(store: Store) -> None:
    sample = Sample("ok cool.", ("blame",), before="hi", after="bye")
    with pytest.raises(ConsentError):
        store.keep(sample)
    assert store.find() == []
    store.give_consent(neighbours=False)
    kept = store.get(store.keep(sample).id).sample
    assert (kept.before, kept.after) == (None, None)
    store.give_consent(neighbours=True)
    assert store.get(store.keep(sample).id).sample.before == "hi"
    store.withdraw_consent()
    assert store.consent() is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"text": "a" * 2001},
        {"labels": ("envy",)},
        {"labels": ("blame", "blame")},
        {"phrases": (Phrase(0, 99, "blame", ""),)},
        {"phrases": (Phrase(0, 1, "pressure", ""),)},
    ],
)
def test_what_cannot_be_trained_on_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(FeedbackError):
        Sample(**({"text": "ok", "labels": ("blame",)} | wrong))  # type: ignore[arg-type]


def test_lists_are_filtered_and_sorted(store: Store) -> None:
    sure, unsure = Said("m", (), (0.01, 0.02, 0.0)), Said("m", (), (0.01, 0.48, 0.0))
    store.add([Sample("a", said=unsure), Sample("b", ("blame",), said=sure), Sample("c", ("ultimatum",))])
    store.skip(3)
    texts = lambda **how: [k.sample.text for k in store.find(**how)]  # noqa: E731
    assert texts() == ["c", "b", "a"]
    assert texts(order=Order.uncertain)[0] == "a"
    assert texts(label="blame") == ["b"] and texts(clear=True) == ["a"]
    assert texts(states=[State.skipped]) == ["c"] and texts(limit=1, offset=1) == ["b"]
    assert texts(since="2000-01-01", until="2000-01-02") == [] and len(texts(since="2000-01-01")) == 3
    assert store.counts() == {State.new: 2, State.accepted: 0, State.changed: 0, State.skipped: 1}
    assert [k.sample.text for k in store.usable()] == ["a", "b"]


def test_every_step_can_be_undone_and_one_overtaken_is_refused(store: Store) -> None:
    added = store.add([Sample("you never call", ("blame",), (Phrase(0, 9, "blame", ""),))])[0]
    first = store.get(added.id).sample
    steps = [store.accept(1), store.skip(1), store.relabel(1, ["pressure"]), store.reword(1, "other words")]
    for step in reversed(steps):
        assert store.get(1).sample != first
        store.undo(step)
        assert store.get(1).sample == step.before
    assert store.get(1).sample == first
    step = store.accept(1)
    store.skip(1)
    with pytest.raises(FeedbackError, match="changed since"):
        store.undo(step)
    again = store.add([Sample("x")])[0]
    store.undo(again)
    with pytest.raises(FeedbackError, match="no example"):
        store.get(again.id)


def test_a_relabelled_sentence_keeps_the_words_of_labels_that_stay(store: Store) -> None:
    phrases = (Phrase(0, 3, "blame", ""), Phrase(4, 9, "pressure", ""))
    store.add([Sample("you never call", ("blame", "pressure"), phrases)])
    store.relabel(1, ["pressure"])
    assert store.get(1).sample.phrases == phrases[1:]


def test_deleted_words_are_nowhere_on_the_disk(store: Store) -> None:
    store.add([Sample(f"{SECRET} {n}", before=SECRET, after=SECRET) for n in range(300)])
    shelf = Shelf(store.database)
    shelf.put(SECRET)
    reader = sqlite3.connect(store.database.path)
    reader.execute("SELECT count(*) FROM example").fetchone()
    reader.close()
    assert SECRET.encode() in bytes_of(store)
    assert store.delete(range(1, 251)) == 250
    assert store.delete_all() == 50
    shelf.delete_all()
    assert SECRET.encode() not in bytes_of(store)


def test_a_name_taken_out_of_a_text_is_gone_from_the_disk(store: Store) -> None:
    store.add([Sample(f"you never call {SECRET}", ("blame",))])
    step = store.reword(1, "you never call her")
    assert SECRET.encode() not in bytes_of(store)
    store.undo(step)
    assert SECRET in store.get(1).sample.text


def test_neighbours_stay_unless_others_are_given(store: Store) -> None:
    store.add([Sample("a", before="b", after="c")])
    store.reword(1, "x")
    assert store.get(1).sample.before == "b"
    store.reword(1, "x", neighbours=(None, "y"))
    assert (store.get(1).sample.before, store.get(1).sample.after) == (None, "y")


def test_a_deletion_while_another_window_reads_says_so(store: Store) -> None:
    quick = Store(Database(store.database.folder, patience=0.2))
    store.add([Sample(SECRET)])
    with store.database.reading() as db:
        db.execute("SELECT * FROM example").fetchall()
        with pytest.raises(FeedbackError, match="another window still reads"):
            quick.delete([1])
    quick.delete([1])
    assert SECRET.encode() not in bytes_of(store)


def test_ids_are_never_given_twice(store: Store) -> None:
    store.add([Sample("a"), Sample("b")])
    store.delete_all()
    assert store.add([Sample("c")])[0].id == 3


def test_files_and_folder_are_for_the_owner_alone(store: Store) -> None:
    store.add([Sample("a")])
    with store.database.writing() as db:
        db.execute("DELETE FROM waiting")
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in store.database.folder.iterdir()}
    assert set(modes.values()) == {0o600} and len(modes) >= 2, modes
    assert stat.S_IMODE(store.database.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_every_earlier_schema_is_brought_up_to_date_with_its_rows(tmp_path: Path, version: int) -> None:
    db = sqlite3.connect(tmp_path / "feedback.db")
    for step in MIGRATIONS[:version]:
        db.executescript(step)
    if version:
        db.execute(
            "INSERT INTO example (text, labels, state, created) VALUES ('old', 'blame', 'new', '2026-01-01T10:00:00')"
        )
    db.execute(f"PRAGMA user_version = {version}")
    db.commit()
    db.close()
    store = Store(Database(tmp_path))
    assert [k.sample.text for k in store.find()] == ["old"] * bool(version)
    store.add([Sample("new", said=Said("m", (), (0.5, 0.1, 0.1)))])
    Shelf(store.database).put("draft")
    assert store.find(order=Order.uncertain)[0].sample.text == "new"


def test_a_file_of_a_newer_version_is_left_alone(store: Store) -> None:
    store.add([Sample("a")])
    with store.database.writing() as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(FeedbackError, match="newer Gentle Draft"):
        store.find()


def test_a_draft_waits_until_morning(store: Store) -> None:
    import datetime as dt

    shelf = Shelf(store.database)
    waiting = shelf.put("not tonight")
    assert shelf.waiting() == [waiting] and not waiting.is_due()
    assert waiting.is_due(dt.datetime.now() + dt.timedelta(days=2))
    shelf.delete(waiting.id)
    shelf.delete(waiting.id)
    assert shelf.waiting() == []
    with pytest.raises(FeedbackError):
        shelf.put(" ")


def test_a_damaged_file_is_left_as_it_is_and_can_be_set_aside(store: Store) -> None:
    store.add([Sample(f"text {n} " * 50) for n in range(400)])
    blob = store.database.path.read_bytes()
    damaged = blob[:4096] + bytes(len(blob) - 4096)
    for content in (b"no database at all" * 300, damaged):
        store.database.path.write_bytes(content)
        with pytest.raises(DamagedError, match="damaged"):
            store.find()
        assert store.database.path.read_bytes()[-1000:] == content[-1000:]
    aside = set_aside(store.database)
    assert aside.read_bytes()[-1000:] == damaged[-1000:]
    assert store.find() == []
