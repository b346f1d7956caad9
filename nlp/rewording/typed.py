"""Give what the decoder wrote its capitals, and names the form in which the draft types them."""

import re
from collections import Counter

from ..encoder import is_common
from .lines import sentence
from .patterns import every
from .understand import Understanding

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_I = re.compile(r"\bi(?=\b(?!\.))")
#: The decoder sometimes goes on and on with a mark.
_RUN = re.compile(r"([!?])\1{2,}")
_START = re.compile(r"([.!?…]\s+)([^\W\d_])")


def as_typed(text: str, known: Understanding) -> str:
    """Return a lower-case text with capitals: sentences, "I", days, and words that the draft has with a capital."""
    forms, text = _forms(known), _RUN.sub(r"\1\1", text)
    text = _WORD.sub(lambda m: forms.get(m[0], m[0]), text)
    for day in sorted({m[0] for m in every("day", text)}, key=len, reverse=True):
        if day.islower() and day not in forms and not known.register.lower_case:
            text = re.sub(rf"\b{re.escape(day)}\b", day[0].upper() + day[1:], text)
    text = _I.sub("I", text)
    return sentence(_START.sub(lambda m: m[1] + m[2].upper(), text))


def _forms(known: Understanding) -> dict[str, str]:
    """Return how the draft types its words, where that is not in lower case; shouting and sentence starts do not count."""
    found: dict[str, Counter[str]] = {}
    for hit in _WORD.finditer(known.draft):
        word, before = hit[0], known.draft[: hit.start()].rstrip(" \"'“‘(")
        starts = not before or before[-1] in ".!?…\n:;"
        if (starts and is_common(word.lower())) or (word.isupper() and len(word) > 4):
            continue
        found.setdefault(word.lower(), Counter())[word] += 1
    named = {fact.lower(): fact for fact in known.facts}
    often = {word: forms.most_common(1)[0][0] for word, forms in found.items()}
    return {w: form for w, form in (often | {w: f for w, f in named.items() if " " not in w}).items() if form != w}
