"""Say a feeling a little lighter or plainer, as the sender steers it."""

import re
from functools import cache
from typing import Literal, get_args

from ..wording import feelings
from .patterns import match

Softness = Literal["soft", "strong"]
SOFTNESSES: tuple[Softness, ...] = get_args(Softness)
_DEGREE = {"soft": "a bit ", "strong": "really "}


def toned(text: str, softness: Softness | None) -> str:
    """Return a text in plain spelling whose first owned feeling is said so softly; without a choice it stays as it is."""
    if softness is None:
        return text
    return _felt().sub(lambda hit: f"{hit['lead']} {_DEGREE[softness]}{hit['feeling']}", text, count=1)


def felt_as(text: str, feeling: str) -> str | None:
    """Return a text in plain spelling with its first owned feeling said as another; None where it says none."""
    hit = _felt().search(text)
    return f"{text[: hit.start()]}{hit['lead']} {feeling}{text[hit.end() :]}" if hit else None


@cache
def _felt() -> re.Pattern[str]:
    names = sorted((_bare(row["soft"]) for row in feelings().values()), key=len, reverse=True)
    lead = r"(?P<lead>\bI(?: feel|\W?m| am| was| felt|\W?ve been)|\b(?:and|it|I) (?:feel|felt|gets?|got))"
    degree = r"(?:a (?:bit|little)|so|really|very|quite|pretty)"
    return re.compile(rf"{lead} (?:{degree} )?(?P<feeling>{'|'.join(map(re.escape, names))})\b", re.I)


def _bare(words: str) -> str:
    """Return a feeling without its degree."""
    degree = match("feeling-degree", words)
    return words[degree.end() :] if degree else words
