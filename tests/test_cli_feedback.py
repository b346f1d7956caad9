"""The commands about examples, training and models, run as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, vectors: Path) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "cache").symlink_to(vectors)
    return home


Done = subprocess.CompletedProcess[str]


def run(home: Path, *args: str, stdin: str = "") -> Done:
    command = [str(Path(sys.executable).parent / "gentle-draft"), *args]
    env = {**os.environ, "GENTLE_DRAFT_HOME": str(home)}
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=300, env=env, check=False)
    assert "Traceback" not in done.stderr
    return done


def test_examples_are_added_listed_exported_imported_and_deleted(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert run(home, "examples", "list").stdout == "Nothing is kept.\n"
    assert "example 1" in run(home, "examples", "add", "ok cool.", "--label", "blame", "--before", "hi").stdout
    assert "example 2" in run(home, "examples", "add", "=1+1 \x1b[31mred").stdout
    rows = json.loads(run(home, "examples", "list", "--format", "json").stdout)
    assert [(r["id"], r["text"], r["labels"], r["state"]) for r in rows][1] == (1, "ok cool.", ["blame"], "accepted")
    assert "\x1b" not in run(home, "examples", "list").stdout
    assert len(run(home, "examples", "list", "--label", "blame", "--state", "accepted").stdout.splitlines()) == 1
    out = tmp_path / "out.csv"
    assert "Wrote 2 examples" in run(home, "examples", "export", str(out)).stdout
    assert "'=1+1" in out.read_text(encoding="utf-8")
    assert "Deleted 2 examples" in run(home, "examples", "delete", "--all").stdout
    dry = run(home, "examples", "import", str(out), "--dry-run")
    assert dry.returncode == 0 and "2 examples would be kept" in dry.stdout
    done = json.loads(run(home, "examples", "import", str(out), "--format", "json").stdout)
    assert done["kept"] == 2 and len(done["lines"]) == 2 and done["refused"] == []
    lines = [json.loads(line) for line in run(home, "examples", "export").stdout.splitlines()]
    assert [line["text"] for line in lines] == ["ok cool.", "=1+1 \x1b[31mred"]
    assert "Deleted 1 examples" in run(home, "examples", "delete", "3").stdout


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("examples", "add", " "), "needs words"),
        (("examples", "add", "x", "--label", "envy"), "is none of"),
        (("examples", "list", "--state", "odd"), "is none of"),
        (("examples", "list", "--order", "odd"), "is none of"),
        (("examples", "delete"), "--all"),
        (("examples", "import", "missing.csv"), "cannot be read"),
        (("examples", "export", "out.xlsx"), "only .csv and .jsonl"),
        (("train",), "no examples"),
        (("train", "--examples", "missing.csv"), "cannot be read"),
        (("models", "activate", "../x"), "small letters"),
        (("models", "activate", "own-9"), "no model"),
        (("models", "show", "own-9"), "no model"),
        (("models", "remove", "shipped"), "cannot be removed"),
        (("models", "compare", "shipped", "own-9"), "no model"),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_status_2(tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    done = run(tmp_path / "home", *args)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1


def test_from_a_file_to_a_new_model_and_back(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    texts = ["ok cool.", "oh ok cool.", "wow ok cool.", "ok cool then", "k cool.", "right. ok cool.", "ok cool. sure"]
    path.write_text("text,labels\n" + "".join(f"{t},blame\n" for t in texts) + "x,envy\n", encoding="utf-8")
    done = run(home, "train", "--examples", str(path), "--dry-run")
    assert done.returncode == 0 and "The new model passed." in done.stdout and "mine.csv, line 9" in done.stderr
    assert len(json.loads(run(home, "models", "list", "--format", "json").stdout)) == 1
    assert run(home, "examples", "import", str(path)).returncode == 1
    trained = json.loads(run(home, "train", "--format", "json").stdout)
    assert trained["passed"] and trained["own"]["taught"] == len(texts)
    name = trained["version"]
    checked = json.loads(run(home, "check", "--no-rewrite", stdin="okay cool.").stdout)
    assert checked["model"]["version"] == name and [f["label"] for f in checked["flags"]] == ["blame"]
    assert f"* {name}" in run(home, "models", "list").stdout
    assert json.loads(run(home, "models", "show", name).stdout)["card"]["own"] == "1-7"
    assert "shipped is in use" in run(home, "models", "back").stdout
    assert f"{name} is in use" in run(home, "models", "activate", name).stdout
    assert "F1 blame" in run(home, "models", "compare", "shipped", name).stdout
    found = json.loads(run(home, "examples", "check", "--format", "json").stdout)
    assert set(found) == {"clashes", "doubtful", "label next"}
    (home / "models" / name / "estimator.joblib").write_bytes(b"x")
    spoilt = run(home, "check", "--no-rewrite", stdin="okay cool.")
    assert spoilt.stderr.count("\n") == 1 and "shipped model is used instead" in spoilt.stderr
    assert json.loads(spoilt.stdout)["flags"] == []
    done = run(home, "examples", "delete", "2")
    assert name in done.stdout
    done = run(home, "examples", "delete", "--all", "--with-models")
    assert f"Removed the model {name}" in done.stdout
    assert len(json.loads(run(home, "models", "list", "--format", "json").stdout)) == 1


def test_every_command_documents_itself(tmp_path: Path) -> None:
    commands = {
        "examples": ["add", "list", "import", "export", "delete", "check", "agreement", "counts"],
        "models": ["list", "show", "activate", "back", "compare", "remove"],
    }
    for group, names in commands.items():
        text = run(tmp_path, group, "--help").stdout
        assert all(name in text for name in names)
    assert "--dry-run" in run(tmp_path, "train", "--help").stdout


def test_progress_is_drawn_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    from nlp.cli.output import draw
    from nlp.progress import Progress

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        draw(Progress(0.5, "Reading your examples"))
        draw(Progress(1.0, "Done"))
        assert ("50%" in stream.getvalue()) is drawn
        assert stream.getvalue().endswith("\r\033[K") is drawn
