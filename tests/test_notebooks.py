"""The notebooks run from top to bottom on the shipped files."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nlp.making.judging import figures

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_and_defines_nothing_of_its_own(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert "def " not in code and "class " not in code
    NotebookClient(notebook, timeout=500, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}).execute()


def executed(folder: Path) -> str:
    notebook = nbformat.read(NOTEBOOKS / "04-rewordings.ipynb", as_version=4)
    NotebookClient(notebook, timeout=200, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return str([cell.get("outputs") for cell in notebook.cells])


def test_the_notebook_of_rewordings_says_plainly_that_nobody_has_judged_them(tmp_path: Path) -> None:
    assert "no readers have judged" in executed(tmp_path)


def test_the_notebook_of_rewordings_shows_what_readers_said(tmp_path: Path) -> None:
    options = [{"number": 1, "id": "x", "draft": "⟦you never call⟧", "text": "Could you call me?"}]
    key = {"drafts": 1, "sentences": 1, "sentences with an option": 1, "options": options, "wholes": [], "pairs": []}
    (tmp_path / "key.json").write_text(json.dumps(key), encoding="utf-8")
    (tmp_path / "scores-a.txt").write_text("1 | 2 2 2 2 2 2 1\n", encoding="utf-8")
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "rewordings.json").write_text(json.dumps(figures(tmp_path)), encoding="utf-8")
    shown = executed(tmp_path)
    assert "Could you call me?" in shown and "13.0" in shown and "no results" not in shown
