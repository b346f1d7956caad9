"""The page "Reflect": a draft is pasted, read, reworded and copied."""

from typing import Any

import streamlit as st

from . import assistant
from .component import draw_desk
from .session import desk, sent
from .view import view

_KEY = "reflect"


def page() -> None:
    """Draw the page; what it asks for was mostly done before this run, by the callback."""
    result = draw_desk(key=_KEY, data=view(desk()), on_ask_change=_answer)
    # After a restart of the program the page may ask before its first run has told Streamlit about the callback.
    ask = result.get("ask")
    if isinstance(ask, dict) and ask.get("id") != desk().answered:
        _do(ask)
        st.rerun()


def _answer() -> None:
    ask = sent(_KEY, "ask")
    if isinstance(ask, dict):
        _do(ask)


def _do(ask: dict[str, Any]) -> None:
    desk().answer(ask, assistant.reflect, assistant.reword)
