"""The command `gentle-draft train`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import CLEAR, FLAGGED, FormatOption, Plain, draw, say, write_json

if TYPE_CHECKING:
    from ..comparison import Comparison
    from ..retraining import Retrained


def train(
    examples: Annotated[
        list[Path] | None, typer.Option("--examples", help="Also learn from a .csv or .jsonl file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Fit and compare only; keep nothing.")] = False,
    ship: Annotated[bool, typer.Option("--ship", help="Maintainers: replace the shipped model in models/.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Maintainers: fit the shipped examples, write to this folder.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Maintainers: the same data and seed give the same model.")] = 20,
    format: FormatOption = Plain.text,
) -> None:
    """Learn from your own examples. The new model is used only if it reads no messages less well; else status 1."""
    if ship or out is not None:
        from ..shipping import train_shipped

        train_shipped(out, ship, seed, typer.echo)
        return
    from ..feedback import Store, preview
    from ..retraining import keep, retrain

    extra = []
    for file in examples or ():
        found = preview(file)
        for refused in found.refused:
            say(f"{file.name}, line {refused.number}: {refused.reason}")
        extra += found.samples
    result = retrain(Store().usable(), extra, draw)
    kept = keep(result).name if result.verdict.passed and not dry_run else None
    if format is Plain.json:
        write_json(_row(result, kept))
    else:
        typer.echo("\n".join(_lines(result, kept, dry_run)))
    raise typer.Exit(CLEAR if result.verdict.passed else FLAGGED)


def comparison_lines(comparison: "Comparison") -> Iterator[str]:
    """Yield the figures of a comparison as lines of a table."""
    yield f"{'on the gate split':24} before   after    difference, 95 % interval"
    for label, f in comparison.f1.items():
        yield f"{f'F1 {label}':24} {f.old:.3f}    {f.new:.3f}    {f.gain:+.3f}  ({f.low:+.3f} to {f.high:+.3f})"
    for name, c in (
        ("clear drafts flagged", comparison.false_alarms),
        ("safety drafts found", comparison.safety_found),
        ("threats told apart", comparison.threats_told),
    ):
        yield f"{name:24} {c.old:<8} {c.new:<8} of {c.total}"
    error = comparison.calibration_error
    yield f"{'calibration error':24} {error.old:.3f}    {error.new:.3f}"


def comparison_row(comparison: "Comparison") -> dict[str, Any]:
    """Return a comparison as JSON has it."""
    from dataclasses import asdict

    return asdict(comparison)


def _row(result: "Retrained", kept: str | None) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "passed": result.verdict.passed,
        "version": kept,
        "verdict": asdict(result.verdict),
        "own": asdict(result.own),
        "comparison": comparison_row(result.comparison),
        "changed": [asdict(c) for c in result.changed],
        "doubtful": [asdict(d) for d in result.doubtful],
    }


def _lines(result: "Retrained", kept: str | None, dry_run: bool) -> Iterator[str]:
    from ..report import safe

    own = result.own
    yield from comparison_lines(result.comparison)
    yield f"{'your examples as taught':24} {own.old:<8} {own.taught:<8} of {own.count}"
    yield f"{'… held out':24} {own.shipped:<8} {own.new:<8} of {own.count} (shipped model; new one without them)"
    for changed in result.changed:
        before, after = (", ".join(side) or "clear" for side in (changed.old, changed.new))
        yield f"  {before} → {after}: {safe(' '.join(changed.text.split()))}"
    yield from result.verdict.reasons
    if result.verdict.suspects:
        yield f"Look at your examples {', '.join(map(str, result.verdict.suspects[:10]))}, skip or delete some, and try again."
    if kept:
        yield f"The new model {kept} is in use. `gentle-draft models back` takes it back."
    elif result.verdict.passed:
        yield "The new model passed." if dry_run else ""
    else:
        yield "The new model is not kept; the one in use stays."
