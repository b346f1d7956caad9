"""The assistant, loaded once for the whole program and asked by one page at a time."""

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st

from ..schema import Reflection, Suggestion

if TYPE_CHECKING:
    from ..pipeline import Assistant

# The models are shared by all windows; they are not made for two drafts at the same moment.
_one_at_a_time = threading.Lock()


@st.cache_resource(show_spinner=False)
def _assistant() -> "Assistant":
    from .. import Assistant

    return Assistant.load()


def reflect(text: str) -> Reflection:
    """Return what the assistant finds in a draft."""
    assistant = _assistant()
    with _one_at_a_time:
        return assistant.reflect(text)


def reword(text: str, start: int, end: int, **wishes: Any) -> Suggestion | None:
    """Return other options for a place, as the sender steers them."""
    assistant = _assistant()
    with _one_at_a_time:
        return assistant.reword(text, start, end, **wishes)


def warm() -> None:
    """Load the models before the first draft comes; a failure shows itself when a draft is read."""
    with suppress(Exception):
        reflect("Hello.")
