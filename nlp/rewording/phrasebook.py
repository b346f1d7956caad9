"""The phrasebook: what everybody says in the heat of it, beside what could be said instead, with slots for one's own words.

An entry says one thing in several ways; `{np:the scan}` is a slot with an example filler. Entries are found by
meaning: `models/phrasebook/` holds a vector for each way of saying it, made by `gentle-draft train --ship`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ..encoder import Floats
from ..errors import ModelError
from ..paths import shipped_dir
from ..pins import SHIPPED_ESTIMATOR_SHA256

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
    """Return the shipped phrasebook; raise ModelError naming the line that breaks its rules."""
    path = shipped_dir("data") / "phrasebook.jsonl"
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        entry = Entry(tuple(row["said"]), tuple(row["rewordings"]))
        if wrong := fault(entry):
            raise ModelError(f"{path.name}, line {number}: {wrong}; restore the shipped file.")
        found.append(entry)
    return tuple(found)


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


@cache
def vectors() -> Floats:
    """Return the unit vector of each line (lines, components); raise ModelError where they are of other lines."""
    folder = shipped_dir("models") / "phrasebook"
    if (folder / "made-from.txt").read_text(encoding="utf-8").strip() != made_from(SHIPPED_ESTIMATOR_SHA256):
        raise ModelError("models/phrasebook is of another phrasebook or model; run `gentle-draft train --ship`.")
    return np.asarray(np.load(folder / "vectors.npy", allow_pickle=False), dtype=np.float32)


def made_from(estimator_sha256: str) -> str:
    """Return the checksum of what the vectors come from: the phrasebook, and the model whose features they are."""
    words = (shipped_dir("data") / "phrasebook.jsonl").read_bytes()
    return hashlib.sha256(words + estimator_sha256.encode()).hexdigest()


def write(folder: Path, found: Floats, estimator_sha256: str) -> None:
    """Write the vectors of the lines."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "vectors.npy", found.astype(np.float16), allow_pickle=False)
    (folder / "made-from.txt").write_text(made_from(estimator_sha256) + "\n", encoding="utf-8")
