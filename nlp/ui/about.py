"""The page "About": what the marks mean, what stays private, and what the program cannot know."""

from html import escape

import streamlit as st

from ..knowledge import labels

_PRIVACY = (
    "Your words stay on this computer. They are read by a small program that runs here and needs no internet.",
    "Your drafts are not kept: closing the page, or pressing Escape twice, forgets them.",
    "Only what you ask to keep is kept, in a file on this computer that only you can open: a sentence you answered "
    "about, a draft put aside until morning. Review and Reflect show it, and delete it for good.",
    "A reader that learned from you holds no words, only numbers. It can be removed on Retrain.",
    "No statistics are gathered, and nothing is sent to anybody.",
)
_LIMITS = (
    "It reads words, not people. It does not know your partner, and it does not judge you.",
    "It misses things, and sometimes marks what is fine. You know best what you mean.",
    "A limit of your own, a decision to leave, and words about danger are never made softer.",
)


def page() -> None:
    """Draw the page."""
    st.html(
        "<h1>About this page</h1>"
        + _section("What it marks", [f"{label.title.capitalize()}: {label.meaning}." for label in labels().values()])
        + _section("What stays private", _PRIVACY)
        + _section("What it cannot know", _LIMITS)
    )


def _section(title: str, sentences: tuple[str, ...] | list[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<h2>{escape(title)}</h2><ul>{items}</ul>"
