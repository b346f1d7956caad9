"""Spell word pieces out as text: where a space stands, and where none."""

import re
from collections.abc import Sequence

_CLOSING = set(".,!?;:)%]")
#: What follows an apostrophe inside a word, and what follows one that stands for letters left out.
_AFTER = re.compile(r"s|t|m|re|ve|ll|d|all|n|clock")
_LEFT_OUT = re.compile(r"cause|em|til|cos|bout|n")


def spelt(pieces: Sequence[str]) -> str:
    """Return lower-case word pieces as text: "i ' m off at 6 . 40" becomes "i'm off at 6.40"."""
    words: list[str] = []
    quoted = {"'": False, '"': False}
    joins = True
    for n, piece in enumerate(pieces):
        before, after = pieces[n - 1] if n else "", pieces[n + 1] if n + 1 < len(pieces) else ""
        if piece.startswith("##"):
            words.append(piece[2:])
            joins = False
            continue
        left, right = _joined(piece, before, after, quoted)
        words.append(piece if joins or left else f" {piece}")
        joins = right
    return "".join(words).replace(" – ", " - ")


def _joined(piece: str, before: str, after: str, quoted: dict[str, bool]) -> tuple[bool, bool]:
    """Tell whether a piece is joined to what comes before it, and to what comes after."""
    if piece in ".:,":
        in_number = before[-1:].isdigit() and after.isdigit() and (len(after) == 3 or (piece != "," and len(after) < 3))
        in_hour = piece == "." and before in ("a", "p") and after == "m"
        return not (piece == ":" and after in (")", "(", "/")), in_number or in_hour
    if piece in _CLOSING:
        return True, False
    if piece in "£$€#@(":
        return before == ":", not (piece == "(" and before == ":")
    if piece in "-/":
        return before != "–", True
    if piece == '"':
        quoted[piece] = not quoted[piece]
        return not quoted[piece], quoted[piece]
    if piece == "'":
        return _apostrophe(before, after, quoted)
    return False, False


def _apostrophe(before: str, after: str, quoted: dict[str, bool]) -> tuple[bool, bool]:
    if re.match(r"[#a-z0-9]", before) and _AFTER.fullmatch(after):
        return True, True
    if _LEFT_OUT.fullmatch(after):
        return False, True
    if quoted["'"] or before.endswith(("s", "in")):
        quoted["'"] = False
        return True, False
    quoted["'"] = True
    return False, True
