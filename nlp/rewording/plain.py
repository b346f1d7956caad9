"""Read chat spelling as plain English, word by word, so that the rules of rewording see ordinary words.

Every word keeps its place in the sender's text: what can stay as it was typed is taken from there.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from ..wording import read_words

_WORD = re.compile(r"[^\W_][\w'’]*|[^\w\s]+|\s+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How chat words are spelt in full."""

    words: dict[str, str]
    youre_before: frozenset[str]
    capitals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain spelling, with the place of each piece in the text it was read from."""

    text: str
    raw: str
    plain_starts: tuple[int, ...]
    raw_bounds: tuple[tuple[int, int], ...]

    def typed(self, start: int, end: int) -> str:
        """Return the sender's own typing of the plain characters from start to end."""
        first = bisect_right(self.plain_starts, start) - 1
        last = bisect_right(self.plain_starts, end - 1) - 1
        return self.raw[self.raw_bounds[first][0] : self.raw_bounds[last][1]]


@cache
def spelling() -> Spelling:
    """Return the words of `data/spelling.toml`."""
    data = read_words("spelling.toml")
    return Spelling(
        dict(data["words"]),
        frozenset(data["youre"]["before"]),
        frozenset(data["capitals"]["words"]),
    )


def plain(raw: str) -> Plain:
    """Return a text in plain spelling."""
    pieces = list(_WORD.finditer(raw))
    out: list[str] = []
    starts: list[int] = []
    bounds: list[tuple[int, int]] = []
    place = 0
    shouting = _is_shouted(raw)
    for number, match in enumerate(pieces):
        following = next((p[0].lower() for p in pieces[number + 1 :] if p[0][0].isalnum()), "")
        word = _spelt(match[0], following, shouting)
        starts.append(place)
        bounds.append(match.span())
        out.append(word)
        place += len(word)
    return Plain("".join(out), raw, tuple(starts), tuple(bounds))


def straight(text: str) -> str:
    """Return a text in lower case with straight apostrophes, for looking words up."""
    return text.lower().replace("’", "'")


def _spelt(word: str, following: str, shouting: bool) -> str:
    known = spelling()
    straight = word.replace("’", "'")
    lower = straight.lower()
    if lower == "ur":
        return "you're" if following in known.youre_before or following.endswith("ing") else "your"
    if lower in known.words:
        return _like(straight, known.words[lower])
    if straight.isupper() and len(straight) > 1 and straight not in known.capitals and (shouting or len(straight) < 8):
        return lower if shouting or lower in _common() else straight
    return straight


def _like(word: str, spelt: str) -> str:
    return spelt[0].upper() + spelt[1:] if word[0].isupper() and word != "I" and len(word) > 1 else spelt


def _is_shouted(raw: str) -> bool:
    letters = [c for c in raw if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


@cache
def _common() -> frozenset[str]:
    """Return words that are shouted when typed in capitals, rather than short for something."""
    return frozenset(read_words("spelling.toml")["shouted"]["words"])
