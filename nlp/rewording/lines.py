"""The lines of `data/lines.toml`: what carries the pieces; a line is chosen by the draft, so the same draft reads the same."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from ..wording import read_words
from .pieces import Piece

_SLOT = re.compile(r"\{(\w+)\}")


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
        values[piece.kind] = piece.text
        if piece.kind in ("matter", "rival", "dear"):
            values |= {"is": "are", "matters": "matter"} if piece.is_plural else {"is": "is", "matters": "matters"}
    return sentence(_SLOT.sub(lambda slot: values[slot[1]], line))


def sentence(words: str) -> str:
    """Return words with a capital and a stop."""
    words = words.strip()
    if not words:
        return ""
    closed = words if words[-1] in ".!?…" else words + "."
    return closed[0].upper() + closed[1:]
