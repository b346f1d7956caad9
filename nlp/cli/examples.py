"""The commands `gentle-draft examples …`: what the user keeps, and figures about the shipped examples."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import GentleDraftError
from ..schema import LABELS, Label
from . import shipped
from .output import CLEAR, FLAGGED, FormatOption, Plain, draw, write_json

if TYPE_CHECKING:
    from ..feedback import Kept, Preview

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Keep, look at and delete labelled examples.")

app.command("agreement")(shipped.agreement)
app.command("counts")(shipped.counts)

LabelOption = Annotated[
    list[str] | None, typer.Option("--label", help="blame, pressure or ultimatum; repeat for more; none: clear.")
]


@app.command("add")
def add(
    text: Annotated[str, typer.Argument(help="The sentence.")],
    label: LabelOption = None,
    before: Annotated[str | None, typer.Option(help="What stands before it in the message.")] = None,
    after: Annotated[str | None, typer.Option(help="What stands after it.")] = None,
) -> None:
    """Keep one labelled sentence on this machine."""
    from ..feedback import Sample, State, Store

    step = Store().add([Sample(text, _labels(label), (), before, after, State.accepted)])[0]
    typer.echo(f"Kept as example {step.id}.")


@app.command("list")
def list_(
    label: LabelOption = None,
    state: Annotated[list[str] | None, typer.Option(help="new, accepted, changed or skipped; repeat for more.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Only sentences without a label.")] = False,
    since: Annotated[str, typer.Option(help="A day, as 2026-01-31.")] = "",
    until: Annotated[str, typer.Option(help="A day, which counts.")] = "",
    order: Annotated[str, typer.Option(help="newest or uncertain first.")] = "newest",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    format: FormatOption = Plain.text,
) -> None:
    """Show what is kept."""
    from ..feedback import Order, State, Store

    names = _labels(label)
    found = Store().find(
        order=Order(_one_of(order, list(Order))),
        states=[State(_one_of(name, list(State))) for name in state or ()],
        label=names[0] if names else None,
        clear=clear,
        since=since,
        until=until,
        limit=limit,
    )
    if format is Plain.json:
        write_json([_row(k) for k in found])
    else:
        typer.echo("\n".join(_line(k) for k in found) or "Nothing is kept.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A .csv or .jsonl file with `text` and `labels`.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be read, and what not.")] = False,
    format: FormatOption = Plain.text,
) -> None:
    """Keep the examples of a file: all that can be read, in one step."""
    from ..feedback import Store, preview

    store = Store()
    found = preview(file, store.find())
    samples = found.samples
    if not dry_run and samples:
        store.add(samples)
    if format is Plain.json:
        write_json(_preview_row(found, 0 if dry_run else len(samples)))
    else:
        typer.echo("\n".join(_preview_lines(found, dry_run)))
    raise typer.Exit(FLAGGED if found.refused else CLEAR)


@app.command("export")
def export_(
    file: Annotated[
        Path | None, typer.Argument(help="A .csv or .jsonl file; default: JSONL on standard output.")
    ] = None,
) -> None:
    """Write everything that is kept to a file, readable by its owner alone."""
    from ..feedback import Store, export
    from ..feedback.exchange import FileFormat, write

    kept = Store().find()[::-1]
    if file is None:
        typer.echo(export(kept, FileFormat.jsonl), nl=False)
        return
    write(kept, file)
    typer.echo(f"Wrote {len(kept)} examples to {file}.")


@app.command("delete")
def delete(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID …]", help="Numbers, as `list` shows them.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Delete all of them.")] = False,
    with_models: Annotated[bool, typer.Option("--with-models", help="Also remove models trained on them.")] = False,
) -> None:
    """Delete examples, truly; models that were trained on them are named."""
    from ..feedback import Store
    from ..versions import remove, trained_on

    if bool(ids) == everything:
        raise GentleDraftError("Name the examples to delete by their numbers, or give --all.")
    store = Store()
    wanted = [k.id for k in store.find()] if everything else list(ids or ())
    models = trained_on(wanted)
    gone = store.delete_all() if everything else store.delete(wanted)
    typer.echo(f"Deleted {gone} examples.")
    if models and not with_models:
        typer.echo(f"Models trained on them are still there: {', '.join(models)} (remove: gentle-draft models remove).")
    for name in models if with_models else ():
        remove(name)
        typer.echo(f"Removed the model {name}.")


@app.command("check")
def check(format: FormatOption = Plain.text) -> None:
    """Find doubles, contradictions, likely label errors, and what to label next. Status 1: something to settle."""
    from ..examples import shipped_examples
    from ..feedback import Store, clashes
    from ..feedback.same import shipped_words
    from ..retraining import doubtful
    from ..telling import most_telling

    kept = Store().find()
    usable = [k for k in kept if k.sample.state != "skipped"]
    clash = clashes(usable, shipped_words(shipped_examples("train", "dev")))
    doubts = doubtful(usable, draw) if usable else ()
    telling = most_telling(kept)
    if format is Plain.json:
        write_json(
            {
                "clashes": [asdict(c) for c in clash],
                "doubtful": [asdict(d) for d in doubts],
                "label next": [asdict(t) for t in telling],
            }
        )
    else:
        words = {k.id: k.sample.text for k in kept}
        lines = [
            f"{'contradiction' if c.contradicts else 'double'}: {_shown(c.text)} (examples {_numbers(c.ids)}"
            + (f"; shipped as {_named(c.shipped)})" if c.shipped is not None else ")")
            for c in clash
        ]
        lines += [
            f"perhaps not {d.label}: {_shown(words[d.id])} (example {d.id})"
            if d.is_given
            else f"perhaps {d.label}: {_shown(words[d.id])} (example {d.id})"
            for d in doubts
        ]
        lines += [f"label next: {_shown(t.sample.text)}" for t in telling]
        typer.echo("\n".join(lines) or "Nothing to settle.")
    raise typer.Exit(FLAGGED if clash or doubts else CLEAR)


def _labels(names: Sequence[str] | None) -> tuple[Label, ...]:
    for name in names or ():
        _one_of(name, LABELS)
    return tuple(label for label in LABELS if label in (names or ()))


def _one_of(name: str, allowed: Sequence[str]) -> str:
    if name not in allowed:
        raise GentleDraftError(f"{name!r} is none of {', '.join(allowed)}.")
    return name


def _row(kept: "Kept") -> dict[str, Any]:
    return {"id": kept.id, "created": kept.created, **asdict(kept.sample)}


def _line(kept: "Kept") -> str:
    return f"{kept.id:6}  {kept.created[:10]}  {kept.sample.state:9} {_named(kept.sample.labels):20} {_shown(kept.sample.text)}"


def _preview_row(found: "Preview", kept: int) -> dict[str, Any]:
    lines = [{"line": n.number, "labels": n.sample.labels, "note": n.note, "double": n.is_double} for n in found.lines]
    return {"kept": kept, "lines": lines, "refused": [asdict(r) for r in found.refused]}


def _preview_lines(found: "Preview", dry_run: bool) -> Iterator[str]:
    for line in found.lines:
        if dry_run or line.note:
            yield f"line {line.number}: {_named(line.sample.labels)}: {_shown(line.sample.text)}  {line.note}".rstrip()
    yield from (f"line {r.number}: refused. {r.reason}" for r in found.refused)
    count = len(found.samples)
    said = "would be kept" if dry_run else "kept"
    yield f"{count} examples {said}, {len(found.lines) - count} doubles left out, {len(found.refused)} lines refused."


def _named(labels: Sequence[str]) -> str:
    return ", ".join(labels) or "clear"


def _numbers(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))


def _shown(text: str) -> str:
    from ..report import safe

    return safe(" ".join(text.split()))
