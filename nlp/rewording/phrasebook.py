"""The phrasebook: what everybody says in the heat of it, beside what could be said instead, with slots for one's own words.

An entry says one thing in several ways; `{np:the scan}` is a slot with an example filler. Entries are found by
meaning: `models/phrasebook/` holds a vector for each way of saying it, made by `gentle-draft train --ship`.
"""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from ..encoder import Floats
from ..errors import ModelError
from ..paths import shipped_dir
from ..pins import SHIPPED_ESTIMATOR_SHA256
from .plain import plain

#: np: a noun phrase ("the scan"). vp: an act of the partner in its base form ("text me back").
_WORD = re.compile(r"[a-z']+")
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


def unfilled(text: str) -> str:
    """Return a text without its slots."""
    return _SLOT.sub(" ", text)


def filled(text: str, words: Mapping[str, str]) -> str:
    """Return a text with words in its slots."""
    return _SLOT.sub(lambda match: words[match[1]], text)


def lines() -> list[tuple[int, str]]:
    """Return each way of saying something with the number of its entry: what the vectors stand for, in order."""
    return [(number, text) for number, entry in enumerate(entries()) for text in entry.said]


def grams(text: str) -> frozenset[str]:
    """Return the words of a text in plain spelling, and its pairs of neighbouring words."""
    words = _WORD.findall(plain(text).text.lower().replace("’", "'"))
    return frozenset([*words, *map(" ".join, pairwise(words))])


@cache
def vectors() -> Floats:
    """Return the unit vector of each line (lines, components); raise ModelError where they are of other lines."""
    if _made().get("made_from") != made_from(SHIPPED_ESTIMATOR_SHA256):
        raise ModelError("models/phrasebook is of another phrasebook or model; run `gentle-draft train --ship`.")
    return np.asarray(np.load(_folder() / "vectors.npy", allow_pickle=False), dtype=np.float32)


def rarity(gram: str) -> float:
    """Return the inverse document frequency of a word or a pair of words among the lines."""
    counts = _made()["grams"]
    return math.log((len(vectors()) + 1) / (counts.get(gram, 1) + 1)) + 0.2


def made_from(estimator_sha256: str) -> str:
    """Return the checksum of what the vectors come from: the phrasebook, and the model whose features they are."""
    return hashlib.sha256(_source().read_bytes() + estimator_sha256.encode()).hexdigest()


def write(found: Floats, estimator_sha256: str) -> None:
    """Write the vectors of the lines and how often their words come; raise ModelError naming a line that breaks the rules."""
    for number, entry in enumerate(entries(), 1):
        if wrong := fault(entry):
            raise ModelError(f"{_source().name}, line {number}: {wrong}; mend it there.")
    counts = Counter(gram for _, text in lines() for gram in grams(example(text)))
    often = {gram: count for gram, count in sorted(counts.items()) if count > 1}
    _folder().mkdir(parents=True, exist_ok=True)
    np.save(_folder() / "vectors.npy", found.astype(np.float16), allow_pickle=False)
    made = json.dumps({"made_from": made_from(estimator_sha256), "grams": often}, ensure_ascii=False)
    (_folder() / "words.json").write_text(made, encoding="utf-8")


@cache
def _made() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_folder() / "words.json").read_text(encoding="utf-8"))
    return found


def _folder() -> Path:
    return shipped_dir("models") / "phrasebook"


def _source() -> Path:
    return shipped_dir("data") / "phrasebook.jsonl"
