"""The desk of this window, kept in Streamlit's session: in memory, for as long as the window is connected."""

from typing import Any

import streamlit as st

from .desk import Desk

_DESK = "notes.desk"
_CLEARED = "notes.cleared"


def desk() -> Desk:
    """Return this window's desk."""
    if _DESK not in st.session_state:
        st.session_state[_DESK] = Desk()
    found: Desk = st.session_state[_DESK]
    return found


def clear(token: str) -> None:
    """Forget everything of this window; the token tells the page that it is done."""
    desk().clear()
    st.session_state[_CLEARED] = token


def cleared() -> str:
    """Return the token of the last clearing."""
    return str(st.session_state.get(_CLEARED, ""))


def sent(key: str, event: str) -> Any:
    """Return what a component has just sent, or None."""
    state = st.session_state.get(key)
    return state.get(event) if state is not None else None
