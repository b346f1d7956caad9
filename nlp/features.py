"""Turn an encoding into the numbers that the estimator reads: one row a sentence."""

import re
from collections.abc import Sequence

import numpy as np

from .encoder import Encoding
from .schema import LABELS
from .words import Floats

_LOUD = re.compile(r"[!?]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")
TOP_TOKENS = 3


def sentence_features(text: str, bounds: Sequence[tuple[int, int]], encoding: Encoding) -> Floats:
    """Return (sentences, features): the vectors, the strongest token scores, and how loud the typing is.

    The encoder reads no capitals, so loudness is told here.
    """
    if not bounds:
        return np.zeros((0, 0), dtype=np.float32)
    rows = [
        np.concatenate([_strongest(tokens.scores), _loudness(text[start:end])])
        for (start, end), tokens in zip(bounds, encoding.tokens, strict=True)
    ]
    return np.hstack([encoding.vectors, np.array(rows, dtype=np.float32)])


def _strongest(scores: Floats) -> Floats:
    """Return each label's highest token score and the mean of its highest few."""
    if not len(scores):
        return np.zeros(2 * len(LABELS), dtype=np.float32)
    top = np.sort(scores, axis=0)[-TOP_TOKENS:]
    return np.concatenate([top[-1], top.mean(axis=0)])


def _loudness(sentence: str) -> Floats:
    """Return the share of words in capitals, and whether `!!` or `??` stands in the sentence."""
    words = _WORD.findall(sentence)
    capitals = sum(word.isupper() for word in words) / len(words) if words else 0.0
    return np.array([capitals, float(bool(_LOUD.search(sentence)))], dtype=np.float32)
