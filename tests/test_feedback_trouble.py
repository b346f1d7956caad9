"""Two at once, a lock, a full disk, a folder that cannot be written: one sentence each, and nothing is lost."""

import os
import resource
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from nlp import versions
from nlp.errors import FeedbackError, GentleDraftError, ModelError
from nlp.feedback import Sample, Store
from nlp.feedback.database import Database
from nlp.model_store import load_active, load_shipped, save
from nlp.versions import Pointer

ADDING = """
import sys
from nlp.feedback import Sample, Store
for n in range(40):
    Store().add([Sample(f"{sys.argv[1]} {n}")])
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_windows_and_commands_add_at_once_and_nothing_is_lost(home: Path) -> None:
    programs = [subprocess.Popen([sys.executable, "-c", ADDING, name]) for name in ("one", "two", "three")]
    threads = [
        threading.Thread(target=lambda n=n: [Store().add([Sample(f"thread {n} {i}")]) for i in range(20)])
        for n in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [program.wait(60) for program in programs] == [0, 0, 0]
    assert len({k.sample.text for k in Store().find()}) == 3 * 40 + 3 * 20


def test_a_new_file_is_made_once_where_two_begin(home: Path) -> None:
    programs = [subprocess.Popen([sys.executable, "-c", ADDING, str(n)]) for n in range(6)]
    assert [program.wait(60) for program in programs] == [0] * 6
    assert len(Store().find()) == 240


def test_a_locked_file_is_one_sentence_and_reading_goes_on(home: Path) -> None:
    Store().add([Sample("a")])
    quick = Store(Database(patience=0.1))
    with Database().writing() as db:
        db.execute("DELETE FROM example")
        assert [k.sample.text for k in quick.find()] == ["a"]
        with pytest.raises(FeedbackError, match="try again in a moment"):
            quick.add([Sample("b")])
    quick.add([Sample("b")])
    assert len(quick.find()) == 1


def test_a_full_disk_is_one_sentence_and_what_was_kept_stays(home: Path) -> None:
    Store().add([Sample("before")])

    class Full(Database):
        """A file that may not grow."""

    full = Full()
    with pytest.raises(FeedbackError, match="disk is full"), full.writing() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 1}")
        for _ in range(1000):
            db.execute("INSERT INTO waiting (text, created) VALUES (?, '')", ("x" * 1000,))
    assert [k.sample.text for k in Store().find()] == ["before"]


LIMITED = """
import resource, signal, sys
from nlp.errors import GentleDraftError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from nlp.feedback import Sample, Store
try:
    Store().add([Sample(f"text {n} " * 20) for n in range(5000)])
except GentleDraftError as error:
    print(error)
"""


def test_a_file_that_may_not_grow_is_one_sentence(home: Path) -> None:
    Store().add([Sample("before")])
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "100000"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.count("\n") == 1 and done.stderr == ""
    assert [k.sample.text for k in Store().find()] == ["before"]


def test_a_model_that_does_not_fit_on_the_disk_is_not_kept(home: Path, vectors: Path) -> None:
    from nlp.retraining import keep, retrain

    home.mkdir(0o700)
    (home / "cache").symlink_to(vectors)
    result = retrain([], [Sample("ok cool.", ("blame",))])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    was = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(ModelError, match="the one in use stays"):
            keep(result)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, was)
    assert versions.pointer() == Pointer() and list((home / "models").iterdir()) == []


UNPRIVILEGED = """
import os, sys
from nlp import versions
from nlp.errors import GentleDraftError
from nlp.feedback import Sample, Shelf, Store
if os.getuid() == 0:
    # To the administrator no folder is read-only.
    os.setgid(65534); os.setuid(65534)
for call in (
    lambda: Store().add([Sample("b")]),
    lambda: Store().delete_all(),
    lambda: Shelf().put("c"),
    lambda: versions.activate("shipped"),
    lambda: versions.new_folder(),
):
    try:
        call()
    except GentleDraftError as error:
        print(error)
"""


def test_a_read_only_folder_is_one_sentence_each_time(home: Path) -> None:
    Store().add([Sample("a")])
    for path in (home / "feedback.db", home):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for path in home.parents:
        if path.stat().st_uid == os.getuid() and "pytest" in str(path):
            path.chmod(path.stat().st_mode | 0o055)
    done = subprocess.run([sys.executable, "-c", UNPRIVILEGED], capture_output=True, text=True, check=False, timeout=60)
    home.chmod(0o755)
    (home / "feedback.db").chmod(0o600)
    lines = done.stdout.splitlines()
    assert len(lines) == 5 and all(line.endswith((".", "stays.")) for line in lines), done
    assert [k.sample.text for k in Store().find()] == ["a"]


def test_a_folder_that_cannot_be_made_is_one_sentence_and_the_app_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path / "file" / "home"))
    assert Store().find() == []
    with pytest.raises(FeedbackError, match="Nothing can be kept"):
        Store().add([Sample("a")])
    assert load_active().card == load_shipped().card


def test_an_activation_in_the_middle_of_a_reading_is_old_or_new(home: Path) -> None:
    for name in ("own-1", "own-2"):
        folder = versions.new_folder()
        save(folder, load_shipped().estimator, load_shipped().card)
        versions.publish(folder, name)
    stop = threading.Event()

    def switch() -> None:
        while not stop.is_set():
            versions.activate("own-1")
            versions.activate("own-2")

    versions.activate("own-2")
    thread = threading.Thread(target=switch)
    thread.start()
    seen = {versions.pointer().active for _ in range(3000)}
    stop.set()
    thread.join()
    assert seen <= {"own-1", "own-2"}


def test_no_message_of_an_error_holds_the_users_words(home: Path) -> None:
    secret = "mirabelle"
    Store().add([Sample(secret)])
    with sqlite3.connect(home / "feedback.db") as db:
        db.execute("UPDATE example SET labels = ?, phrases = ?", (secret, secret))
    for call in (lambda: Store().find(), lambda: Store().accept(1), lambda: Store().accept(99)):
        with pytest.raises(GentleDraftError) as error:
            call()
        assert secret not in str(error.value)
    assert Store().delete([1]) == 1
