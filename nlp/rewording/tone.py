"""Say a feeling a little lighter or plainer, as the sender steers it."""

import re
from functools import cache
from typing import Literal, get_args

from ..wording import feelings
from .patterns import match

Softness = Literal["soft", "strong"]
SOFTNESSES: tuple[Softness, ...] = get_args(Softness)
_DEGREES = r"(?:a (?:bit|little)|so|really|very|quite|pretty)"
_OTHER = re.compile(
    rf"(?P<lead>\b(?:I|and|it) (?:feel|felt)) (?:{_DEGREES} )?(?P<feeling>\w+(?: (?!and|when|about)\w+)?)(?=[.,!?]|\Z| (?:and|when|about)\b)",
    re.I,
)
_DEGREE = {"soft": "a bit ", "strong": "really "}


def toned(text: str, softness: Softness | None) -> str:
    """Return a text in plain spelling whose first owned feeling is said so softly; without a choice it stays as it is."""
    if softness is None:
        return text
    hit = _owned(text)
    return f"{text[: hit.start()]}{hit['lead']} {_DEGREE[softness]}{text[hit.start('feeling') :]}" if hit else text


def felt_as(text: str, feeling: str) -> str | None:
    """Return a text in plain spelling with its first owned feeling said as another; None where it says none."""
    hit = _owned(text)
    return f"{text[: hit.start()]}{hit['lead']} {feeling}{text[hit.end() :]}" if hit else None


def _owned(text: str) -> re.Match[str] | None:
    """Return the first feeling of the closed list that a text owns, else what "I feel" is followed by."""
    return _named().search(text) or _OTHER.search(text)


@cache
def _named() -> re.Pattern[str]:
    names = sorted((_bare(row["soft"]) for row in feelings().values()), key=len, reverse=True)
    lead = r"(?P<lead>\bI(?: feel|\W?m| am| was| felt|\W?ve been)|\b(?:and|it|I) (?:feel|felt|gets?|got))"
    return re.compile(rf"{lead} (?:{_DEGREES} )?(?P<feeling>{'|'.join(map(re.escape, names))})\b", re.I)


def _bare(words: str) -> str:
    """Return a feeling without its degree."""
    degree = match("feeling-degree", words)
    return words[degree.end() :] if degree else words
