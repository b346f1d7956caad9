"""Tell whether a draft is plainly in another language, or is a pasted conversation."""

import re
from functools import cache
from typing import TYPE_CHECKING

from spacy.lang.en.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_LETTERS = re.compile(r"[^\W\d_]+")
#: Short, misspelt and mixed English is read: the note needs this many words and this much certainty.
ENOUGH_WORDS = 5
CERTAIN = 0.6
ENGLISH_EXCLUDED = 0.005
#: With this share of everyday English words no other language is in question, and the identifier is not even loaded.
PLAINLY_ENGLISH = 0.35
#: Named "other languages" by the identifier, and read as English here.
ENGLISH = ("en", "pcm")
#: `14:02 Name: …`, `[12/03/26, 14:02] Name: …`, `Name: …`
_TURN = re.compile(r"^\s*(?:\[?[\d/.,: -]{4,22}(?:[ap]\.?m\.?)?\]?\s*[-–]?\s*)?(\w[\w .'’-]{0,24}):\s+\S", re.I)
_STAMP = re.compile(r"^\s*\[?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?\]?\s", re.I)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def is_plainly_foreign(text: str) -> bool:
    """Tell whether the draft as a whole, and each longer line of it, is surely not English."""
    words = _LETTERS.findall(text)
    if not words:
        return False
    if _mostly_other_script(words):
        return True
    everyday = sum(word.lower() in STOP_WORDS for word in words)
    if len(words) < ENOUGH_WORDS or everyday >= PLAINLY_ENGLISH * len(words):
        return False
    return all(_surely_foreign(part) for part in (text, *_halves(words)))


def _surely_foreign(text: str) -> bool:
    """Tell whether one other language stands out and English is next to excluded; near languages share certainty."""
    chances = dict(_identifier().rank(text.lower()))
    english = sum(chances.get(name, 0.0) for name in ENGLISH)
    return bool(max(chances.values()) >= CERTAIN and english <= ENGLISH_EXCLUDED)


def _halves(words: list[str]) -> list[str]:
    """Return both halves of a longer text: a draft that begins or ends in English is mixed."""
    if len(words) < 2 * ENOUGH_WORDS:
        return []
    middle = len(words) // 2
    return [" ".join(words[:middle]), " ".join(words[middle:])]


def _mostly_other_script(words: list[str]) -> bool:
    latin = sum("a" <= c <= "z" or "\u00c0" <= c <= "\u024f" for word in words for c in word.lower())
    return latin < 0.3 * sum(map(len, words))


def is_thread(text: str) -> bool:
    """Tell whether the text looks like a pasted conversation: several named or time-stamped turns of two people."""
    lines = [line for line in text.splitlines() if line.strip()]
    names = [m[1].lower() for line in lines if (m := _TURN.match(line))]
    stamped = sum(bool(_STAMP.match(line)) for line in lines)
    turns = len(names) >= 3 and len(set(names)) >= 2 and len(set(names)) < len(names)
    return (turns and len(names) >= 0.6 * len(lines)) or (stamped >= 3 and stamped >= 0.5 * len(lines) and turns)
