"""Drafts put aside until morning, as the page Reflect shows them."""

import datetime as dt
from typing import Any

from ..errors import FeedbackError
from ..feedback import Shelf, Waiting
from ..feedback.database import Database
from . import words
from .dates import day_of

_SHOWN = 160


def put_aside(text: str) -> None:
    """Keep a draft on this machine, on purpose."""
    Shelf().put(text)


def waiting_text(id: int) -> str:
    """Return the words of a draft that waits."""
    for waiting in Shelf().waiting():
        if waiting.id == id:
            return waiting.text
    raise FeedbackError(words.NO_LONGER_WAITING)


def drop(id: int) -> None:
    """Delete a draft that waits, truly."""
    Shelf().delete(id)


def evening_view(moment: dt.datetime | None = None) -> dict[str, Any]:
    """Return the drafts that wait; looking for them creates no file."""
    database = Database()
    if not database.path.exists():
        return {"drafts": [], "error": ""}
    try:
        return {"drafts": [_shown(waiting, moment) for waiting in Shelf(database).waiting()], "error": ""}
    except FeedbackError as error:
        return {"drafts": [], "error": str(error)}


def _shown(waiting: Waiting, moment: dt.datetime | None) -> dict[str, Any]:
    first = " ".join(waiting.text[: 2 * _SHOWN].split())
    return {
        "id": waiting.id,
        "due": waiting.is_due(moment),
        "line": words.waits_since(day_of(waiting.created), waiting.created[11:16], waiting.is_due(moment)),
        "begins": first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…",
    }
