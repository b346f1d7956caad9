"""Lay out what the encoder learns from as arrays, so that any machine with PyTorch can train it.

Usage: python -m nlp.making.layout BASE OUT_DIR

BASE is a folder with the published weights of all-MiniLM-L6-v2 and its tokenizer. OUT_DIR gets `tokenizer.json`,
`start.npz` (the published weights in half precision, the word embeddings in 8 bits) and `drafts.npz`.
"""

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from ..examples import LabelledDraft, LabelledSentence, Phrase, shipped_examples
from ..knowledge import signs
from ..references import references
from ..rewording.phrasebook import entries, example, examples_of, filled
from ..schema import LABELS, ROLES
from ..segmentation import sentence_bounds
from ..windows import Window, ends_of, tokenize, windows
from ..wording import situations
from .pairs import shipped_pairs

SIGNS = tuple(signs())
NAMES = (*LABELS, *ROLES, *SIGNS)
# A danger missed is as bad as a label missed.
WEIGHTS = [1.0] * len(LABELS) + [1.0 if role == "safety" else 0.3 for role in ROLES] + [0.3] * len(SIGNS)
#: Ways in which the train split is laid out: as typed, then as hastier typists would leave some of it.
VARIANTS = 4
#: Messages that are put together, and words that a stock phrase in them has at most.
MIXED, SHORT = 6000, 8
Arrays = dict[str, Any]


@dataclass
class Layout:
    """Lays texts out with one tokenizer."""

    tokenizer: Tokenizer
    cls: int = field(init=False)
    sep: int = field(init=False)

    def __post_init__(self) -> None:
        self.cls, self.sep = ends_of(self.tokenizer)

    def windows(self, text: str, bounds: Sequence[tuple[int, int]]) -> list[Window]:
        """Return the windows of a draft."""
        return windows(tokenize(self.tokenizer, text, bounds), self.cls, self.sep)


@dataclass
class Drafts:
    """Windows of drafts: ids, spans of sentences, their targets, and the tokens of phrases."""

    ids: list[np.ndarray] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    targets: list[list[bool]] = field(default_factory=list)
    phrases: list[np.ndarray] = field(default_factory=list)
    owned: list[np.ndarray] = field(default_factory=list)
    distress: list[bool] = field(default_factory=list)

    def add(self, window: Window, sentences: Sequence[LabelledSentence] = (), distress: bool = False) -> None:
        """Add a window; one without labelled sentences is only read by the teachers."""
        phrases, owned = np.zeros(len(window.ids), np.uint8), np.zeros(len(window.ids), np.uint8)
        for piece, begin in zip(window.pieces, window.begins, strict=True):
            # The closing [SEP] counts as the sentence's own, as in the encoder.
            self.spans.append((len(self.ids), begin, begin + len(piece.ids) + 1))
            owned[begin : begin + len(piece.ids)] = 1
            if sentences:
                sentence = sentences[piece.sentence]
                carried = {*sentence.labels, *sentence.roles, *(p.sign for p in sentence.phrases)}
                self.targets.append([name in carried for name in NAMES])
                for at, (start, end) in enumerate(piece.offsets, begin):
                    for phrase in sentence.phrases:
                        if start < phrase.end and end > phrase.start:
                            phrases[at] |= 1 << LABELS.index(phrase.label)
        self.ids.append(np.array(window.ids, np.uint16))
        self.phrases.append(phrases)
        self.owned.append(owned)
        self.distress.append(distress)

    def arrays(self, name: str) -> Arrays:
        """Return the arrays, flat, with the offsets of the windows."""
        return {
            f"{name}.ids": np.concatenate(self.ids),
            f"{name}.off": _offsets(self.ids),
            f"{name}.spans": np.array(self.spans, np.int32).reshape(-1, 3),
            f"{name}.targets": np.array(self.targets, np.uint8),
            f"{name}.phrases": np.concatenate(self.phrases),
            f"{name}.owned": np.concatenate(self.owned),
            f"{name}.distress": np.array(self.distress, np.uint8),
        }


def roughened(text: str, rng: random.Random) -> str:
    """Return a text as a hastier typist would leave it: same length, so that every offset holds."""
    text = re.sub(r"[,;:.!?](?=\s|$)", lambda m: " " if rng.random() < 0.7 else m[0], text)
    # A zero-width character is dropped by the tokenizer: "dont", with the offsets of "don't".
    return re.sub(r"(?<=\w)['’](?=\w)", "\u200b", text) if rng.random() < 0.5 else text


def drafts_laid_out(layout: Layout, rng: random.Random) -> Arrays:
    """Return the arrays of `nlp.making.encoder`: labelled drafts, and texts that the teachers label for the students."""
    found: Arrays = {}
    for split in ("train", "dev", "gate"):
        for variant in range(VARIANTS if split == "train" else 1):
            bag = Drafts()
            for draft in shipped_examples(split):
                text = roughened(draft.text, rng) if variant and rng.random() < 0.4 else draft.text
                for window in layout.windows(text, draft.bounds):
                    bag.add(window, draft.sentences, draft.distress)
            found |= bag.arrays(f"train{variant}" if split == "train" else split)
    mixed = Drafts()
    for draft in messages_with_a_bite(rng):
        for window in layout.windows(draft.text, draft.bounds):
            mixed.add(window, draft.sentences)
    found |= mixed.arrays("mixed")
    free = Drafts()
    for text in unlabelled():
        for window in layout.windows(text, sentence_bounds(text)):
            free.add(window)
    found |= free.arrays("free")
    about = [(text, number) for number, s in enumerate(situations().values()) for text in s.about]
    ids = [
        np.array([layout.cls, *e.ids, layout.sep], np.uint16)
        for e in layout.tokenizer.encode_batch([t for t, _ in about], add_special_tokens=False)
    ]
    found |= {"about.ids": np.concatenate(ids), "about.off": _offsets(ids), "about.y": np.array([n for _, n in about])}
    found |= {"weights": np.array(WEIGHTS, np.float32), "situations": np.array(len(situations()))}
    return found | {"mask_id": np.array(layout.tokenizer.token_to_id("[MASK]"))}


def messages_with_a_bite(rng: random.Random) -> Iterator[LabelledDraft]:
    """Yield plain messages of train writers with a short stock phrase put in, harsh (of pairs) or clear, labelled so.

    People do write "Can you get milk? You're so lazy."; those who write examples with care seldom do.
    """
    drafts = [d for d in shipped_examples("train") if d.is_clear]
    plain = [text for d in drafts for text in _short_sentences(d) if d.kind in ("plain", "clear")]
    kind = [text for d in drafts for text in _short_sentences(d) if re.search(r"\b(?:you|u|your|ur)\b", text, re.I)]
    pairs = [pair for pair in shipped_pairs() if (pair.start, pair.end) == (0, len(pair.said))]
    harsh = [(pair.said, pair.sign) for pair in pairs if _is_short(pair.said)]
    kind += [pair.instead for pair in pairs if _is_short(pair.instead)]
    for _ in range(MIXED):
        said, sign = rng.choice(harsh) if rng.random() < 0.5 else (rng.choice(kind), "")
        around = [_stopped(text) for text in rng.sample(plain, rng.choice((1, 1, 2, 3)))]
        at = rng.choice((0, len(around), len(around), rng.randint(0, len(around))))
        parts = [*around[:at], _stopped(said), *around[at:]]
        ends = [sum(map(len, parts[: n + 1])) + n for n in range(len(parts))]
        bounds = [(end - len(part), end) for part, end in zip(parts, ends, strict=True)]
        if sentence_bounds(" ".join(parts)) == bounds:
            label = signs()[sign].label if sign else None
            phrase = (Phrase(*_phrase(bounds[at], parts[at]), label, sign),) if label else ()
            marked = [LabelledSentence(*b) for b in bounds]
            marked[at] = LabelledSentence(*bounds[at], (label,) if label else (), phrase)
            yield LabelledDraft("", " ".join(parts), tuple(marked))


def _short_sentences(draft: LabelledDraft) -> Iterator[str]:
    texts = (draft.text[s.start : s.end].strip() for s in draft.sentences if not set(s.roles) & {"safety"})
    yield from (text for text in texts if "\n" not in text and len(text.split()) <= SHORT + 4)


def _is_short(text: str) -> bool:
    return "\n" not in text and len(text.split()) <= SHORT and len(sentence_bounds(text)) == 1


def _stopped(text: str) -> str:
    text = text.strip()
    return text if text[-1] in ".!?…" else text + "."


def _phrase(bounds: tuple[int, int], words: str) -> tuple[int, int]:
    """Return where a sentence's words are, without its stop."""
    return bounds[0], bounds[0] + len(words.rstrip(".!?… "))


def unlabelled() -> Iterator[str]:
    """Yield texts of the kind that is read, without labels: both sides of the phrasebook, of pairs and references."""
    for entry in entries():
        yield from (example(said) for said in entry.said)
        yield from (_of_book(entry.said[0], text) for text in entry.rewordings)
    drafts = {draft.id: draft for draft in shipped_examples("train")}
    for place in references():
        draft = drafts[place.id].text
        yield from (draft[: place.start] + text + draft[place.end :] for text in (place.brief, place.space) if text)
    for pair in shipped_pairs():
        yield pair.said
        yield pair.instead


def _of_book(said: str, rewording: str) -> str:
    """Return a rewording of the phrasebook with the example fillers of a way of saying it."""
    text = filled(rewording, examples_of(said))
    return text[0].upper() + text[1:]


def _offsets(rows: Sequence[np.ndarray]) -> np.ndarray:
    return np.cumsum([0, *map(len, rows)]).astype(np.int32)


def main(base: str, out: str) -> None:
    """Lay everything out."""
    # What reads published weights is installed only where models are made; the rest is tested everywhere.
    from .base import published, tokenizer_of

    folder, rng = Path(out), random.Random(5)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = tokenizer_of(Path(base), shipped_examples("train"))
    tokenizer.save(str(folder / "tokenizer.json"))
    np.savez_compressed(folder / "start.npz", **published(Path(base), tokenizer))
    layout = Layout(tokenizer)
    np.savez_compressed(folder / "drafts.npz", **drafts_laid_out(layout, rng))


if __name__ == "__main__":
    main(*sys.argv[1:])
