"""Lay a draft out for the encoder: its sentences as token ids, in windows that fit one pass.

A window is `[CLS] sentence [SEP] sentence [SEP] …`. A sentence longer than a window is cut into pieces; every
other sentence stands whole in one window, after as much of what came before as there is room for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tokenizers import Tokenizer

MAX_TOKENS = 256
CONTEXT_TOKENS = 64


@dataclass(slots=True)
class Piece:
    """Tokens of (part of) one sentence: ids and their (start, end) in the draft."""

    sentence: int
    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass(slots=True)
class Window:
    """One input of the encoder; `pieces` are read from it, `begins` tells where each one's tokens start."""

    ids: list[int]
    pieces: list[Piece] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)


def tokenize(tokenizer: Tokenizer, text: str, bounds: Sequence[tuple[int, int]]) -> list[Piece]:
    """Return each sentence's tokens with offsets into `text`, cut where longer than a window."""
    limit = MAX_TOKENS - 2
    encoded = tokenizer.encode_batch([text[start:end] for start, end in bounds], add_special_tokens=False)
    pieces = []
    for number, ((start, _), encoding) in enumerate(zip(bounds, encoded, strict=True)):
        offsets = [(start + a, start + b) for a, b in encoding.offsets]
        for cut in range(0, max(1, len(encoding.ids)), limit):
            pieces.append(Piece(number, encoding.ids[cut : cut + limit], offsets[cut : cut + limit]))
    return pieces


def ends_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """Return the tokens that open a window and close each of its sentences."""
    return tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0


def windows(pieces: Sequence[Piece], cls: int, sep: int) -> list[Window]:
    """Return the windows that together hold every piece once."""
    found: list[Window] = []
    for piece in pieces:
        if not found or len(found[-1].ids) + len(piece.ids) + 1 > MAX_TOKENS:
            room = min(CONTEXT_TOKENS, MAX_TOKENS - len(piece.ids) - 2)
            context = [i for p in found[-1].pieces for i in (*p.ids, sep)] if found else []
            found.append(Window([cls, *(context[-room:] if room > 0 else [])]))
        window = found[-1]
        window.begins.append(len(window.ids))
        window.pieces.append(piece)
        window.ids += [*piece.ids, sep]
    return found
