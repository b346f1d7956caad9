"""The phrasebook: what everybody says in the heat of it, beside what could be said instead, with slots for one's own words.

An entry says one thing in several ways; `{np:the scan}` is a slot with an example filler. Entries are found by
meaning: `models/phrasebook/` holds a vector for each way of saying it, made by `python -m nlp.making.phrasebook`.
"""

import hashlib
import io
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..encoder import shipped_encoder
from ..errors import ModelError
from ..estimator import Projection
from ..features import sentence_features
from ..paths import shipped_dir
from ..pins import SHIPPED_ENCODER_SHA256, SHIPPED_PHRASEBOOK_SHA256
from ..segmentation import sentence_bounds
from ..words import Floats
from .plain import plain, straight

_WORD = re.compile(r"[a-z']+")
#: np: a noun phrase ("the scan"). vp: an act of the partner in its base form ("text me back").
_SLOT = re.compile(r"\{(np|vp)(?::([^{}:]+))?\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """Ways of saying one thing, each with example fillers, and what could be said instead."""

    said: tuple[str, ...]
    rewordings: tuple[str, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """Return the names of its slots."""
        return slots_of(self.said[0])


@cache
def entries() -> tuple[Entry, ...]:
    """Return the shipped phrasebook, whose rules are checked where its vectors are made."""
    rows = map(json.loads, _source().read_text(encoding="utf-8").splitlines())
    return tuple(Entry(tuple(row["said"]), tuple(row["rewordings"])) for row in rows)


def fault(entry: Entry) -> str:
    """Return what breaks the rules of an entry; empty where nothing does."""
    if not entry.said or not entry.rewordings:
        return "it needs a way of saying it and a rewording"
    slots = set(entry.slots)
    for text in (*entry.said, *entry.rewordings):
        if set(slots_of(text)) != slots or len(slots_of(text)) != len(slots):
            return f"its slots are not the same everywhere: {text!r}"
        if set("{}") & set(_SLOT.sub("", text)):
            return f"a slot is misspelt: {text!r}"
    if any(not match[2] for text in entry.said for match in _SLOT.finditer(text)):
        return "a slot lacks its example"
    return ""


def slots_of(text: str) -> tuple[str, ...]:
    """Return the names of the slots of a text, in order."""
    return tuple(match[1] for match in _SLOT.finditer(text))


def example(text: str) -> str:
    """Return a way of saying it with its example fillers."""
    return _SLOT.sub(lambda match: match[2], text)


def examples_of(text: str) -> dict[str, str]:
    """Return the example filler of each slot of a way of saying it."""
    return {match[1]: match[2] for match in _SLOT.finditer(text)}


def filled(text: str, words: Mapping[str, str]) -> str:
    """Return a text with words in its slots."""
    return _SLOT.sub(lambda match: words[match[1]], text)


@cache
def sayings() -> tuple[tuple[int, str], ...]:
    """Return each way of saying something with the number of its entry: what the vectors stand for, in order."""
    return tuple((number, text) for number, entry in enumerate(entries()) for text in entry.said)


def grams(text: str) -> frozenset[str]:
    """Return the words of a text in plain spelling, and its pairs of neighbouring words; a slot parts neighbours."""
    parts = (_WORD.findall(straight(plain(part).text)) for part in _SLOT.split(text)[::3])
    return frozenset(gram for words in parts for gram in (*words, *map(" ".join, pairwise(words))))


def rarity(gram: str) -> float:
    """Return the inverse document frequency of a word or a pair of words among the lines."""
    counts, lines_ = book().counts, len(book().vectors)
    return math.log((lines_ + 1) / (counts.get(gram, 1) + 1)) + 0.2


def meanings(texts: Sequence[str], projection: Projection) -> Floats:
    """Return the meaning of each text as a unit vector of projected features (texts, components)."""
    drafts = [(text, sentence_bounds(text)) for text in texts]
    encoded = zip(drafts, shipped_encoder().encode_batch(drafts), strict=True)
    rows = [sentence_features(text, bounds, encoding).mean(axis=0) for (text, bounds), encoding in encoded]
    found = projection.transform(np.stack(rows))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Book:
    """What is made of the phrasebook: a unit vector for each line (lines, components), and how often words come."""

    vectors: Floats
    projection: Projection
    counts: Mapping[str, int]

    def meanings(self, texts: Sequence[str]) -> Floats:
        """Return the meaning of each text, to be held against the vectors."""
        return meanings(texts, self.projection)


@cache
def book() -> Book:
    """Return what was made of the phrasebook; raise ModelError where it is damaged or of another phrasebook."""
    blob = (_folder() / "book.npz").read_bytes()
    if hashlib.sha256(blob).hexdigest() != SHIPPED_PHRASEBOOK_SHA256:
        raise ModelError("models/phrasebook was altered or is incomplete; install Gentle Draft again.")
    with np.load(io.BytesIO(blob), allow_pickle=False) as arrays:
        if str(arrays["made_from"]) != made_from():
            raise ModelError("models/phrasebook is of another phrasebook; run `python -m nlp.making.phrasebook`.")
        projection = Projection(*(arrays[field.name] for field in fields(Projection)))
        counts = dict(zip(arrays["grams"].tolist(), arrays["counts"].tolist(), strict=True))
        vectors = arrays["vectors"].astype(np.float32)
        return Book(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), projection, counts)


def made_from() -> str:
    """Return the checksum of what the book is made from: the phrasebook, and the encoder that reads it."""
    return hashlib.sha256(_source().read_bytes() + SHIPPED_ENCODER_SHA256.encode()).hexdigest()


def write_book(projection: Projection) -> str:
    """Write what is made of the phrasebook and return its checksum; raise ModelError naming an entry that breaks the rules."""
    for number, entry in enumerate(entries(), 1):
        if wrong := fault(entry):
            raise ModelError(f"{_source().name}, line {number}: {wrong}; mend it there.")
    examples = [example(text) for _, text in sayings()]
    counts = Counter(gram for text in examples for gram in grams(text))
    often = {gram: count for gram, count in sorted(counts.items()) if count > 1}
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        vectors=_in_bytes(meanings(examples, projection)),
        grams=np.array(list(often)),
        counts=np.array(list(often.values())),
        made_from=np.array(made_from()),
        **asdict(projection),
    )
    _folder().mkdir(parents=True, exist_ok=True)
    (_folder() / "book.npz").write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


def _in_bytes(vectors: Floats) -> npt.NDArray[np.int8]:
    """Return vectors in a quarter of the room; their directions are within half a degree of what they were."""
    return np.asarray(np.round(vectors * (127 / np.abs(vectors).max())), dtype=np.int8)


def _folder() -> Path:
    return shipped_dir("models") / "phrasebook"


def _source() -> Path:
    return shipped_dir("data") / "phrasebook.jsonl"
