"""The pages and the frame around them. A new page is a file with `page()` and one line in `_PAGES`."""

import streamlit as st

from . import about, gate, reflect, retrain, review, words
from .component import draw_leave
from .session import clear, cleared, sent
from .shell import AWAY, TITLE, static_text

_PAGES = (
    (reflect.page, "Reflect", ""),
    (review.page, "Review", "review"),
    (retrain.page, "Retrain", "retrain"),
    (about.page, "About", "about"),
)
ADDRESSES = tuple(address for _, _, address in _PAGES)
_KEY = "leave"


def run() -> None:
    """Draw the page that the address names; this is the script that Streamlit runs."""
    # The title and the icon are neutral on purpose: somebody may see the tab. The icon is the shell's own.
    st.set_page_config(page_title=TITLE, layout="centered", initial_sidebar_state="collapsed")
    # Streamlit's own server answers foreign pages, too.
    if not gate.stands():
        st.info(words.UNGUARDED)
        return
    pages = [st.Page(page, title=title, url_path=address, default=not address) for page, title, address in _PAGES]
    # Streamlit's own menu hides behind an arrow on a phone; links stand there for everybody.
    chosen = st.navigation(pages, position="hidden")
    st.html(f"<style>{static_text('streamlit.css')}</style>")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="left"):
        for page in pages:
            st.page_link(page, width="content")
        st.space("stretch")
        draw_leave(key=_KEY, data={"away": AWAY, "cleared": cleared()}, on_leave_change=_leave, width="content")
    chosen.run()


def _leave() -> None:
    token = sent(_KEY, "leave")
    if isinstance(token, str):
        clear(token)
