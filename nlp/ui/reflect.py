"""The page "Reflect": a draft is pasted, read, reworded and copied; the user says whether the marks were right."""

from contextlib import suppress
from typing import Any

import streamlit as st

from ..errors import FeedbackError
from . import assistant
from .component import draw_desk
from .evening import evening_view
from .session import desk, sent, teaching
from .teaching_view import teaching_view
from .view import view

_KEY = "reflect"


def page() -> None:
    """Draw the page; what it asks for was mostly done before this run, by the callback."""
    result = draw_desk(key=_KEY, data=_view(), on_ask_change=_answer, on_teach_change=_teach)
    # After a restart of the program the page may ask before its first run has told Streamlit about the callback.
    ask = result.get("ask")
    if isinstance(ask, dict) and ask.get("id") != desk().answered:
        _do(ask)
        st.rerun()


def _view() -> dict[str, Any]:
    reflection = desk().reflection
    with suppress(FeedbackError):
        teaching().refresh()
    return view(desk()) | {
        "teaching": teaching_view(teaching(), reflection),
        "evening": evening_view(),
        "problem": assistant.problem(),
    }


def _teach() -> None:
    ask = sent(_KEY, "teach")
    if isinstance(ask, dict):
        teaching().answer(ask, desk().reflection)


def _answer() -> None:
    ask = sent(_KEY, "ask")
    if isinstance(ask, dict):
        _do(ask)


def _do(ask: dict[str, Any]) -> None:
    desk().answer(ask, assistant.reflect, assistant.reword)
