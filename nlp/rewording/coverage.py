"""How much of its place's matter an option still tells."""

import re

from .matter import content
from .pieces import Piece
from .say import Candidate
from .understand import Understanding

#: An option tells at least so much of its place's matter.
ENOUGH = 0.5
_NEGATED = re.compile(r"\b(?:not|never|no|none|nothing)\b|n['’]?t\b", re.I)
#: The wish in a clause with more words of matter than this is not all of it.
MOST_TURNED = 5


def tells(known: Understanding, candidate: Candidate) -> bool:
    """Tell whether an option tells enough of the matter of its place, or there is none to tell.

    The decoder says a matter in words of its own; how much of it is told is weighed by the ranking.
    """
    if candidate.written is not None:
        return True
    if not known.is_bare and not candidate.opening and candidate.request is None:
        return False
    return known.is_bare or (covered(known, candidate) >= ENOUGH and not _loses_its_turn(known, candidate))


def _loses_its_turn(known: Understanding, candidate: Candidate) -> bool:
    """Tell whether only the good half is kept: "you held my hand" of "you held my hand, you've not done it since"."""
    spans = [(p.start - known.start, p.end - known.start) for p in candidate.opening]
    if candidate.request is not None or not spans or any(p.kind == "hoped" for p in candidate.opening):
        return False
    turns = (m.start() for m in _NEGATED.finditer(known.text))
    return any(not any(a <= at < b for a, b in spans) for at in turns)


def covered(known: Understanding, candidate: Candidate) -> float:
    """Return the share of a place's matter that an option tells in the same words, or turns into a wish."""
    if not known.matter:
        return float(known.is_bare or candidate.request is not None)
    # What an entry's line is about, its rewordings answer.
    meant = candidate.analogy.said if candidate.analogy else ""
    said = content(f"{candidate.option.text} {candidate.plain} {meant}")
    pieces = (*candidate.opening, candidate.request)
    turned = [(p.start - known.start, p.end - known.start) for p in pieces if p is not None and _is_turned(p, known)]
    kept = [word for at, word in known.matter if word in said or any(a <= at < b for a, b in turned)]
    return len(kept) / len(known.matter)


def _is_turned(piece: Piece, known: Understanding) -> bool:
    """Tell whether a piece says the wish in other words than its place: "ignore me" became a wish to hear."""
    own = content(known.text[piece.start - known.start : piece.end - known.start])
    if piece.kind in ("felt", "rival"):
        return len(own) <= MOST_TURNED
    return piece.kind in ("ask", "hoped") and not content(piece.text) <= own and len(own) <= MOST_TURNED
