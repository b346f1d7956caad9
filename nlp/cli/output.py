"""What the commands share: formats, one-line messages on standard error, progress on a terminal."""

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from ..progress import Progress

CLEAR, FLAGGED, FAILED = 0, 1, 2
_WIDTH = 24


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class Plain(StrEnum):
    """How results are written that are one object."""

    text = "text"
    json = "json"


FormatOption = Annotated[Plain, typer.Option("--format", help="text or json.")]


def say(message: str) -> None:
    """Write one line to standard error."""
    typer.echo(f"gentle-draft: {message}", err=True)


def write_json(value: Any) -> None:
    """Write a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def draw(progress: Progress) -> None:
    """Draw a bar, on a terminal only; it is wiped at the end."""
    if not sys.stderr.isatty():
        return
    if progress.share >= 1:
        sys.stderr.write("\r\033[K")
    else:
        filled = round(progress.share * _WIDTH)
        bar = "█" * filled + "·" * (_WIDTH - filled)
        sys.stderr.write(f"\r\033[K{bar} {progress.share:4.0%}  {progress.step}")
    sys.stderr.flush()
