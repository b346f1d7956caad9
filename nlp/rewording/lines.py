"""The lines of `data/lines.toml`: what carries the pieces; a line is chosen by the draft, so the same draft reads the same."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ..wording import read_words
from .pieces import Piece

_SLOT = re.compile(r"\{(\w+)\}")
#: Tables whose words are no lines to say.
NO_LINES = ("moods", "unhurried")
_CONTRACTED = re.compile(r"\b(you|we|they) are (?=\w)")


@cache
def lines() -> dict[str, dict[str, Any]]:
    """Return the tables of lines."""
    return read_words("lines.toml")


def mood_of(signs: Sequence[str]) -> str:
    """Return the group of feelings that fits most of the signs; the first sign decides a tie."""
    found = [mood for sign in signs for mood, names in lines()["moods"].items() if sign in names]
    return max(dict.fromkeys(found), key=found.count) if found else "wish"


def ordered(choices: Iterable[str], seed: str) -> list[str]:
    """Return lines in an order that depends on the draft alone."""
    return sorted(choices, key=lambda line: hashlib.sha256((seed + line).encode()).digest())


def filled(line: str, pieces: Sequence[Piece], **words: str) -> str:
    """Return a line with its slots filled, with a capital and a stop."""
    values = dict(words)
    for piece in pieces:
        values[piece.kind] = _CONTRACTED.sub(r"\1're ", piece.text) if piece.kind == "wonder" else piece.text
        if piece.kind in ("matter", "rival", "dear"):
            values |= {"is": "are", "matters": "matter"} if piece.is_plural else {"is": "is", "matters": "matters"}
    return " ".join(sentence(part) for part in re.split(r"(?<=[.!?]) ", _SLOT.sub(lambda slot: values[slot[1]], line)))


def sentence(words: str) -> str:
    """Return words with a capital and a stop."""
    words = words.strip()
    if not words:
        return ""
    closed = words if words[-1] in ".!?…" else words + "."
    return closed[0].upper() + closed[1:]


def used_in(texts: Iterable[str]) -> set[str]:
    """Return the lines that stand in some texts, so that another wording can be found."""
    said = [_bare(text) for text in texts]
    tables = [t for name, t in lines().items() if name not in NO_LINES]
    every = [line for table in tables for rows in table.values() for line in rows]
    return {line for line in every if any(_longest(line) in text for text in said)}


def stands_in(words: str, texts: Iterable[str]) -> bool:
    """Tell whether words stand in one of some texts, however these are typed."""
    return any(_bare(words) in _bare(text) for text in texts)


def is_unhurried(text: str) -> bool:
    """Tell whether a text says already that there is no rush."""
    return any(stands_in(words, [text]) for words in lines()["unhurried"]["words"])


def _longest(line: str) -> str:
    return max((_bare(part) for part in _SLOT.split(line)[::2]), key=len)


def _bare(text: str) -> str:
    """Return a text without case, stops and the chat spelling of "you"."""
    words = re.findall(r"[a-z]+", text.lower().replace("'", "").replace("’", ""))
    return " ".join({"u": "you", "ur": "your"}.get(word, word) for word in words)
