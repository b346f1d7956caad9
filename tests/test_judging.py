"""What readers say of rewordings is put together as it was said; their files here are made up."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.errors import ExamplesError
from nlp.making.judging import app, figures, is_mostly

run = CliRunner().invoke


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judging")
    result = run(app, ["sample", str(folder), "--drafts", "12", "--places", "14", "--seed", "3"])
    assert result.exit_code == 0, result.output
    return folder


def key(folder: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    return found


def told(folder: Path, name: str, kind: str, lines: list[str]) -> None:
    (folder / name).write_text("".join(f"{n} | {w}\n" for n, w in enumerate(lines, 1)), encoding="utf-8")
    assert len(lines) == len(key(folder)[kind])


def test_a_sheet_shows_the_draft_with_its_place_and_one_option_and_nothing_else(sampled: Path) -> None:
    rows = key(sampled)["options"]
    assert rows
    sheet = (sampled / "options-1.txt").read_text(encoding="utf-8")
    for row in rows:
        assert f"{row['number']}\n{row['draft']}\n→ {row['text']}" in sheet
        assert row["draft"].count("⟦") == 1 and row["id"] not in sheet


def test_figures_are_what_the_readers_said(tmp_path: Path) -> None:
    options = [{"number": n, "id": f"x-{n}", "draft": f"⟦draft {n}⟧", "text": f"option {n}"} for n in (1, 2)]
    wholes = [{"number": n, "id": f"x-{n}", "draft": f"draft {n}", "text": f"whole {n}"} for n in (1, 2)]
    made = {
        "drafts": 4,
        "sentences": 8,
        "sentences with an option": 6,
        "options": options,
        "wholes": wholes,
        "pairs": [],
    }
    (tmp_path / "key.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / "written.jsonl").write_text('{"id": "x-1", "text": "mine"}\n{"id": "x-2", "text": "mine"}\n')
    assert run(app, ["pairs", str(tmp_path)]).exit_code == 0
    ours = [row["ours"] for row in key(tmp_path)["pairs"]]
    for reader in "abc":
        told(
            tmp_path,
            f"scores-{reader}.txt",
            "options",
            ["2 2 2 2 2 2 2", "2 2 0 1 1 1 1" if reader != "c" else "2 2 1 1 1 1 1"],
        )
        told(tmp_path, f"harsh-{reader}.txt", "wholes", ["fine", "harsh" if reader != "c" else "fine"])
        told(tmp_path, f"preferred-{reader}.txt", "pairs", [ours[0], "tie"])
    result = run(app, ["collect", str(tmp_path), "--results", str(tmp_path / "out.json")])
    assert result.exit_code == 0, result.output
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["figures"]
    assert found["flagged sentences with an option"] == 0.75
    assert found["drafts with a whole message"] == 0.5
    assert found["mean score of the first option, of 14"] == pytest.approx((14 * 3 + 8 + 8 + 9) / 6)
    assert found["bad first options"] == 0.5
    assert found["whole messages judged harsh"] == 0.5
    assert found["preferred to a written rewording"] == 0.5 and found["preferred, or no worse"] == 1.0
    assert 0.8 < found["agreement on scores (weighted kappa)"] < 1


def test_a_pair_hides_which_one_is_ours(tmp_path: Path) -> None:
    wholes = [{"number": n, "id": f"x-{n}", "draft": "d", "text": "ours"} for n in range(1, 31)]
    made = {"drafts": 30, "sentences": 0, "sentences with an option": 0, "options": [], "wholes": wholes, "pairs": []}
    (tmp_path / "key.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / "written.jsonl").write_text("".join(f'{{"id": "x-{n}", "text": "mine"}}\n' for n in range(1, 31)))
    assert run(app, ["pairs", str(tmp_path), "--seed", "5"]).exit_code == 0
    assert {row["ours"] for row in key(tmp_path)["pairs"]} == {"A", "B"}


def test_a_readers_file_with_a_line_missing_or_a_point_out_of_range_is_refused(sampled: Path) -> None:
    count = len(key(sampled)["options"])
    (sampled / "scores-x.txt").write_text("1 | 2 2 2 2 2 2 2\n" * (count > 1), encoding="utf-8")
    with pytest.raises(ExamplesError, match="one line for each"):
        figures(sampled)
    told(sampled, "scores-x.txt", "options", ["2 2 2 2 2 2 9"] * count)
    with pytest.raises(ExamplesError, match="seven points"):
        figures(sampled)
    (sampled / "scores-x.txt").unlink()


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("scores-x.txt", "one | 2 2 2 2 2 2 2\n", "line 1: a number"),
        ("scores-x.txt", "1 | 2 2 2 2 2 2 x\n", "line 1: seven points"),
        ("harsh-x.txt", "1 | fine\n\n2 | dunno\n", "line 3: 'dunno' is none of harsh, fine"),
        ("preferred-x.txt", "1 | A\n1 | A\n", "line 2: number 1 is doubled"),
    ],
)
def test_a_malformed_line_is_named_with_its_file_and_its_number(
    tmp_path: Path, name: str, words: str, said: str
) -> None:
    rows = [{"number": n, "id": f"x-{n}", "draft": "d", "text": "t", "ours": "A"} for n in (1, 2)]
    made = {"drafts": 2, "sentences": 2, "sentences with an option": 2}
    made |= {"options": rows, "wholes": rows, "pairs": rows}
    (tmp_path / "key.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / name).write_text(words, encoding="utf-8")
    with pytest.raises(ExamplesError, match=f"{name}, {said}"):
        figures(tmp_path)


def test_without_readers_the_figures_are_empty_and_say_so(sampled: Path) -> None:
    found = figures(sampled)
    assert found["readers"] == 0 and found["figures"]["mean score of the first option, of 14"] is None


def test_most_is_more_than_half() -> None:
    assert is_mostly([True, True, False]) and not is_mostly([True, False]) and not is_mostly([])
