"""`gentle-draft reword`: other ways to say a part of a draft."""

from enum import StrEnum
from typing import Annotated

import typer

from ..drafts import STDIN, read_drafts
from ..errors import GentleDraftError
from .output import FLAGGED, say


class Manner(StrEnum):
    """How a rewording is said."""

    brief = "brief"
    warm = "warm"
    space = "space"


def reword(
    start: Annotated[int, typer.Argument(help="First character of the words to reword.")],
    end: Annotated[int, typer.Argument(help="Character after the last.")],
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A `.txt`; none or `-` is standard input.")] = STDIN,
    feeling: Annotated[str | None, typer.Option(help="An id of data/feelings.toml, such as lonely.")] = None,
    need: Annotated[str | None, typer.Option(help="An id of data/needs.toml, such as contact.")] = None,
    request: Annotated[str | None, typer.Option(help="What would help, in your words.")] = None,
    appreciation: Annotated[str | None, typer.Option(help="Something you value about them, in your words.")] = None,
    style: Annotated[Manner | None, typer.Option(help="How it is said.")] = None,
) -> None:
    """Print other ways to say a part of a draft, as you steer them. Exit status: 0 some, 1 none."""
    from .. import Assistant

    draft = next(iter(read_drafts(file)))
    if draft.error is not None:
        raise GentleDraftError(f"{draft.where}: {draft.error}")
    found = Assistant.load().reword(
        draft.text,
        start,
        end,
        feeling=feeling,
        need=need,
        request=request,
        appreciation=appreciation,
        style=style.value if style else None,
    )
    if found and found.hint:
        say(found.hint)
    for option in found.options if found else ():
        typer.echo(option.text)
    if found is None or not found.options:
        typer.echo(found.prompt if found and found.prompt else "Nothing is offered for these words.", err=True)
        raise typer.Exit(FLAGGED)
