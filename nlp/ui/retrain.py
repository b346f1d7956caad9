"""The page "Retrain": what there is to learn from, learning, old beside new, and the versions."""

import streamlit as st

from .component import draw_retrain
from .retrain_view import retrain_view
from .session import retraining, sent

_KEY = "retrain"


def page() -> None:
    """Draw the page; what it asks for was mostly done before this run, by the callback."""
    result = draw_retrain(key=_KEY, data=retrain_view(retraining()), on_ask_change=_answer)
    # After a restart of the program the page may ask before its first run has told Streamlit about the callback.
    ask = result.get("ask")
    if isinstance(ask, dict) and ask.get("id") != retraining().answered:
        retraining().answer(ask)
        st.rerun()


def _answer() -> None:
    ask = sent(_KEY, "ask")
    if isinstance(ask, dict):
        retraining().answer(ask)
