"""Turn a draft into sentence vectors and token scores, in one pass of the shipped encoder (ONNX Runtime)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from .networks import network
from .paths import shipped_dir
from .schema import LABELS
from .windows import Window, ends_of, tokenize, windows
from .words import Floats, WordVectors

BATCH = 16


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence: offsets into the draft, and a phrase score for each label (tokens, 3)."""

    offsets: tuple[tuple[int, int], ...]
    scores: Floats


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the encoder sees in a draft: `vectors` (sentences, width) and the tokens of each sentence."""

    vectors: Floats
    tokens: tuple[Tokens, ...]


class Encoder:
    """Read drafts with an ONNX model that gives `hidden` (batch, tokens, width) and `phrases` (batch, tokens, 3)."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        """Open `model.onnx`, `words.npz` and `tokenizer.json` of the folder."""
        self.words = WordVectors(folder / "words.npz")
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self._cls, self._sep = ends_of(self.tokenizer)
        self._session = network(folder / "model.onnx", threads)

    def encode(self, text: str, bounds: Sequence[tuple[int, int]]) -> Encoding:
        """Return the encoding of one draft whose sentences lie at `bounds`."""
        return self.encode_batch([(text, bounds)])[0]

    def encode_batch(self, drafts: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> list[Encoding]:
        """Return the encoding of each (text, bounds); windows of like length share a pass."""
        laid_out = [
            (number, window)
            for number, (text, bounds) in enumerate(drafts)
            for window in windows(tokenize(self.tokenizer, text, bounds), self._cls, self._sep)
        ]
        laid_out.sort(key=lambda item: len(item[1].ids))
        gathered = [_Gathered(len(bounds)) for _, bounds in drafts]
        for start in range(0, len(laid_out), BATCH):
            batch = laid_out[start : start + BATCH]
            hidden, phrases = self._run([window for _, window in batch])
            for row, (number, window) in enumerate(batch):
                gathered[number].add(window, hidden[row], phrases[row])
        return [g.encoding() for g in gathered]

    def _run(self, batch: Sequence[Window]) -> tuple[Floats, Floats]:
        width = max(len(window.ids) for window in batch)
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, window in enumerate(batch):
            ids[row, : len(window.ids)] = window.ids
            mask[row, : len(window.ids)] = 1
        hidden, phrases = self._session.run(["hidden", "phrases"], {"words": self.words[ids], "attention_mask": mask})
        return hidden, phrases


class _Gathered:
    """Collects the pieces of one draft's sentences as windows come back, in any order."""

    def __init__(self, sentences: int) -> None:
        self._pieces: list[list[tuple[int, tuple[tuple[int, int], ...], Floats, Floats]]] = [
            [] for _ in range(sentences)
        ]

    def add(self, window: Window, hidden: Floats, phrases: Floats) -> None:
        for piece, begin in zip(window.pieces, window.begins, strict=True):
            end = begin + len(piece.ids)
            place = piece.offsets[0][0] if piece.offsets else 0
            # The closing [SEP] counts as the sentence's own: it has seen all of it, and is there if nothing else is.
            row = (place, tuple(piece.offsets), hidden[begin : end + 1], phrases[begin:end])
            self._pieces[piece.sentence].append(row)

    def encoding(self) -> Encoding:
        if not self._pieces:
            return Encoding(np.zeros((0, 0), dtype=np.float32), ())
        vectors, tokens = [], []
        for pieces in self._pieces:
            pieces.sort(key=lambda piece: piece[0])
            hidden = np.concatenate([piece[2] for piece in pieces])
            vectors.append(np.concatenate([hidden.mean(axis=0), hidden.max(axis=0)]))
            offsets = tuple(o for piece in pieces for o in piece[1])
            scores = np.concatenate([piece[3] for piece in pieces]).reshape(-1, len(LABELS))
            tokens.append(Tokens(offsets, 1 / (1 + np.exp(-scores))))
        return Encoding(np.stack(vectors).astype(np.float32), tuple(tokens))


@cache
def shipped_encoder() -> Encoder:
    """Return the shipped encoder, opened once."""
    return Encoder(shipped_dir("models") / "encoder")


def is_common(word: str) -> bool:
    """Tell whether a lower-case word is one of the encoder's whole words: common English, and no typing slip."""
    return shipped_encoder().tokenizer.token_to_id(word) is not None
