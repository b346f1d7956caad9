"""The two components of the pages, made of the small files in `static/`; each is drawn in its own shadow root."""

from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer

from .shell import static_text

_DESK = ("dom", "memory", "asking", "editor", "marks", "places", "steering", "compare", "notices", "page")
_LEAVE = ("dom", "memory", "leave")


def _make(name: str, scripts: tuple[str, ...]) -> ComponentRenderer:
    return component(
        name,
        html="",
        css=static_text("look.css"),
        js="\n".join(static_text(f"{script}.js") for script in scripts),
    )


draw_desk = _make("notes.desk", _DESK)
draw_leave = _make("notes.leave", _LEAVE)
