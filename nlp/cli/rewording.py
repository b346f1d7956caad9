"""`gentle-draft reword`: other ways to say a part of a draft."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from ..drafts import STDIN, read_drafts
from ..errors import GentleDraftError
from ..report import safe
from .output import FLAGGED, say


class Manner(StrEnum):
    """How a rewording is said."""

    brief = "brief"
    warm = "warm"
    space = "space"


class Softness(StrEnum):
    """How a feeling is said."""

    soft = "soft"
    strong = "strong"


class Format(StrEnum):
    """How options are printed."""

    text = "text"
    json = "json"


def reword(
    start: Annotated[int, typer.Argument(help="First character of the words to reword.")],
    end: Annotated[int, typer.Argument(help="Character after the last.")],
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A `.txt`; none or `-` is standard input.")] = STDIN,
    feeling: Annotated[str | None, typer.Option(help="An id of data/feelings.toml, such as lonely.")] = None,
    need: Annotated[str | None, typer.Option(help="An id of data/needs.toml, such as contact.")] = None,
    request: Annotated[str | None, typer.Option(help="What would help, in your words.")] = None,
    appreciation: Annotated[str | None, typer.Option(help="Something you value about them, in your words.")] = None,
    style: Annotated[Manner | None, typer.Option(help="How it is said.")] = None,
    softness: Annotated[Softness | None, typer.Option(help="How a feeling is said: a bit sad, or really sad.")] = None,
    but_not: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="An option you have seen: another one.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="`json` tells also style, parts and what can be made specific.")
    ] = Format.text,
) -> None:
    """Print other ways to say a part of a draft, as you steer them. Exit status: 0 some, 1 none."""
    from .. import Assistant

    draft = next(iter(read_drafts(file)), None)
    if draft is None:
        raise GentleDraftError(f"{file}: there is no draft in it.")
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
        softness=softness.value if softness else None,
        shown=but_not or (),
    )
    if found and found.hint:
        say(found.hint)
    for option in found.options if found else ():
        typer.echo(safe(option.text) if form is Format.text else json.dumps(asdict(option), ensure_ascii=False))
    if found is None or not found.options:
        typer.echo(found.prompt if found and found.prompt else "Nothing is offered for these words.", err=True)
        raise typer.Exit(FLAGGED)
