"""The command `gentle-draft`, run as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HARSH = "You are selfish and you never listen to me. Call me back right now or we are finished."
CLEAR = "Soup tonight? I'll get bread on the way home."


def run(*args: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    command = [str(Path(sys.executable).parent / "gentle-draft"), *args]
    return subprocess.run(
        command, input=data, capture_output=True, timeout=120, env={**os.environ, **(env or {})}, check=False
    )


def test_a_harsh_draft_on_standard_input_is_one_json_object_and_status_1() -> None:
    done = run("check", stdin=HARSH)
    assert done.returncode == 1
    result = json.loads(done.stdout)
    assert result["text"] == HARSH
    assert {"blame", "pressure", "ultimatum"} <= {f["label"] for f in result["flags"]}
    assert done.stderr == b""


def test_a_clear_draft_is_status_0_and_says_so_in_words() -> None:
    done = run("check", "--format", "text", stdin=CLEAR)
    assert done.returncode == 0
    assert b"Nothing here reads as blame, pressure or an ultimatum." in done.stdout


def test_text_shows_control_characters_escaped_and_no_colour_when_piped() -> None:
    done = run("check", "--format", "text", stdin="hi \x1b[31mthere\x07 \u202eyou")
    assert b"\x1b" not in done.stdout and b"\x07" not in done.stdout
    assert b"\\x1b" in done.stdout and b"\\u202e" in done.stdout


def test_a_byte_order_mark_is_dropped_and_line_ends_are_kept() -> None:
    result = json.loads(run("check", stdin=b"\xef\xbb\xbfsoup?\r\nbread?\r\n").stdout)
    assert result["text"] == "soup?\r\nbread?\r\n"


def test_jsonl_goes_on_after_a_bad_line_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    rows = [json.dumps({"id": "a", "text": CLEAR}), "{nope", json.dumps({"text": 3}), json.dumps({"text": HARSH})]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = run("check", str(path), "--format", "jsonl", "--no-rewrite", "--jobs", "2")
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [r["id"] for r in results] == ["a", "2", "3", "4"]
    assert [("error" in r) for r in results] == [False, True, True, False]
    assert f"{path}:2" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert results[3]["flags"] and results[3]["suggestions"] == [] and results[3]["rewrites"] == []


def test_csv_with_text_and_id_is_an_array(tmp_path: Path) -> None:
    path = tmp_path / "drafts.csv"
    path.write_text('id,text\nx,"Soup tonight?\nOr bread?"\n,plain\n', encoding="utf-8")
    done = run("check", str(path), "--no-rewrite")
    assert [r["id"] for r in json.loads(done.stdout)] == ["x", "2"]
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.txt", None, "cannot be read"),
        ("drafts.csv", b"a,b\n1,2\n", 'named "text"'),
        ("draft.txt", b"\xff\xfe\x00", "UTF-8"),
        ("draft.docx", b"PK", "are not read"),
        ("long.txt", b"a" * 20_001, "20,000"),
    ],
)
def test_an_error_is_one_line_on_standard_error_and_status_2(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = run("check", str(path))
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1 and said in lines[0] and name in lines[0]


def test_every_command_documents_itself_and_the_version_is_told() -> None:
    assert run("--version").stdout.startswith(b"gentle-draft ")
    for command in (["check"], ["app"], ["train"], ["evaluate"], ["examples"], ["examples", "agreement"], []):
        done = run(*command, "--help")
        assert done.returncode == 0 and b"Usage" in done.stdout


def test_agreement_of_the_readers_is_printed_by_a_command() -> None:
    rows = [line.split("\t") for line in run("examples", "agreement").stdout.decode().splitlines()]
    kappa = {row[0]: float(row[4]) for row in rows[1:4]}
    assert set(kappa) == {"blame", "pressure", "ultimatum"}
    assert all(value > 0.8 for value in kappa.values())


def test_nothing_is_written_to_the_users_folder_by_a_check(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run("check", stdin=HARSH, env={"GENTLE_DRAFT_HOME": str(home), "HOME": str(tmp_path)})
    assert not home.exists()
    assert not any(HARSH.encode() in p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_reword_prints_options_as_the_sender_steers_them() -> None:
    done = run("reword", "0", "30", "--request", "send me a heart at lunch", stdin=HARSH)
    assert done.returncode == 0
    assert b"send me a heart at lunch" in done.stdout
    assert run("reword", "0", "30", "--feeling", "ignored", stdin=HARSH).returncode == 2


def test_a_kind_of_note_that_is_unknown_is_said_once_before_anything_is_read(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text('{"text": "soup?"}\n{"text": "bread?"}\n', encoding="utf-8")
    done = run("check", str(drafts), "--off", "clam", env={"GENTLE_DRAFT_HOME": str(tmp_path)})
    assert done.returncode == 2 and done.stdout == b""
    assert done.stderr.count(b"\n") == 1 and b"'clam' is none of" in done.stderr and b"calm" in done.stderr


def test_help_names_the_kinds_of_notes_that_may_be_off() -> None:
    shown = b" ".join(run("check", "--help", env={"COLUMNS": "200"}).stdout.split())
    assert b"calm, length" in shown and b"many-asks" in shown


def test_appreciation_that_may_be_blame_is_left_out_and_that_is_said() -> None:
    done = run("reword", "0", "34", "--appreciation", "I hate you", stdin="You never ring me when you're out.")
    assert done.returncode == 0 and b"hate" not in done.stdout
    assert b"left out" in done.stderr


def test_appreciation_is_said_first_in_every_style() -> None:
    for style in ("brief", "warm", "space"):
        given = ("--style", style, "--appreciation", "I love how you make me laugh")
        done = run("reword", "0", "34", *given, stdin="You never ring me when you're out.")
        assert done.stdout and done.stderr == b""
        assert all(line.startswith(b"I love how you make me laugh.") for line in done.stdout.splitlines())
