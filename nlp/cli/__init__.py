"""The command `gentle-draft`."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import __version__
from ..drafts import STDIN, Draft, is_single, read_drafts
from ..errors import GentleDraftError
from ..knowledge import one_of
from ..schema import OPTIONAL_NOTES
from . import examples, models, rewording, training
from .output import CLEAR, FAILED, FLAGGED, Format, say

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read a message before it is sent: what may land as blame, pressure or an ultimatum, and calmer ways to say it.",
)
app.add_typer(examples.app, name="examples")
app.add_typer(models.app, name="models")
app.command()(training.train)
app.command()(rewording.reword)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gentle-draft {__version__}")
        raise typer.Exit


@app.callback()
def gentle_draft(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Read a message before it is sent. Everything runs on this machine; nothing is kept unless you say so."""


_OFF = f"A kind of note that is not wanted, more than once if you like: {', '.join(OPTIONAL_NOTES)}."


@app.command()
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE …]", help="`.txt`, `.jsonl` or `.csv`; none or `-` is standard input."),
    ] = None,
    format: Annotated[Format | None, typer.Option(help="Default: text on a terminal, json when piped.")] = None,
    no_rewrite: Annotated[bool, typer.Option("--no-rewrite", help="Flags and notes only.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Drafts read at the same time.")] = 1,
    off: Annotated[list[str] | None, typer.Option(help=_OFF)] = None,
) -> None:
    """Check drafts. Exit status: 0 no flag, 1 a flag, 2 an error."""
    for kind in off or []:
        one_of(kind, OPTIONAL_NOTES)
    names = files or [STDIN]
    chosen = format or (Format.text if sys.stdout.isatty() else Format.json)
    state = _Status()
    results = _check_all(_drafts(names, state), not no_rewrite, jobs, state, off or [])
    single = len(names) == 1 and is_single(names[0])
    _write(results, chosen, single)
    raise typer.Exit(state.code)


class _Status:
    """The worst that happened so far."""

    def __init__(self) -> None:
        self.code = CLEAR

    def flag(self) -> None:
        self.code = max(self.code, FLAGGED)

    def fail(self, message: str) -> None:
        self.code = FAILED
        typer.echo(f"gentle-draft: {message}", err=True)


def _drafts(names: Iterable[str], state: _Status) -> Iterator[Draft]:
    for name in names:
        try:
            yield from read_drafts(name)
        except GentleDraftError as error:
            state.fail(str(error))


def _check_all(drafts: Iterable[Draft], rewrite: bool, jobs: int, state: _Status, off: list[str]) -> Iterator[Any]:
    """Yield a reflection, or an error object, for each draft in input order."""
    from ..batch import reflect_all

    for draft, outcome in reflect_all(drafts, rewrite, jobs, say, off):
        if isinstance(outcome, str):
            state.fail(f"{draft.where}: {outcome}")
            yield {"id": draft.id, "error": outcome}
        else:
            if outcome.flags:
                state.flag()
            yield outcome


def _write(results: Iterable[Any], format_: Format, single: bool) -> None:
    from ..report import render

    if format_ is Format.text:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for number, result in enumerate(results):
            if not isinstance(result, dict):
                typer.echo(("" if number == 0 else "\n") + render(result, colour), nl=False)
        return
    objects = (r if isinstance(r, dict) else r.to_dict() for r in results)
    if format_ is Format.jsonl:
        for row in objects:
            typer.echo(json.dumps(row, ensure_ascii=False))
            sys.stdout.flush()
        return
    rows = list(objects)
    if single and not rows:
        return
    typer.echo(json.dumps(rows[0] if single else rows, ensure_ascii=False, indent=2))


@app.command("app")
def run_app(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Default: 8501, or the next free one.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
) -> None:
    """Open the app in the browser; it answers to this machine only."""
    from ..server import serve

    serve(port, not no_browser)


@app.command()
def evaluate(
    format: Annotated[Format, typer.Option(help="text or json.")] = Format.text,
    split: Annotated[str, typer.Option(help="dev, gate or test; test is for published figures only.")] = "test",
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap resamples of writers for the intervals.")] = 1000,
    model: Annotated[Path | None, typer.Option(help="A model's folder; default: the shipped one.")] = None,
) -> None:
    """Measure a model on drafts of writers it has never seen."""
    from ..evaluation import evaluate_model, table_text

    result = evaluate_model(split, resamples, model)
    typer.echo(table_text(result) if format is Format.text else json.dumps(result, indent=2))


def main() -> None:
    """Run the command; an expected error is one sentence, never a traceback."""
    try:
        app()
    except GentleDraftError as error:
        typer.echo(f"gentle-draft: {error}", err=True)
        sys.exit(FAILED)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has gone; say nothing, as other tools do.
        sys.stderr.close()
        sys.exit(FAILED)
