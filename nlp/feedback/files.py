"""Open a file that may be hostile, and yield its rows: UTF-8 text only, CSV or JSONL, within limits."""

import csv
import io
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import ExchangeError
from .exchange import FileFormat, form_of, unescaped

MOST_BYTES = 40_000_000
MOST_COLUMNS = 50


def file_bytes(path: Path) -> bytes:
    """Return what a file holds; raise ExchangeError where it is none, too large or unreadable."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ExchangeError(f"{path.name}: is no file.")
        _check_size(status.st_size, path.name)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ExchangeError(f"{path.name}: cannot be read ({reason}).") from error


def rows_of(blob: bytes, name: str) -> Iterator[tuple[int, Any]]:
    """Yield (line number, row) of a file's bytes; a line that cannot be read is yielded as an ExchangeError."""
    _check_size(len(blob), name)
    form = form_of(name)
    text = _decoded(blob, name)
    return _json_rows(text) if form is FileFormat.jsonl else _csv_rows(text, name)


def _check_size(size: int, name: str) -> None:
    if size > MOST_BYTES:
        raise ExchangeError(f"{name}: is larger than {MOST_BYTES // 1_000_000} MB; import it in parts.")
    if size == 0:
        raise ExchangeError(f"{name}: is empty.")


def _decoded(blob: bytes, name: str) -> str:
    try:
        text = blob.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{name}: is not UTF-8 text; save it as UTF-8 and try again.") from error
    if "\0" in text:
        raise ExchangeError(f"{name}: is not text.")
    if text.lstrip()[:14].lower().startswith(("<!doctype", "<html", "<?xml", "<svg")):
        raise ExchangeError(f"{name}: is a web page, not a list of examples.")
    return text


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, ExchangeError("This line is not JSON.")


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, Any]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as error:
        raise ExchangeError(f"{name}: its first line cannot be read as CSV.") from error
    if len(header) > MOST_COLUMNS:
        raise ExchangeError(f"{name}: has {len(header):,} columns; up to {MOST_COLUMNS} are read.")
    for column in ("text", "labels"):
        if header.count(column) != 1:
            raise ExchangeError(f'{name}: needs one column named "{column}" in its first line.')
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # The rest hangs on this line's quotes: it cannot be told where the next one begins.
            yield reader.line_num, ExchangeError("From this line on, the file cannot be read as CSV.")
            return
        if len(cells) > len(header):
            yield reader.line_num, ExchangeError("This line has more cells than the first one.")
        elif cells:
            yield reader.line_num, _csv_row(dict(zip(header, map(unescaped, cells), strict=False)))


def _csv_row(cells: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        name: cells[name] or None for name in ("before", "after", "state", "phrases") if name in cells
    }
    row |= {"text": cells.get("text", ""), "labels": cells.get("labels", "")}
    return row
