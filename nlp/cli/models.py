"""The commands `gentle-draft models …`: the shipped model and the user's own versions."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .output import FormatOption, Plain, write_json
from .training import comparison_lines, comparison_row

if TYPE_CHECKING:
    from ..versions import Version

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List, choose and remove models.")
Name = Annotated[str, typer.Argument(help="A version's name, or `shipped`.")]


@app.command("list")
def list_(format: FormatOption = Plain.text) -> None:
    """Show the models; the star marks the one in use."""
    from ..versions import versions

    found = versions()
    if format is Plain.json:
        write_json([_row(v) for v in found])
        return
    for v in found:
        about = v.problem or _about(v)
        typer.echo(f"{'*' if v.is_active else ' '} {v.name:24} {about}")


@app.command("show")
def show(name: Name) -> None:
    """Show a model's card as JSON."""
    from ..versions import version

    write_json(_row(version(name)))


@app.command("activate")
def activate(name: Name) -> None:
    """Use another model from now on."""
    from ..model_store import activate_version

    typer.echo(f"{activate_version(name).active} is in use.")


@app.command("back")
def back() -> None:
    """Use the model again that was in use before."""
    from ..versions import back

    typer.echo(f"{back().active} is in use.")


@app.command("compare")
def compare(old: Name, new: Name, format: FormatOption = Plain.text) -> None:
    """Compare two models on the drafts that decide about new ones."""
    from ..retraining import compare_versions

    comparison = compare_versions(old, new)
    if format is Plain.json:
        write_json(comparison_row(comparison))
    else:
        typer.echo("\n".join(comparison_lines(comparison)))


@app.command("remove")
def remove(name: Name) -> None:
    """Remove one of your own models; the shipped one always stays."""
    from ..versions import remove

    remove(name)
    typer.echo(f"Removed the model {name}.")


def _row(version: "Version") -> dict[str, Any]:
    return asdict(version)


def _about(version: "Version") -> str:
    if version.card is None or not version.card.made:
        return "as installed"
    own = version.card.trained_on.get("own", 0)
    return f"{version.card.made.replace('T', ' ')[:16]}, {own} examples of your own"
