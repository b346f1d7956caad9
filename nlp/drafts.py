"""Read drafts from files: `.txt` (one draft), `.jsonl` (one a line), `.csv` (a `text` column), `-` (standard input)."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import GentleDraftError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to check, or the reason why it cannot be read."""

    id: str
    text: str = ""
    error: str | None = None
    #: File and line, for messages.
    where: str = ""


def read_drafts(name: str) -> Iterator[Draft]:
    """Yield the drafts of a file, or of standard input for `-`; raise GentleDraftError where it cannot be opened."""
    if name == STDIN:
        yield Draft(STDIN, _decode(sys.stdin.buffer.read(), "standard input"), where="standard input")
        return
    path = Path(name)
    try:
        content = _decode(path.read_bytes(), name)
    except OSError as error:
        raise GentleDraftError(f"{name}: cannot be read ({(error.strerror or 'unknown reason').lower()}).") from error
    match path.suffix.lower():
        case ".jsonl":
            yield from _json_lines(name, content)
        case ".csv":
            yield from _csv_rows(name, content)
        case ".txt" | "":
            yield Draft(path.name, content, where=name)
        case suffix:
            raise GentleDraftError(f"{name}: {suffix!r} files are not read; use .txt, .jsonl or .csv.")


def is_single(name: str) -> bool:
    """Tell whether a file holds one draft, so that its result is one object."""
    return name == STDIN or Path(name).suffix.lower() in (".txt", "")


def _decode(blob: bytes, name: str) -> str:
    try:
        return blob.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GentleDraftError(f"{name}: is not UTF-8 text; save it as UTF-8 and try again.") from error


def _json_lines(name: str, content: str) -> Iterator[Draft]:
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        where, id_ = f"{name}:{number}", str(number)
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield Draft(id_, error="This line is not JSON.", where=where)
            continue
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            yield Draft(id_, error='This line has no "text" that is a string.', where=where)
            continue
        yield Draft(str(row.get("id", id_)), row["text"], where=where)


def _csv_rows(name: str, content: str) -> Iterator[Draft]:
    reader = csv.DictReader(io.StringIO(content, newline=""))
    if "text" not in (reader.fieldnames or ()):
        raise GentleDraftError(f'{name}: has no column named "text" in its first line.')
    rows = enumerate(reader, 1)
    while True:
        try:
            number, row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise GentleDraftError(f"{name}:{reader.line_num}: not readable as CSV ({error}).") from error
        where, id_ = f"{name}:{reader.line_num}", row.get("id") or str(number)
        if row.get("text") is None:
            yield Draft(id_, error="This row has no text.", where=where)
        else:
            yield Draft(id_, row["text"], where=where)
