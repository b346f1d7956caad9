"""The published weights that the encoder starts from, with a vocabulary for what the product reads."""

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ..examples import LabelledDraft

_WORDS = "embeddings.word_embeddings.weight"
#: Emoji that come at least so often in the train split have a token of their own.
SEEN = 2


def tokenizer_of(base: Path, drafts: Sequence[LabelledDraft]) -> Tokenizer:
    """Return the published tokenizer, which neither cuts nor pads, with the emoji of drafts and without foreign scripts.

    The product reads English; a tenth of the published vocabulary is Greek, Cyrillic, Arabic, Chinese and the like.
    """
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts = Counter(c for d in drafts for c in d.text if unicodedata.category(c) == "So")
    tokenizer.add_tokens([c for c, n in counts.items() if n >= SEEN and tokenizer.token_to_id(c) is None])
    made = json.loads(tokenizer.to_str())
    kept = sorted((i, piece) for piece, i in made["model"]["vocab"].items() if _is_read_here(piece))
    new_ids = {old: new for new, (old, _) in enumerate(kept)}
    made["model"]["vocab"] = {piece: new_ids[i] for i, piece in kept}
    added = [row for row in made["added_tokens"] if row["id"] not in new_ids]
    new_ids |= {row["id"]: len(kept) + n for n, row in enumerate(added)}
    for row in made["added_tokens"]:
        row["id"] = new_ids[row["id"]]
    for row in made["post_processor"]["special_tokens"].values():
        row["ids"] = [new_ids[i] for i in row["ids"]]
    return Tokenizer.from_str(json.dumps(made))


def _is_read_here(piece: str) -> bool:
    """Tell whether a piece is of Latin letters, marks, signs of money or symbols, and is used at all."""
    written = (c < "\u0250" or "\u2000" <= c < "\u2c00" or unicodedata.category(c) == "So" for c in piece)
    return all(written) and not piece.startswith("[unused")


def published(base: Path, tokenizer: Tokenizer) -> dict[str, Any]:
    """Return the weights in half precision; word embeddings in 8 bits (table, zero, scale), a row for each token.

    An emoji starts from the words of its Unicode name.
    """
    weights = load_file(str(base / "model.safetensors"))
    old = Tokenizer.from_file(str(base / "tokenizer.json"))
    words = weights.pop(_WORDS)
    rows = []
    for token in sorted(tokenizer.get_vocab(), key=tokenizer.get_vocab().__getitem__):
        known = old.token_to_id(token)
        name = unicodedata.name(token, "symbol").lower() if known is None and len(token) == 1 else "symbol"
        ids = [known] if known is not None else old.encode(name, add_special_tokens=False).ids
        rows.append(words[ids].mean(axis=0))
    table = np.stack(rows)
    low, high = min(0.0, float(table.min())), max(0.0, float(table.max()))
    scale = np.float32((high - low) / 255)
    zero = np.uint8(round(-low / scale))
    kept = {name: array.astype(np.float16) for name, array in weights.items() if array.dtype == np.float32}
    quantised = np.clip(np.round(table / scale) + zero, 0, 255).astype(np.uint8)
    return {**kept, "words.table": quantised, "words.zero": zero, "words.scale": scale}
