"""Lay out what the decoder learns from: places in drafts, and what stands there instead.

Usage: python -m nlp.making.places FOLDER

FOLDER holds the `tokenizer.json` of `nlp.making.layout`; it gets `places.npz`. Laid out are reference rewordings
of the train writers, pairs, and the phrasebook; and texts with words dropped and moved, to be mended. In all
but the first variant names, nouns, days and numbers are exchanged on both sides (`nlp.making.exchange`). Beside them
stand the candidates that readers scored, from which the decoder learns what a rewording is worth.
"""

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from ..decoder import laid_out
from ..encoder import shipped_encoder
from ..examples import LabelledDraft, shipped_examples
from ..pipeline import Assistant
from ..references import references
from ..rewording.lines import is_unhurried
from ..rewording.patterns import match
from ..rewording.phrasebook import entries, examples_of, filled
from ..rewording.register import register_of
from ..segmentation import sentence_bounds
from .exchange import Exchange, nouns_of
from .item import Item, is_held
from .layout import VARIANTS, Layout, roughened
from .pairs import shipped_pairs
from .scorer import MOST, is_bad, scored_candidates

KINDS = ("reference", "plain-reference", "pair", "phrasebook", "mended", "scored")
#: Pieces in the longest rewording.
LONGEST = 100
#: A piece is in the vocabulary if rewordings say it so often; what is rarer can only be copied.
SAID = 3


def items(drafts: dict[str, LabelledDraft], rng: random.Random) -> Iterator[Item]:
    """Yield everything that is learned from, as it was written."""
    for place in references():
        kinds = {place.space: "reference", place.brief: "reference", place.plain: "plain-reference"}
        for text, kind in kinds.items():
            if text and place.id in drafts:
                draft = drafts[place.id]
                yield Item(kind, draft.writer, draft.text, place.start, place.end, text)
    for pair in shipped_pairs():
        yield Item("pair", pair.block, pair.said, pair.start, pair.end, pair.instead)
    for number, entry in enumerate(entries()):
        for said in entry.said:
            own = examples_of(said)
            text = re.sub(r"\{\w+:([^}]*)\}", r"\1", said)
            instead = filled(rng.choice(entry.rewordings), own)
            instead = register_of(text).apply(instead[0].upper() + instead[1:])
            yield Item("phrasebook", f"entry {number}", text, 0, len(text), instead)


def scored(drafts: dict[str, LabelledDraft]) -> Iterator[Item]:
    """Yield the candidates that readers scored."""
    for row in scored_candidates():
        points = (*(score / MOST for score in row["scores"]), float(not is_bad(row["scores"])))
        draft = drafts[row["id"]]
        yield Item("scored", draft.writer, draft.text, row["start"], row["end"], row["option"], points)


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
            found["points"].append(item.points)
    flat = {f"{name}.{of}": np.concatenate(found[of]) for of in ("ids", "mark", "instead")}
    starts = {f"{name}.{of}.off": np.cumsum([0, *map(len, found[of])]).astype(np.int32) for of in ("ids", "instead")}
    plain = {f"{name}.{of}": np.array(found[of], np.uint8) for of in ("order", "kind")}
    return flat | starts | plain | {f"{name}.points": np.array(found["points"], np.float16)}


def main(folder: str) -> None:
    """Lay everything out."""
    rng = random.Random(7)
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_truncation()
    layout, drafts = Layout(tokenizer), {d.id: d for d in shipped_examples("train")}
    plain = [s for d in drafts.values() if not is_held(d.writer) for s in _clear(d)]
    texts = [draft.text for draft in drafts.values()]
    nouns = nouns_of(Assistant.load().parse_all(texts), shipped_encoder())
    exchange = Exchange(list(drafts.values()), nouns, rng)
    every_item = list(items(drafts, rng))
    held = [item for item in every_item if item.is_held]
    learned = [item for item in every_item if not item.is_held]
    said = [item.instead for item in learned if item.kind != "phrasebook"] + [s for s in plain if len(s.split()) > 3]
    mended = [Item("mended", "", d := disturbed(t, rng), 0, len(d), t) for t in said]
    found = arrays("held", held, layout) | {"special": np.array([layout.cls, layout.sep]), "kinds": np.array(KINDS)}
    judged = list(scored(drafts | {d.id: d for d in shipped_examples("dev", "gate")}))
    found |= arrays("judged", [item for item in judged if not item.is_held], layout)
    found |= arrays("judged-held", [item for item in judged if item.is_held], layout)
    for variant in range(VARIANTS):
        rows = learned
        if variant:
            rows = [surrounded(exchange(item), plain, rng) for item in learned]
            rows = [_hastily(item, rng) if rng.random() < 0.15 else item for item in rows]
        found |= arrays(f"train{variant}", [*rows, *mended[variant::VARIANTS]], layout)
    common = [piece for piece, count in Counter(found["train0.instead"].tolist()).items() if count >= SAID]
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
