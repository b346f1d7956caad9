"""The page "Review": everything kept, looked through by keyboard, changed, deleted, brought in and taken out."""

import streamlit as st

from .component import draw_review
from .review_view import review_view
from .session import reviewing, sent

_KEY = "review"


def page() -> None:
    """Draw the page; what it asks for was mostly done before this run, by the callback."""
    result = draw_review(key=_KEY, data=review_view(reviewing()), on_ask_change=_answer)
    # After a restart of the program the page may ask before its first run has told Streamlit about the callback.
    ask = result.get("ask")
    if isinstance(ask, dict) and ask.get("id") != reviewing().answered:
        reviewing().answer(ask)
        st.rerun()


def _answer() -> None:
    ask = sent(_KEY, "ask")
    if isinstance(ask, dict):
        reviewing().answer(ask)
