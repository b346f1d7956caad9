"""What this window remembers, kept in Streamlit's session: in memory, for as long as the window is connected."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from .desk import Desk
from .learning import Window
from .reviewing import Reviewing
from .teaching import Teaching

T = TypeVar("T")
_DESK = "notes.desk"
_TEACHING = "notes.teaching"
_REVIEWING = "notes.reviewing"
_RETRAINING = "notes.retraining"
_CLEARED = "notes.cleared"


def desk() -> Desk:
    """Return this window's desk."""
    return kept_as(_DESK, Desk)


def teaching() -> Teaching:
    """Return what this window's user said about the reading."""
    return kept_as(_TEACHING, Teaching)


def reviewing() -> Reviewing:
    """Return what this window does on the page Review."""
    return kept_as(_REVIEWING, Reviewing)


def retraining() -> Window:
    """Return what this window does on the page Retrain."""
    return kept_as(_RETRAINING, Window)


def kept_as(name: str, make: Callable[[], T]) -> T:
    """Return what this window remembers under a name; made where there is nothing yet."""
    if name not in st.session_state:
        st.session_state[name] = make()
    found: T = st.session_state[name]
    return found


def clear(token: str) -> None:
    """Forget everything of this window; the token tells the page that it is done."""
    desk().clear()
    teaching().clear()
    reviewing().clear()
    retraining().clear()
    st.session_state[_CLEARED] = token


def cleared() -> str:
    """Return the token of the last clearing."""
    return str(st.session_state.get(_CLEARED, ""))


def sent(key: str, event: str) -> Any:
    """Return what a component has just sent, or None."""
    state = st.session_state.get(key)
    return state.get(event) if state is not None else None
