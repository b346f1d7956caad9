"""Versions: named strictly, opened only from folders of one's own, exchanged in one step, never the shipped one lost."""

import json
import os
import shutil
from pathlib import Path

import pytest

from nlp import Assistant, versions
from nlp.cards import CARD, FILE, Card, ranges
from nlp.errors import ModelError
from nlp.model_store import load_active, load_shipped, load_version, save
from nlp.pins import SHIPPED_ENCODER_SHA256
from nlp.taught import teach
from nlp.versions import SHIPPED, Pointer


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def make(name: str, **fields: str) -> Path:
    folder = versions.new_folder()
    values = {"encoder_sha256": SHIPPED_ENCODER_SHA256, "own": "1-3,7", "made": "2026-01-01T10:00:00"} | fields
    save(folder, load_shipped().estimator, Card(version=name, **values))  # type: ignore[arg-type]
    versions.publish(folder, name)
    return versions.folder_of(name)


def test_without_anything_kept_the_shipped_model_is_active_and_nothing_is_written(home: Path) -> None:
    assert versions.pointer() == Pointer(SHIPPED, SHIPPED)
    assert [(v.name, v.is_active) for v in versions.versions()] == [(SHIPPED, True)]
    assert load_active().problem == "" and not home.exists()


def test_a_version_is_listed_activated_and_taken_back(home: Path) -> None:
    make("own-1")
    make("own-2", made="2026-02-01T10:00:00")
    assert [v.name for v in versions.versions()] == [SHIPPED, "own-2", "own-1"]
    versions.activate("own-1")
    assert versions.activate("own-2") == Pointer("own-2", "own-1")
    assert load_active().card.version == "own-2" and load_active().problem == ""
    assert versions.back() == Pointer("own-1", "own-2") and versions.back().active == "own-2"
    assert versions.activate(SHIPPED) == Pointer(SHIPPED, "own-2")
    assert {oct(p.stat().st_mode & 0o077) for p in home.rglob("*")} == {"0o0"}


def test_a_removed_version_gives_way_to_the_shipped_one(home: Path) -> None:
    make("own-1")
    versions.activate("own-1")
    versions.remove("own-1")
    assert versions.pointer() == Pointer() and [p.name for p in (home / "models").iterdir()] == ["active"]
    with pytest.raises(ModelError, match="cannot be removed"):
        versions.remove(SHIPPED)
    with pytest.raises(ModelError, match="no model"):
        versions.remove("own-1")


@pytest.mark.parametrize(
    "name",
    ["../x", "..", ".", "", "a/b", "a\\b", "A", "own_1", "-a", "a-", "a--b", "a" * 41, "a\n", "a\0", "é", "/etc"],
)
def test_a_name_that_is_none_is_refused_everywhere(name: str) -> None:
    for call in (versions.activate, versions.remove, versions.version, versions.folder_of, load_version):
        with pytest.raises(ModelError, match="small letters"):
            call(name)


def test_a_pointer_to_nowhere_or_of_nonsense_falls_back(home: Path) -> None:
    (home / "models").mkdir(parents=True)
    for content in ("../../etc\n", "", "\0\0", "own-9\nown-8\n"):
        (home / "models" / "active").write_text(content)
        assert load_active().card.version == load_shipped().card.version
    assert "own-9" in load_active().problem
    (home / "models" / "active").write_bytes(b"\xff\xfe")
    assert versions.pointer() == Pointer()


@pytest.mark.parametrize("part", ["", FILE, CARD])
@pytest.mark.parametrize("mode", [0o020, 0o002])
def test_a_model_that_others_may_write_is_refused(part: str, mode: int) -> None:
    path = make("own-1") / part
    versions.activate("own-1")
    path.chmod(path.stat().st_mode | mode)
    with pytest.raises(ModelError, match="others than you"):
        versions.activate("own-1")
    active = load_active()
    assert "others than you" in active.problem and active.card.version == load_shipped().card.version


def test_a_link_instead_of_a_folder_or_file_is_refused(home: Path, tmp_path: Path) -> None:
    folder = make("own-1")
    shutil.move(folder, tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ModelError, match="not opened"):
        load_version("own-1")
    folder.unlink()
    shutil.move(tmp_path / "elsewhere", folder)
    shutil.move(folder / FILE, tmp_path / "file")
    (folder / FILE).symlink_to(tmp_path / "file")
    with pytest.raises(ModelError, match="not opened"):
        load_version("own-1")


def spoil_truncate(folder: Path) -> None:
    (folder / FILE).write_bytes((folder / FILE).read_bytes()[:-100])


def spoil_byte(folder: Path) -> None:
    blob = bytearray((folder / FILE).read_bytes())
    blob[len(blob) // 2] ^= 1
    (folder / FILE).write_bytes(blob)


def spoil_missing(folder: Path) -> None:
    (folder / FILE).unlink()


def spoil_card(folder: Path) -> None:
    (folder / CARD).write_text("{")


def change_card(folder: Path, **fields: object) -> None:
    card = json.loads((folder / CARD).read_text())
    (folder / CARD).write_text(json.dumps(card | fields))


def spoil_sklearn(folder: Path) -> None:
    change_card(folder, versions={"scikit-learn": "0.1"})


def spoil_encoder(folder: Path) -> None:
    change_card(folder, encoder_sha256="0" * 64)


def spoil_own(folder: Path) -> None:
    change_card(folder, own="one")


@pytest.mark.parametrize(
    "spoil", [spoil_truncate, spoil_byte, spoil_missing, spoil_card, spoil_sklearn, spoil_encoder, spoil_own]
)
def test_a_spoilt_version_is_one_sentence_and_the_shipped_model_goes_on(spoil: object) -> None:
    folder = make("own-1")
    versions.activate("own-1")
    spoil(folder)  # type: ignore[operator]
    assistant = Assistant.load()
    assert assistant.reflect("You never listen, you selfish child.").flags
    problem = assistant.model.problem
    assert problem.endswith("The shipped model is used instead.") and "\n" not in problem and "own-1" in problem
    assert versions.versions()[1].name == "own-1"
    assert versions.activate(SHIPPED).active == SHIPPED


def test_models_trained_on_an_example_are_named() -> None:
    make("own-1")
    make("own-2", own="8")
    spoil_card(make("own-3"))
    assert sorted(versions.trained_on([2, 100])) == ["own-1", "own-3"]
    assert ranges([3, 1, 2, 7]) == "1-3,7" and Card("x", own="1-3,7").own_ids == {1, 2, 3, 7}


def test_what_a_killed_process_left_is_swept_and_what_runs_is_not(home: Path) -> None:
    make("own-1")
    dead = 2**22 - 1
    for name in (f".new-{dead}-ab", f".gone-{dead}-ab", f".new-{os.getpid()}-ab"):
        (home / "models" / name).mkdir()
    (home / "models" / f".active-{dead}-ab").write_text("x")
    versions.discard(versions.new_folder())
    assert sorted(p.name for p in (home / "models").iterdir()) == [f".new-{os.getpid()}-ab", "own-1"]


def test_a_taken_name_is_refused_and_a_free_one_found() -> None:
    make("own-1")
    folder = versions.new_folder()
    with pytest.raises(ModelError, match="already"):
        versions.publish(folder, "own-1")
    assert versions.free_name("own") == "own-2"


def test_an_unwritable_home_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path / "file" / "home"))
    assert load_active().problem == ""
    for call in (versions.new_folder, lambda: versions.activate(SHIPPED)):
        with pytest.raises(ModelError, match=r"\.$"):
            call()


def test_teach_with_nothing_changes_nothing() -> None:
    import numpy as np

    labels = load_shipped().estimator.labels
    x = np.random.default_rng(1).normal(size=(20, labels.n_features_in_)).astype(np.float32)  # type: ignore[attr-defined]
    taught = teach(labels, x[:0], np.zeros((0, 3), dtype=bool), [])  # type: ignore[arg-type]
    assert np.allclose(taught.predict_proba(x), labels.predict_proba(x))
