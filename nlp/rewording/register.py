"""The sender's register: how a draft is typed, and the same habits put on an option."""

import re
from dataclasses import dataclass
from functools import partial

from ..wording import wording

_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+|\n\s*)([^\W\d_])")
_END = re.compile(r"[.](?=\s*$)")


@dataclass(frozen=True, slots=True)
class Register:
    """Typing habits of a draft."""

    lower_case: bool
    small_i: bool
    drops_apostrophes: bool
    drops_final_stop: bool
    curly: bool
    shorts: tuple[tuple[str, str], ...]

    def apply(self, text: str, ends_line: bool = True) -> str:
        """Return an option typed as the sender types; a final stop is dropped only where a line ends."""
        for plain, short in self.shorts:
            text = re.sub(rf"\b{re.escape(plain)}\b", partial(_as_case, short), text, flags=re.I)
        if self.lower_case:
            text = _SENTENCE_START.sub(lambda m: m[0].lower(), text)
        if self.small_i:
            text = re.sub(r"\bI\b", "i", text)
        if self.drops_apostrophes:
            text = re.sub(r"(?<=\w)'(?=\w)", "", text)
        elif self.curly:
            text = text.replace("'", "’")
        if self.drops_final_stop and ends_line:
            text = _END.sub("", text)
        return text


def register_of(text: str) -> Register:
    """Return the typing habits that a draft shows."""
    words = _WORD.findall(text)
    lowered = {w.lower() for w in words}
    starts = _SENTENCE_START.findall(text)
    lower = bool(starts) and sum(c.islower() for c in starts) > 0.6 * len(starts)
    contracted = re.findall(r"\b\w+['’](?:t|s|m|re|ve|ll|d)\b", text.lower())
    bare = [w for w in words if w.lower() in wording().bare]
    ends = [line.rstrip() for line in text.splitlines() if line.strip()]
    return Register(
        lower_case=lower,
        small_i=("i" in words and "I" not in words) or (lower and "I" not in words),
        drops_apostrophes=len(bare) > len(contracted),
        drops_final_stop=bool(ends) and ends[-1][-1] not in ".!?…",
        curly="’" in text and "'" not in text,
        shorts=_shorts(lowered, text.lower()),
    )


def _shorts(words: set[str], text: str) -> tuple[tuple[str, str], ...]:
    """Return the short forms that the sender uses, longest first, and never both forms of one word."""
    found: list[tuple[str, str]] = [
        (plain, short)
        for plain, short in wording().casual
        if short in words and not re.search(rf"\b{re.escape(plain)}\b", text)
    ]
    if ("you", "u") in found:
        found += [("you're", "ur"), ("your", "ur")] if "your" not in words else [("you're", "ur")]
    return tuple(sorted(set(found), key=lambda pair: -len(pair[0])))


def _as_case(short: str, original: re.Match[str]) -> str:
    return short.capitalize() if original[0][0].isupper() and len(short) > 1 else short
