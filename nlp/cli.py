"""The command `gentle-draft`."""

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from . import __version__
from .drafts import STDIN, Draft, is_single, read_drafts
from .errors import GentleDraftError

CLEAR, FLAGGED, FAILED = 0, 1, 2

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Read a message before it is sent: what may land as blame, pressure or an ultimatum, and calmer ways to say it.",
)
examples_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look at the labelled examples.")
app.add_typer(examples_app, name="examples")


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"


class Manner(StrEnum):
    """How a rewording is said."""

    brief = "brief"
    warm = "warm"
    space = "space"


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
    """Read a message before it is sent. Everything runs on this machine; nothing is kept."""


@app.command()
def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE …]", help="`.txt`, `.jsonl` or `.csv`; none or `-` is standard input."),
    ] = None,
    format: Annotated[Format | None, typer.Option(help="Default: text on a terminal, json when piped.")] = None,
    no_rewrite: Annotated[bool, typer.Option("--no-rewrite", help="Flags and notes only.")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Drafts read at the same time.")] = 1,
) -> None:
    """Check drafts. Exit status: 0 no flag, 1 a flag, 2 an error."""
    names = files or [STDIN]
    chosen = format or (Format.text if sys.stdout.isatty() else Format.json)
    state = _Status()
    results = _check_all(_drafts(names, state), not no_rewrite, jobs, state)
    single = len(names) == 1 and is_single(names[0])
    _write(results, chosen, single)
    raise typer.Exit(state.code)


@app.command()
def reword(
    start: Annotated[int, typer.Argument(help="First character of the words to reword.")],
    end: Annotated[int, typer.Argument(help="Character after the last.")],
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A `.txt`; none or `-` is standard input.")] = STDIN,
    feeling: Annotated[str | None, typer.Option(help="An id of data/feelings.toml, such as lonely.")] = None,
    need: Annotated[str | None, typer.Option(help="An id of data/needs.toml, such as contact.")] = None,
    request: Annotated[str | None, typer.Option(help="What would help, in your words.")] = None,
    style: Annotated[Manner | None, typer.Option(help="How it is said.")] = None,
) -> None:
    """Print other ways to say a part of a draft, as you steer them. Exit status: 0 some, 1 none."""
    from . import Assistant

    draft = next(iter(read_drafts(file)))
    if draft.error is not None:
        raise GentleDraftError(f"{draft.where}: {draft.error}")
    found = Assistant.load().reword(
        draft.text, start, end, feeling=feeling, need=need, request=request, style=style.value if style else None
    )
    for option in found.options if found else ():
        typer.echo(option.text)
    if found is None or not found.options:
        typer.echo(found.prompt if found and found.prompt else "Nothing is offered for these words.", err=True)
        raise typer.Exit(FLAGGED)


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


def _check_all(drafts: Iterable[Draft], rewrite: bool, jobs: int, state: _Status) -> Iterator[Any]:
    """Yield a reflection, or an error object, for each draft in input order."""
    from .batch import reflect_all

    for draft, outcome in reflect_all(drafts, rewrite, jobs):
        if isinstance(outcome, str):
            state.fail(f"{draft.where}: {outcome}")
            yield {"id": draft.id, "error": outcome}
        else:
            if outcome.flags:
                state.flag()
            yield outcome


def _write(results: Iterable[Any], format_: Format, single: bool) -> None:
    from .report import render

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
    from .server import serve

    serve(port, not no_browser)


@app.command()
def train(
    ship: Annotated[bool, typer.Option("--ship", help="Maintainers: replace the shipped model in models/.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder to write the model and its card to.")] = None,
    seed: Annotated[int, typer.Option(help="The same data and seed give the same model.")] = 20,
) -> None:
    """Fit the model on the shipped examples and write it with its card."""
    from .shipping import train_shipped

    train_shipped(out, ship, seed, typer.echo)


@app.command()
def evaluate(
    format: Annotated[Format, typer.Option(help="text or json.")] = Format.text,
    split: Annotated[str, typer.Option(help="dev, gate or test; test is for published figures only.")] = "test",
    resamples: Annotated[int, typer.Option(min=0, help="Bootstrap resamples of writers for the intervals.")] = 1000,
    model: Annotated[Path | None, typer.Option(help="A model's folder; default: the shipped one.")] = None,
) -> None:
    """Measure a model on drafts of writers it has never seen."""
    from .evaluation import evaluate_model, table_text

    result = evaluate_model(split, resamples, model)
    typer.echo(table_text(result) if format is Format.text else json.dumps(result, indent=2))


@examples_app.command("agreement")
def examples_agreement() -> None:
    """Print how far the two readers of each draft agree (Cohen's kappa)."""
    from .examples import agreement, read_readings
    from .paths import shipped_dir

    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(["what", "first", "second", "both", "kappa"])
    for row in agreement(read_readings(shipped_dir("data") / "readings.jsonl")):
        writer.writerow([row.name, row.first, row.second, row.both, f"{row.kappa:.3f}"])


@examples_app.command("counts")
def examples_counts() -> None:
    """Print how many drafts and sentences each split holds, by label and kind."""
    from .examples import SPLITS, shipped_examples
    from .schema import LABELS

    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(["split", "writers", "drafts", "sentences", *LABELS, "clear"])
    for split in SPLITS:
        drafts = shipped_examples(split)
        sentences = [s for d in drafts for s in d.sentences]
        counts = [sum(label in s.labels for s in sentences) for label in LABELS]
        clear = sum(not s.labels for s in sentences)
        writer.writerow([split, len({d.writer for d in drafts}), len(drafts), len(sentences), *counts, clear])


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
