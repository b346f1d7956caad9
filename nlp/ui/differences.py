"""Compare two wordings word by word. Pure: two texts in, runs of kept, gone and new words out."""

import re
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "gone", "new"]
Run = tuple[Change, str]

# A word with the blanks after it; blanks at the very start are a word of their own.
_WORDS = re.compile(r"\S+\s*|\s+")
_LONG = 1000
# One or two words that happen to be the same in the middle of a change say nothing, and unsettle the eye.
_FEWEST_KEPT = 3


def differences(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """Return the old text's runs (same, gone) and the new text's (same, new)."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    # Blanks do not make a word another one: a last word has none after it.
    one, two = [word.strip() for word in before], [word.strip() for word in after]
    # In a long text the most frequent words are no landmarks, and comparing them all would take minutes.
    matcher = SequenceMatcher(a=one, b=two, autojunk=len(two) > _LONG)
    left: list[Run] = []
    right: list[Run] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        at_an_edge = i == 0 or j == len(before)
        kept = kind == "equal" and (j - i >= _FEWEST_KEPT or at_an_edge)
        _add(left, "same" if kept else "gone", "".join(before[i:j]))
        _add(right, "same" if kept else "new", "".join(after[k:m]))
    return left, right


def _add(runs: list[Run], change: Change, text: str) -> None:
    """Add a run; one of the same kind as the last is joined to it."""
    if runs and runs[-1][0] == change:
        runs[-1] = (change, runs[-1][1] + text)
    elif text:
        runs.append((change, text))
