"""The assistant with the active model, loaded once for the whole program and asked by one page at a time."""

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import streamlit as st

from ..schema import Reflection, Suggestion
from ..versions import pointer

if TYPE_CHECKING:
    from ..pipeline import Assistant

# The models are shared by all windows; they are not made for two drafts at the same moment.
_one_at_a_time = threading.Lock()
# Said by the last model that was loaded: asking for it must not wait for one that is being loaded.
_problem = {"said": ""}


@st.cache_resource(show_spinner=False, max_entries=1)
def _assistant(version: str) -> "Assistant":
    from .. import Assistant

    assistant = Assistant.load()
    model = getattr(assistant, "model", None)
    _problem["said"] = model.problem if model is not None else ""
    return assistant


def reflect(text: str) -> Reflection:
    """Return what the assistant finds in a draft, with the model that is active now."""
    with _one_at_a_time:
        return _assistant(pointer().active).reflect(text)


def problem() -> str:
    """Say why the active model could not be opened, where the shipped one stands in for it."""
    return _problem["said"]


def reword(text: str, start: int, end: int, **wishes: Any) -> Suggestion | None:
    """Return other options for a place, as the sender steers them."""
    with _one_at_a_time:
        return _assistant(pointer().active).reword(text, start, end, **wishes)


def warm() -> None:
    """Load the models before the first draft comes; a failure shows itself when a draft is read."""
    with suppress(Exception):
        reflect("Hello.")
