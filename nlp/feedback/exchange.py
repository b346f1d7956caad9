"""Write examples as CSV or JSONL; a CSV cannot start a formula in a spreadsheet."""

import csv
import io
import json
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

from ..errors import ExchangeError
from .kept import Kept

COLUMNS = ("text", "labels", "before", "after", "state", "created", "version", "phrases")
#: What a spreadsheet would take for the beginning of a formula, also after blanks, also in full-width forms.
_FORMULA = re.compile(r"'*[\s\0]*[=+\-@＝＋－＠|%\t\r\n]")


class FileFormat(StrEnum):
    """The form of a file of examples."""

    csv = "csv"
    jsonl = "jsonl"


def export(examples: Iterable[Kept], form: FileFormat) -> str:
    """Return the examples as the text of a file; `preview` reads it back the same."""
    rows = [_row(example) for example in examples]
    if form is FileFormat.jsonl:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    out = io.StringIO(newline="")
    # Every cell in quotes: a semicolon in a sentence must not begin a cell where a spreadsheet expects semicolons.
    writer = csv.DictWriter(out, COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        cells = row | {"labels": " ".join(row["labels"]), "phrases": json.dumps(row["phrases"])}
        writer.writerow({name: _harmless(cells.get(name) or "") for name in COLUMNS})
    return out.getvalue()


def write(examples: Iterable[Kept], path: Path) -> None:
    """Write the examples to a .csv or .jsonl file that only its owner can read: as a whole, or not at all."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    text = export(examples, form_of(path.name))
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(text.encode())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise ExchangeError(f"{path.name}: cannot be written ({(error.strerror or '').lower()}).") from error


def form_of(name: str) -> FileFormat:
    """Return the form that a file's name tells."""
    ending = Path(name).suffix.lower()
    for form in FileFormat:
        if ending == f".{form}":
            return form
    raise ExchangeError(f"{name}: only .csv and .jsonl files are read and written.")


def unescaped(cell: str) -> str:
    """Return a cell as it was before `export` made it harmless."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _harmless(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _row(example: Kept) -> dict[str, Any]:
    sample = example.sample
    row: dict[str, Any] = {
        "text": sample.text,
        "labels": list(sample.labels),
        "before": sample.before,
        "after": sample.after,
        "state": str(sample.state),
        "created": example.created,
        "version": sample.said.version if sample.said else None,
        "phrases": [asdict(p) for p in sample.phrases],
    }
    return {name: value for name, value in row.items() if value is not None}
