"""Write rewordings of a place with the shipped decoder (ONNX Runtime): a small network that copies and says anew.

It reads a place in its draft with an encoder of its own and writes word piece by word piece; each piece is either one of
its vocabulary or one of the draft's, so names and numbers come through (a pointer-generator: See, Liu and Manning 2017,
"Get To The Point"). How it was made: `models/README.md`.
"""

import hashlib
import io
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from .encoder import shipped_encoder
from .errors import ModelError
from .networks import network
from .paths import shipped_dir
from .pins import SHIPPED_DECODER_SHA256
from .spelling import spelt
from .windows import Window, ends_of, tokenize, windows
from .words import Floats, WordVectors

Ids = npt.NDArray[np.int64]

FILES = ("encoder.onnx", "step.onnx", "vocabulary.npz")
#: The longest rewording, in word pieces.
LONGEST = 72
#: A place is read with this much of its draft, in word pieces: in all, before it, after it; and at most.
ROOM, BEFORE, AFTER, MOST = 100, 36, 16, 170
#: Sampling keeps to the likeliest pieces that hold this much of the chance.
NUCLEUS = 0.9
#: … and never looks at a piece that is so much less likely than the likeliest.
UNLIKELY = 1e-4
#: A run of so many pieces is not written twice; a shorter one may be ("i ' m a").
RUN = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of one rewording: that it asks, that it leaves time, and how freely it is said (0: the likeliest)."""

    asks: bool = True
    unhurried: bool = False
    freedom: float = 0.0


@dataclass(frozen=True, slots=True)
class Written:
    """A rewording as it was written, lower case.

    `likelihood` is the mean log chance of a piece, `copied` the share copied; `worth` is what the network expects readers
    to find it worth (see `nlp.making.scorer`), up to 14.
    """

    text: str
    order: Order
    worth: float
    likelihood: float
    lowest: float
    copied: float


class Decoder:
    """Writes with two networks and a vocabulary of its own, over the word vectors of the shipped encoder."""

    def __init__(self, files: Mapping[str, bytes], words: WordVectors, tokenizer: Tokenizer, threads: int = 2) -> None:
        """Open what was in each of `FILES`, by name; the words are those that the encoder shares."""
        with np.load(io.BytesIO(files["vocabulary.npz"])) as stored:
            self._pieces = stored["pieces"].astype(np.int64)
            gain, self._bias = (stored[name].astype(np.float32) for name in ("gain", "bias"))
        self._encoder, self._step = (network(files[f"{name}.onnx"], threads) for name in ("encoder", "step"))
        self._words, self._tokenizer = words, tokenizer
        self._cls, self._sep = ends_of(tokenizer)
        rows = words[self._pieces]
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        self._table = np.ascontiguousarray(rows / np.maximum(norms, 1e-6) * norms.mean() * gain[:, None])

    def write(
        self, text: str, bounds: Sequence[tuple[int, int]], start: int, end: int, orders: Sequence[Order]
    ) -> list[Written]:
        """Return a rewording of the characters from `start` to `end` for each order, those that came to an end.

        The same place is always written alike: chance is drawn from its own words.
        """
        ids, mark = laid_out(self._tokenizer, text, bounds, start, end)
        read = self._encoder.run(None, {"words": self._words[ids][None], "mark": mark[None]})
        return _Writing(self, ids, mark, read, orders, random.Random(text[start:end])).finished()  # noqa: S311


def laid_out(
    tokenizer: Tokenizer, text: str, bounds: Sequence[tuple[int, int]], start: int, end: int
) -> tuple[Ids, Ids]:
    """Return the word pieces around a place of a draft, and which of them are its own (1 or 0)."""
    found = windows(tokenize(tokenizer, text, bounds), *ends_of(tokenizer))
    mark, window = max(((_mark(window, start, end), window) for window in found), key=lambda pair: pair[0].sum())
    ids = np.array(window.ids, dtype=np.int64)
    if len(ids) > ROOM and mark.any():
        first, last = np.flatnonzero(mark)[[0, -1]]
        low = max(0, first - BEFORE)
        high = min(len(ids), max(last + 1 + AFTER, low + ROOM), low + MOST)
        ids, mark = ids[low:high], mark[low:high]
    return ids, mark


class _Writing:
    """One pass of writing: the rows of all orders grow side by side until each has come to an end."""

    def __init__(
        self, decoder: Decoder, ids: Ids, mark: Ids, read: Sequence[Floats], orders: Sequence[Order], rng: random.Random
    ) -> None:
        self._decoder, self._ids, self._rng = decoder, ids, rng
        self._mark = mark.astype(np.float32)
        self._read = dict(zip(("place_keys", "place_values", "offers"), read, strict=True))
        self._orders = list(orders)

    def finished(self) -> list[Written]:
        """Write until every row has ended or is too long."""
        d, orders = self._decoder, self._orders
        layers, heads, width = (
            self._read["place_keys"].shape[0],
            self._read["place_keys"].shape[2],
            self._read["place_keys"].shape[4],
        )
        past = [np.zeros((layers, len(orders), heads, 0, width), dtype=np.float32) for _ in range(2)]
        rows = [[d._cls] for _ in orders]
        chances: list[list[float]] = [[] for _ in orders]
        copies: list[int] = [0] * len(orders)
        alive, found = list(range(len(orders))), []
        for at in range(LONGEST):
            feed = {
                "words": d._words[np.array([rows[n][-1] for n in alive])],
                "at": np.array([at], dtype=np.int64),
                "order": np.array([orders[n].asks + 2 * orders[n].unhurried for n in alive], dtype=np.int64),
                "past_keys": past[0],
                "past_values": past[1],
                "clues": np.stack([self._followed(rows[n]) for n in alive]),
                "table": d._table,
                "bias": d._bias,
                **self._read,
            }
            said, copied, worth, *past = d._step.run(None, feed)
            stay = []
            for row, number in enumerate(alive):
                piece, chance, is_copied = self._next(said[row], copied[row], orders[number].freedom, rows[number])
                chances[number].append(chance)
                if piece == d._sep:
                    told = chances[number], copies[number], float(worth[row])
                    found.append(self._written(rows[number][1:], orders[number], *told))
                else:
                    rows[number].append(piece)
                    copies[number] += is_copied
                    stay.append(row)
            alive = [alive[row] for row in stay]
            past = [kept[:, stay] for kept in past]
            if not alive:
                break
        return found

    def _followed(self, row: Sequence[int]) -> Floats:
        """Return what copying looks at, for each piece of the draft (pieces, 4).

        Whether it follows the piece written last, and the last two; whether it has been written; whether it is the place's.
        """
        same = self._ids[:, None] == np.array(row[-2:])[None, :]
        one = np.zeros(len(self._ids), dtype=bool)
        one[1:] = same[:-1, -1]
        two = np.zeros_like(one)
        if len(row) > 1:
            two[2:] = same[1:-1, -1] & same[:-2, 0]
        written = np.isin(self._ids, row)
        return np.stack([one, two, written, self._mark], axis=-1).astype(np.float32)

    def _next(self, said: Floats, copied: Floats, freedom: float, row: Sequence[int]) -> tuple[int, float, bool]:
        """Return the next piece, its log chance, and whether it is rather copied than said."""
        chances = np.zeros(len(self._decoder._words), dtype=np.float32)
        chances[self._decoder._pieces] = said
        np.add.at(chances, self._ids, copied)
        chances[_would_repeat(row)] = 0
        if freedom:
            best = np.flatnonzero(chances > chances.max() * UNLIKELY)
            best = best[np.argsort(-chances[best])]
            odds = chances[best].astype(np.float64) ** (1 / freedom)
            odds /= odds.sum()
            keep = np.cumsum(odds) - odds < NUCLEUS
            piece = int(self._rng.choices(best[keep].tolist(), odds[keep].tolist())[0])
        else:
            piece = int(np.argmax(chances))
        by_copy = float(copied[self._ids == piece].sum())
        return piece, float(np.log(max(chances[piece], 1e-9))), by_copy > chances[piece] / 2

    def _written(
        self, row: Sequence[int], order: Order, chances: Sequence[float], copied: int, worth: float
    ) -> Written:
        pieces = [self._decoder._tokenizer.id_to_token(n) or "" for n in row]
        share = copied / max(1, len(row))
        return Written(spelt(pieces), order, worth, float(np.mean(chances)), float(min(chances)), share)


def _would_repeat(row: Sequence[int]) -> list[int]:
    """Return the pieces with which a run would be written again (Paulus, Xiong and Socher 2017)."""
    last = RUN - 1
    return [row[n] for n in range(last, len(row)) if row[n - last : n] == row[-last:]]


def _mark(window: Window, start: int, end: int) -> Ids:
    mark = np.zeros(len(window.ids), dtype=np.int64)
    for piece, begin in zip(window.pieces, window.begins, strict=True):
        for n, (a, b) in enumerate(piece.offsets, begin):
            mark[n] = a < end and b > start
    return mark


def files_in(folder: Path) -> dict[str, bytes]:
    """Return what is in each of a decoder's files: what is checked is what is opened."""
    return {name: (folder / name).read_bytes() for name in FILES}


@cache
def shipped_decoder() -> Decoder:
    """Return the shipped decoder, opened once; raise ModelError where it is not the one that was shipped."""
    folder, encoder = shipped_dir("models") / "decoder", shipped_encoder()
    files = files_in(folder)
    if hashlib.sha256(b"".join(files.values())).hexdigest() != SHIPPED_DECODER_SHA256:
        raise ModelError("models/decoder was altered or is incomplete; install Gentle Draft again.")
    return Decoder(files, encoder.words, encoder.tokenizer)
