"""Files of examples: read line by line, hostile ones refused in one sentence; an export cannot start a formula."""

import csv
import io
import json
import os
import pickle
import stat
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.errors import ExchangeError
from nlp.examples import LabelledDraft, LabelledSentence, Phrase
from nlp.feedback import Kept, Sample, State, clashes, export, preview, preview_text
from nlp.feedback.exchange import FileFormat, write
from nlp.feedback.same import shipped_words, words_of


def kept(*samples: Sample) -> list[Kept]:
    return [Kept(n, s, "2026-01-01T10:00:00", 1) for n, s in enumerate(samples, 1)]


def test_a_simple_file_is_read_line_by_line_and_says_what_it_refuses() -> None:
    blob = '\ufefftext,labels\r\nok cool.,blame\r\nfine,\r\nno,clear\r\n\r\nx,"blame; pressure"\r\ny,envy\r\n,blame\r\n1,2,3\r\n'
    found = preview_text(blob.encode(), "mine.csv")
    assert [(n.number, n.sample.labels) for n in found.lines] == [
        (2, ("blame",)),
        (3, ()),
        (4, ()),
        (6, ("blame", "pressure")),
    ]
    assert [r.number for r in found.refused] == [7, 8, 9]
    assert "'envy' is no label" in found.refused[0].reason and "more cells" in found.refused[2].reason


def test_json_lines_say_what_is_wrong_with_each() -> None:
    rows: list[object] = [
        {"text": "a", "labels": ["blame"], "phrases": [{"start": 0, "end": 1, "label": "blame"}]},
        {"text": 3, "labels": []},
        {"text": "no labels"},
        [1],
        {"text": "b", "labels": {"blame": 1}},
        {"text": "c", "labels": "blame", "phrases": [{"start": 0, "end": 9, "label": "blame"}]},
        {"text": "d", "labels": "", "phrases": 5},
        {"text": "e", "labels": "", "before": 7},
        {"text": "f", "labels": "", "state": "odd"},
        {"text": "g", "labels": "", "phrases": "{"},
        {"text": "half \ud800", "labels": ""},
        {"text": "nul \0", "labels": ""},
    ]
    lines = [json.dumps(row) for row in rows] + ["{nope", "[" * 100_000, "NaN"]
    found = preview_text("\n".join(lines).encode(), "x.jsonl")
    assert [n.number for n in found.lines] == [1]
    assert [r.number for r in found.refused] == list(range(2, 16))
    assert all(r.reason.endswith(".") and "\n" not in r.reason and len(r.reason) < 200 for r in found.refused)


def test_doubles_and_contradictions_are_told_beforehand() -> None:
    blob = b"text,labels\nOk cool!,blame\nok cool.,blame\nnew,\nNEW,pressure\n"
    found = preview_text(blob, "x.csv", kept(Sample("ok cool", ("blame",))))
    assert [n.is_double for n in found.lines] == [True, True, False, False]
    assert "other labels" in found.lines[3].note
    assert [s.text for s in found.samples] == ["new", "NEW"]


@pytest.mark.parametrize(
    ("name", "blob", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.jsonl", pickle.dumps({"text": "x"}), "not UTF-8"),
        ("a.jsonl", pickle.dumps({"text": "x"}, protocol=0), None),
        ("a.csv", "text,labels\ncafé,blame".encode("latin-1"), "not UTF-8"),
        ("a.csv", "text,labels\na,blame".encode("utf-16"), "not UTF-8"),
        ("a.csv", "text,labels\na,blame".encode("utf-16-le"), "is not text"),
        ("a.csv", b"\0" * 1000, "is not text"),
        ("a.csv", b"<!DOCTYPE html><html><script>alert(1)</script>", "web page"),
        ("a.jsonl", b"  <html>", "web page"),
        ("a.csv", ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1", "10,000 columns"),
        ("a.csv", b"a,b\n1,2\n", 'named "text"'),
        ("a.csv", b"text,text,labels\n1,2,\n", 'one column named "text"'),
        ("a.csv", b'"' + b"x" * 200_000 + b"\n", "cannot be read as CSV"),
        ("a.csv", b'text,labels\n"' + b"x" * 200_000, None),
        ("a.csv", b"text,labels\n" + b"x," * 100_000, None),
        ("a.xlsx", b"PK\3\4", "only .csv and .jsonl"),
        ("a.pkl", b"\x80\4", "only .csv and .jsonl"),
        ("a.jsonl", b"\n" * 100 + b"9" * 10_000, None),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence_or_read_safely(name: str, blob: bytes, said: str | None) -> None:
    try:
        found = preview_text(blob, name)
    except ExchangeError as error:
        assert said is not None and said in str(error) and "\n" not in str(error)
    else:
        assert said is None and not found.lines and found.refused


def test_a_file_of_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    with pytest.raises(ExchangeError, match="larger than"):
        preview(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(ExchangeError):
            preview(path)


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "'=1",
    "''=x",
    "＝1",
    "\n=1",
    "%0A=1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_starts_a_formula_and_it_comes_back_the_same(text: str) -> None:
    sample = Sample(
        text + " x", ("blame",), (Phrase(0, 2, "blame", "absolutes"),), before=text, after="; =2", state=State.changed
    )
    written = export(kept(sample), FileFormat.csv)
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠\t\r")) for cell in row)
    (line,) = preview_text(written.encode(), "x.csv").lines
    assert line.sample == sample


words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(words.filter(str.strip), st.none() | words), min_size=1, max_size=4), st.sampled_from(FileFormat)
)
def test_any_text_survives_export_and_import(rows: list[tuple[str, str | None]], form: FileFormat) -> None:
    samples = [Sample(text, ("pressure",), before=before, state=State.accepted) for text, before in rows]
    found = preview_text(export(kept(*samples), form).encode(), f"x.{form}")
    assert [n.sample for n in found.lines] == samples and not found.refused


def test_an_exported_file_is_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(kept(Sample("a")), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ExchangeError):
        write(kept(Sample("a")), tmp_path / "missing" / "out.csv")
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_contradictions_come_first_also_against_shipped_examples() -> None:
    draft = LabelledDraft("s", "Answer me. Fine.", (LabelledSentence(0, 10, ("pressure",)), LabelledSentence(11, 16)))
    found = clashes(
        kept(
            Sample("fine"),
            Sample("a b", ("blame",)),
            Sample("A, b!"),
            Sample("c"),
            Sample("c."),
            Sample("answer me", ()),
        ),
        shipped_words([draft]),
    )
    assert [(c.ids, c.contradicts, c.shipped) for c in found] == [
        ((6,), True, ("pressure",)),
        ((2, 3), True, None),
        ((4, 5), False, None),
        ((1,), False, ()),
    ]
    assert words_of("🙂!") == "🙂!" and words_of("Don’t  STOP!!") == "don't stop"
