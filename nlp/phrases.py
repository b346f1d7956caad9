"""Find the words of a sentence that carry a label, from the encoder's token scores."""

import unicodedata
from collections.abc import Sequence

import numpy as np

from .encoder import Tokens
from .schema import LABELS, Label
from .words import Floats

#: Final punctuation that may itself be the sign ("??", "fine…") stays.
_TELLING = "?!…"
PHRASE_SCORE = 0.5
#: Of the strongest token, where no token reaches PHRASE_SCORE.
PHRASE_SHARE = 0.5
#: So few words between a phrase and its sentence's edge belong to it: a clause is not cut short.
EDGE_WORDS = 2
#: Tokens of a lower score that a phrase may bridge.
GAP = 3


def phrase_bounds(
    text: str, bounds: tuple[int, int], tokens: Tokens, label: Label, score: float = PHRASE_SCORE
) -> list[tuple[int, int]]:
    """Return the (start, end) of each phrase of a label in a sentence that carries it: at least one."""
    column = LABELS.index(label)
    runs = _runs(tokens.scores[:, column], score) if len(tokens.scores) else []
    found = []
    for first, last in runs:
        start, end = tokens.offsets[first][0], tokens.offsets[last][1]
        if len(text[bounds[0] : start].split()) <= EDGE_WORDS:
            start = next((i for i in range(bounds[0], start) if text[i].isalnum()), start)
        if len(text[end : bounds[1]].split()) <= EDGE_WORDS:
            end = bounds[1]
        phrase = _whole_words(text, bounds, start, end)
        if phrase is not None:
            found.append(phrase)
    return _merged(found) or [_whole_words(text, bounds, *bounds) or bounds]


def _runs(scores: Floats, score: float) -> list[tuple[int, int]]:
    """Return (first, last) of each run of strong tokens, short gaps bridged, weak stray runs dropped."""
    threshold = min(score, float(scores.max()) * PHRASE_SHARE)
    strong = np.flatnonzero(scores >= threshold)
    runs: list[list[int]] = []
    for token in strong:
        if runs and token - runs[-1][1] <= GAP + 1:
            runs[-1][1] = int(token)
        else:
            runs.append([int(token), int(token)])
    mass = [float(scores[a : b + 1].sum()) for a, b in runs]
    return [(a, b) for (a, b), m in zip(runs, mass, strict=True) if m >= 0.25 * max(mass)]


def _whole_words(text: str, bounds: tuple[int, int], start: int, end: int) -> tuple[int, int] | None:
    """Return the phrase grown to whole words and freed of stray punctuation at its edges."""
    while start > bounds[0] and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < bounds[1] and text[end - 1].isalnum() and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    # An emoji before the words (a symbol, a mark that joins it) is not part of them.
    while start < end and (_is_loose(text[start]) or unicodedata.category(text[start]) in ("So", "Sk", "Mn")):
        start += 1
    while end > start and _is_loose(text[end - 1]) and text[end - 1] not in _TELLING:
        end -= 1
    return (start, end) if start < end else None


def _is_loose(character: str) -> bool:
    """Tell whether a character at a phrase's edge is punctuation, white space or invisible."""
    return unicodedata.category(character)[0] in "PZC"


def _merged(phrases: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(phrases):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
