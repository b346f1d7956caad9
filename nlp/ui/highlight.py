"""Turn a reflection into escaped HTML with its flagged phrases marked. Pure: it knows no page and no framework.

A phrase carries its label three times: by colour, by the style of its underline, and by a small tag after it.
Where phrases overlap, the text is cut into pieces, each with all its underlines; a phrase's first piece can be
focused by keyboard, and says for a screen reader how the phrase may be heard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from ..knowledge import labels
from ..schema import LABELS, Flag, Label, Reflection

# Control characters are shown as the symbols made for them, and those that turn the direction of writing as a
# visible sign: neither may reach beyond the draft.
_VISIBLE = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"} | {0x7F: "␡"}
_VISIBLE |= dict.fromkeys(range(0x80, 0xA0), "�")
_VISIBLE |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "⸮")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text under the same flags; those in `opening` begin here, those in `closing` end here."""

    start: int
    end: int
    flags: tuple[int, ...]
    opening: tuple[int, ...]
    closing: tuple[int, ...]


def plain(text: str) -> str:
    """Return text that is safe inside an HTML element, with control characters made visible."""
    return escape(text.translate(_VISIBLE))


def highlighted(reflection: Reflection, start: int = 0, end: int | None = None, focusable: bool = True) -> str:
    """Return `text[start:end]` as HTML with the phrases of its flags marked."""
    stop = len(reflection.text) if end is None else end
    pieces = _pieces(reflection.flags, start, stop)
    return "".join(_html(reflection, piece, focusable) for piece in pieces)


def _pieces(flags: Sequence[Flag], start: int, end: int) -> list[_Piece]:
    """Cut the stretch at every edge of a flag; a flag that reaches over the stretch is cut to it."""
    inside = [
        (number, max(flag.start, start), min(flag.end, end))
        for number, flag in enumerate(flags)
        if flag.start < end and flag.end > start
    ]
    edges = sorted({start, end, *(edge for _, first, last in inside for edge in (first, last))})
    return [
        _Piece(
            first,
            last,
            tuple(number for number, begin, stop in inside if begin <= first and last <= stop),
            tuple(number for number, begin, _ in inside if begin == first),
            tuple(number for number, _, stop in inside if stop == last),
        )
        for first, last in pairwise(edges)
    ]


def _html(reflection: Reflection, piece: _Piece, focusable: bool) -> str:
    words = plain(reflection.text[piece.start : piece.end])
    if not piece.flags:
        return words
    names = [name for name in LABELS if name in {reflection.flags[number].label for number in piece.flags}]
    for name in names:
        words = f'<span class="line {name}">{words}</span>'
    said = _said(reflection.flags, piece.opening)
    tags = "".join(_tag(reflection.flags[number].label) for number in piece.closing)
    numbers = " ".join(map(str, piece.flags))
    reach = ' tabindex="0" role="button" aria-expanded="false"' if focusable and piece.opening else ""
    return f'<mark class="{" ".join(names)}" data-flags="{numbers}"{reach}>{said}{words}{tags}</mark>'


def _said(flags: Sequence[Flag], opening: Sequence[int]) -> str:
    """Return what only a screen reader says before a phrase."""
    titles = [labels()[label].title for label in LABELS if label in {flags[number].label for number in opening}]
    return f'<span class="heard">{escape(", ".join(titles))}: </span>' if titles else ""


def _tag(label: Label) -> str:
    # The words before the phrase say the same to a screen reader, so the tag is for the eye alone.
    return f'<span class="tag {label}" aria-hidden="true">{label}</span>'
