"""The components of the pages, made of the small files in `static/`; each is drawn in its own shadow root."""

from streamlit.components.v2 import component
from streamlit.components.v2.types import ComponentRenderer

from .shell import static_text

_DESK = (
    *("dom", "memory", "connection", "post", "asking", "picker", "labels", "twice", "evening"),
    *("editor", "consent", "verdict", "missed"),
    *("marks", "places", "steering", "compare", "notices", "page"),
)
_REVIEW = (
    *("dom", "memory", "connection", "post", "picker", "labels", "deleting", "card", "keys", "sift"),
    *("advice", "exchange", "review"),
)
_RETRAIN = (
    *("dom", "memory", "connection", "post", "twice"),
    *("pictures", "learning", "compared", "versions", "retrain"),
)
_LEAVE = ("dom", "memory", "leave")


def _make(name: str, scripts: tuple[str, ...], *styles: str) -> ComponentRenderer:
    return component(
        name,
        html="",
        css="\n".join(static_text(f"{style}.css") for style in ("look", *styles)),
        js="\n".join(static_text(f"{script}.js") for script in scripts),
    )


draw_desk = _make("notes.desk", _DESK, "teach")
draw_review = _make("notes.review", _REVIEW, "teach", "review")
draw_retrain = _make("notes.retrain", _RETRAIN, "retrain")
draw_leave = _make("notes.leave", _LEAVE)
