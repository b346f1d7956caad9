"""Lay out what the decoder learns from: places in drafts, and what stands there instead.

Usage: python -m nlp.making.places FOLDER

FOLDER holds the `tokenizer.json` of `nlp.making.layout`; it gets `places.npz`. Three sources are laid out: reference
rewordings of the train writers, pairs, and the phrasebook; and texts with words dropped and moved, to be mended. In all
but the first variant names, days and numbers are exchanged on both sides, so that they are copied and not learned.
"""

import random
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from ..decoder import laid_out
from ..examples import LabelledDraft, shipped_examples
from ..references import references
from ..rewording.lines import is_unhurried
from ..rewording.patterns import match
from ..rewording.phrasebook import entries, examples_of, filled
from ..rewording.register import register_of
from ..segmentation import sentence_bounds
from .layout import VARIANTS, Layout, roughened
from .pairs import shipped_pairs

KINDS = ("reference", "pair", "plain-pair", "phrasebook", "mended")
#: One of so many writers and blocks is held out.
HELD = 25
#: Pieces in the longest rewording.
LONGEST = 100
#: A piece is in the vocabulary if rewordings say it, or drafts, so often.
SAID, DRAFTED = 2, 6
WORD = re.compile(r"[A-Za-z]{3,}")
NUMBER = re.compile(r"(?<![\d.:])\d{1,4}(?![\d.:])")


@dataclass(frozen=True, slots=True)
class Item:
    """A place of a text and what stands there instead; `group` is held out together."""

    kind: str
    group: str
    text: str
    start: int
    end: int
    instead: str

    @property
    def is_held(self) -> bool:
        """Tell whether it is held out."""
        return zlib.crc32(self.group.encode()) % HELD == 0


def items(drafts: dict[str, LabelledDraft], rng: random.Random) -> Iterator[Item]:
    """Yield everything that is learned from, as it was written."""
    for place in references():
        for text in (place.brief, place.space):
            if text and place.id in drafts:
                draft = drafts[place.id]
                yield Item("reference", draft.writer, draft.text, place.start, place.end, text)
    for number, pair in enumerate(shipped_pairs()):
        kind = "pair" if pair.round == 1 else "plain-pair"
        yield Item(kind, f"pair {number // 2}", pair.said, pair.start, pair.end, pair.instead)
    for number, entry in enumerate(entries()):
        for said in entry.said:
            own = examples_of(said)
            text = re.sub(r"\{\w+:([^}]*)\}", r"\1", said)
            instead = filled(rng.choice(entry.rewordings), own)
            instead = register_of(text).apply(instead[0].upper() + instead[1:])
            yield Item("phrasebook", f"entry {number}", text, 0, len(text), instead)


class Exchange:
    """Puts other names, days and numbers into a place and what stands there instead."""

    def __init__(self, drafts: Sequence[LabelledDraft], rng: random.Random) -> None:
        named = Counter(m[1] for d in drafts for m in re.finditer(r"(?<=[a-z,] )([A-Z][a-z]{2,})\b", d.text))
        small = Counter(m[0] for d in drafts for m in re.finditer(r"\b[a-z]{3,}\b", d.text))
        rare = (name for name, count in named.items() if 2 <= count < 400 and small[name.lower()] <= count / 5)
        self._names = [name for name in rare if not match("day", name)]
        self._known = {name.lower() for name in self._names}
        self._days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        self._rng = rng

    def __call__(self, item: Item) -> Item:
        """Return the item with some of its names, days and numbers exchanged."""
        place, others, rng = item.text[item.start : item.end], {}, self._rng
        for word in sorted({m[0] for m in WORD.finditer(place)} & {m[0] for m in WORD.finditer(item.instead)}):
            if word.lower() in self._known and word[0].isupper() and rng.random() < 0.6:
                others[word.lower()] = rng.choice(self._names)
            elif word.lower() in self._days and rng.random() < 0.5:
                others[word.lower()] = rng.choice(self._days)
        for number in sorted({m[0] for m in NUMBER.finditer(place)} & {m[0] for m in NUMBER.finditer(item.instead)}):
            if rng.random() < 0.5:
                low = 10 ** (len(number) - 1) if len(number) > 1 else 2
                others[number] = str(rng.randrange(low, 10 ** len(number)))
        if not others or len(set(others.values())) < len(others):
            return item
        pattern = re.compile(rf"(?<![A-Za-z\d])({'|'.join(map(re.escape, others))})(?![A-Za-z\d])", re.I)

        def other(hit: re.Match[str]) -> str:
            word = others[hit[1].lower()]
            return word.capitalize() if hit[1][0].isupper() else word.lower()

        before, inside, after = (
            pattern.sub(other, text) for text in (item.text[: item.start], place, item.text[item.end :])
        )
        start, end = len(before), len(before) + len(inside)
        return Item(item.kind, item.group, before + inside + after, start, end, pattern.sub(other, item.instead))


def surrounded(item: Item, clear: Sequence[str], rng: random.Random) -> Item:
    """Return an item that is a whole message with clear sentences of others around it, now and then."""
    if (item.start, item.end) != (0, len(item.text)) or item.kind == "phrasebook" or rng.random() > 0.3:
        return item
    before = f"{rng.choice(clear)} " if rng.random() < 0.6 else ""
    if before and before[-2] not in ".!?":
        before = f"{before[:-1]}. "
    after = f" {rng.choice(clear)}" if rng.random() < 0.5 else ""
    text = before + item.text + after
    return Item(item.kind, item.group, text, len(before), len(before) + len(item.text), item.instead)


def plainly(text: str) -> str:
    """Return a text with plain quotes, dashes and spaces: the decoder writes no others."""
    for fancy, plain in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("…", "..."), ("\\n", " ")):
        text = text.replace(fancy, plain)
    return re.sub(r"\s+", " ", re.sub(r"\s*—\s*|\s+[–-]+\s+", " – ", text)).strip()


def disturbed(text: str, rng: random.Random) -> str:
    """Return a text with words dropped and some moved a little."""
    words = [word for word in text.split() if rng.random() > 0.2] or text.split()
    if rng.random() < 0.5:
        words = [word for _, word in sorted((n + rng.uniform(0, 3), word) for n, word in enumerate(words))]
    return " ".join(words)


def arrays(name: str, rows: Sequence[Item], layout: Layout) -> dict[str, Any]:
    """Return the items as flat numbers with the offsets of each."""
    found: dict[str, list[Any]] = defaultdict(list)
    for item in rows:
        ids, mark = laid_out(layout.tokenizer, item.text, sentence_bounds(item.text), item.start, item.end)
        instead = layout.tokenizer.encode(plainly(item.instead), add_special_tokens=False).ids
        if mark.any() and 0 < len(instead) <= LONGEST:
            asks = match("asks", item.instead) is not None or "?" in item.instead
            found["ids"].append(np.asarray(ids, np.uint16))
            found["mark"].append(np.asarray(mark, np.uint8))
            found["instead"].append(np.asarray(instead, np.uint16))
            found["order"].append(asks + 2 * is_unhurried(item.instead))
            found["kind"].append(KINDS.index(item.kind))
    flat = {f"{name}.{of}": np.concatenate(found[of]) for of in ("ids", "mark", "instead")}
    starts = {f"{name}.{of}.off": np.cumsum([0, *map(len, found[of])]).astype(np.int32) for of in ("ids", "instead")}
    return flat | starts | {f"{name}.{of}": np.array(found[of], np.uint8) for of in ("order", "kind")}


def main(folder: str) -> None:
    """Lay everything out."""
    rng = random.Random(7)
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_truncation()
    layout, drafts = Layout(tokenizer), {d.id: d for d in shipped_examples("train")}
    plain = [s for d in drafts.values() for s in _clear(d)]
    exchange = Exchange(list(drafts.values()), rng)
    every_item = list(items(drafts, rng))
    held = [item for item in every_item if item.is_held]
    learned = [item for item in every_item if not item.is_held]
    texts = [item.instead for item in learned if item.kind != "phrasebook"] + [s for s in plain if len(s.split()) > 3]
    mended = [Item("mended", "", d := disturbed(t, rng), 0, len(d), t) for t in texts]
    found = arrays("held", held, layout) | {"special": np.array([layout.cls, layout.sep]), "kinds": np.array(KINDS)}
    for variant in range(VARIANTS):
        rows = learned
        if variant:
            rows = [surrounded(exchange(item), plain, rng) for item in learned]
            rows = [_hastily(item, rng) if rng.random() < 0.15 else item for item in rows]
        found |= arrays(f"train{variant}", [*rows, *mended[variant::VARIANTS]], layout)
    said = Counter(found["train0.instead"].tolist())
    drafted = Counter(i for d in drafts.values() for i in tokenizer.encode(d.text, add_special_tokens=False).ids)
    common = [n for n in set(said) | set(drafted) if said[n] >= SAID or drafted[n] >= DRAFTED]
    found["vocabulary"] = np.array(sorted({*common, layout.sep}), np.int32)
    np.savez_compressed(Path(folder) / "places.npz", **found)
    print({name: len(found[f"{name}.kind"]) for name in ("train0", "held")}, "vocabulary", len(common))


def _hastily(item: Item, rng: random.Random) -> Item:
    return Item(item.kind, item.group, roughened(item.text, rng), item.start, item.end, item.instead)


def _clear(draft: LabelledDraft) -> list[str]:
    texts = (draft.text[s.start : s.end].strip() for s in draft.sentences if not s.labels and "safety" not in s.roles)
    return [text for text in texts if 8 < len(text) < 120 and "\n" not in text]


if __name__ == "__main__":
    main(*sys.argv[1:])
