"""Killed a hundred times at random moments: nothing kept is lost, and the active model is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from nlp import versions
from nlp.feedback import Sample, Store
from nlp.feedback.database import Database
from nlp.model_store import load_active, load_shipped, load_version
from nlp.retraining import Retrained, keep, retrain

IMPORTS, ACTIVATIONS, KEEPINGS, RETRAININGS = 40, 34, 20, 6
SHIPPED_VERSION = load_shipped().card.version
IDIOM = ["ok cool.", "ok cool, whatever", "wow ok cool.", "right. ok cool.", "oh ok cool.", "k cool."]

IMPORTING = """
from nlp.feedback import Store, preview_text
store = Store()
blob = ("text,labels\\n" + "".join(f"sentence {n},blame\\n" for n in range(200))).encode()
print(flush=True)
while True:
    store.add(preview_text(blob, "x.csv").samples)
    print("done", flush=True)
"""

ACTIVATING = """
from nlp import versions
print(flush=True)
while True:
    for name in ("own-1", "own-2", "shipped"):
        versions.activate(name)
        print(name, flush=True)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vectors: Path) -> Path:
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir(0o700)
    (tmp_path / "home" / "cache").symlink_to(vectors)
    return tmp_path / "home"


@pytest.fixture
def chance() -> random.Random:
    return random.Random(5)


def run(code: str, seconds: float | None = None) -> tuple[list[str], bool]:
    """Run a program, kill it so long after it says that it has begun; return what it said was done, and if it was killed."""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    said = process.communicate(timeout=30)[0].split("\n")
    return said[:-1], process.returncode == -signal.SIGKILL


def killed(code: str, seconds: float) -> list[str]:
    """Run a program that never ends, kill it, and return what it had said was done."""
    said, was_killed = run(code, seconds)
    assert was_killed
    return said


def forked(work: Callable[[], object], seconds: float) -> None:
    """Do the work in a copy of this process and kill it after so long."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_an_import_is_there_as_a_whole_or_not_at_all(home: Path, chance: random.Random) -> None:
    acknowledged = 0
    for _ in range(IMPORTS):
        acknowledged += len(killed(IMPORTING, chance.uniform(0, 0.12)))
        count = len(Store().find())
        assert count % 200 == 0 and count >= 200 * acknowledged
        if count > 4000:
            Store().delete_all()
            acknowledged = 0
        else:
            acknowledged = count // 200
    with Database().reading() as db:
        assert [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]


def test_the_active_model_is_always_one_that_is_whole(home: Path, chance: random.Random, result: Retrained) -> None:
    for name in ("own-1", "own-2"):
        (home / "models" / keep(result).name).rename(home / "models" / name)
    for _ in range(ACTIVATIONS):
        said = killed(ACTIVATING, chance.uniform(0, 0.05))
        active = versions.pointer().active
        following = {"own-1": "own-2", "own-2": "shipped", "shipped": "own-1"}
        assert not said or active in (said[-1], following[said[-1]])
        assert versions.version(active).problem == ""
    assert load_active().problem == ""
    versions.discard(versions.new_folder())
    assert sorted(p.name for p in (home / "models").iterdir()) == ["active", "own-1", "own-2"]


def test_a_version_is_written_as_a_whole_or_not_at_all(home: Path, chance: random.Random, result: Retrained) -> None:
    began = time.perf_counter()
    keep(result)
    usual = time.perf_counter() - began
    for _ in range(KEEPINGS):
        forked(lambda: keep(result), chance.uniform(0, 1.3 * usual))
        assert load_active().problem == ""
        for version in versions.versions():
            assert version.problem == ""
            load_version(version.name)
        for version in versions.versions()[3:]:
            versions.remove(version.name)


def test_a_retraining_that_is_killed_changes_nothing(home: Path, chance: random.Random, result: Retrained) -> None:
    Store().add([Sample(text, ("blame",)) for text in IDIOM])
    code = "print(flush=True)\nfrom nlp.cli import app\napp(['train'], standalone_mode=False)"
    began = time.perf_counter()
    assert not run(code)[1]
    usual = time.perf_counter() - began
    versions.remove(versions.pointer().active)
    kills = 0
    for _ in range(RETRAININGS):
        # A run may be quicker than the one that was measured: it has ended then, and that is whole as well.
        was_killed = run(code, chance.uniform(0, 0.7 * usual))[1]
        kills += was_killed
        assert len(Store().find()) == len(IDIOM)
        active = load_active()
        name = versions.pointer().active
        assert active.problem == "" and active.card.version == {versions.SHIPPED: SHIPPED_VERSION}.get(name, name)
        assert was_killed or active.card.version != SHIPPED_VERSION
    assert kills >= RETRAININGS / 3


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory, vectors: Path) -> Retrained:
    """A new model that passed; with the vectors it leaves, a retraining is short and is killed at every stage."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("home")
        (home / "cache").symlink_to(vectors)
        patch.setenv("GENTLE_DRAFT_HOME", str(home))
        return retrain([], [Sample(text, ("blame",)) for text in IDIOM])
