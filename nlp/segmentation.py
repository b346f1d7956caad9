"""Cut a draft into sentences, as chat text needs it: standard library only.

A sentence ends at a run of `. ! ? …` (with closing quotes) before white space, at a line break, or after

where it comes first. Together the sentences cover all of the draft but white space.
"""

import itertools
import re

Bounds = tuple[int, int]

_BREAK = re.compile(r"""[.!?…]+["”’')\]]*(?=\s)|[\r\n\u2028\u2029\x0b\x0c]+""")
_WORD = re.compile(r"\w")


def sentence_bounds(text: str) -> list[Bounds]:
    """Return (start, end) of each sentence in order; an empty or blank text has none."""
    bounds: list[Bounds] = []
    leading: int | None = None
    for start, end in _pieces(text):
        if _WORD.search(text, start, end):
            bounds.append((start if leading is None else leading, end))
            leading = None
        elif bounds:
            bounds[-1] = (bounds[-1][0], end)
        elif leading is None:
            leading = start
    if leading is not None:
        # Nothing but emoji or punctuation: one sentence.
        bounds.append((leading, len(text.rstrip())))
    return bounds


def _pieces(text: str) -> list[Bounds]:
    """Return the non-blank stretches between breaks, trimmed."""
    edges = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    trimmed = []
    for start, end in itertools.pairwise(edges):
        piece = text[start:end]
        if piece.strip():
            trimmed.append((start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())))
    return trimmed
