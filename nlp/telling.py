"""The sentences whose label would teach the most: those the model is unsure of, unlike each other, not settled yet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .comparison import names_of
from .feedback import Kept, Sample, State
from .feedback.same import words_of
from .model_store import load_active
from .own import own_features
from .schema import Label
from .taught import likeness


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence to label next: a kept one that was not looked at yet, or a neighbour (`id` None) of a kept one."""

    sample: Sample
    id: int | None
    #: What the model in use says, and how unsure it is, 0 to 1.
    said: tuple[Label, ...]
    doubt: float


def most_telling(kept: Sequence[Kept], count: int = 3) -> list[Telling]:
    """Return the sentences whose label would teach the most, the most telling first."""
    settled = [k for k in kept if k.sample.state in (State.accepted, State.changed)]
    known = {words_of(k.sample.text) for k in settled}
    open_ = [(sample, id) for sample, id in _open(kept) if words_of(sample.text) not in known]
    if not open_:
        return []
    estimator = load_active().estimator
    x = estimator.project(own_features([sample for sample, _ in open_]))
    scores = estimator.labels.predict_proba(x)
    doubt = (1 - np.abs(scores - estimator.labels.thresholds_)).max(axis=1)
    unit = x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)
    chosen: list[int] = []
    novelty = np.ones(len(open_))
    for _ in range(min(count, len(open_))):
        worth = doubt * novelty
        worth[chosen] = -1
        chosen.append(int(worth.argmax()))
        # What is much like a chosen one would teach the same again.
        novelty *= 1 - np.clip(likeness(unit, unit[chosen[-1:]])[:, 0], 0, 1)
    said = scores >= estimator.labels.thresholds_
    return [Telling(open_[i][0], open_[i][1], names_of(said[i]), float(doubt[i])) for i in chosen]


def _open(kept: Sequence[Kept]) -> list[tuple[Sample, int | None]]:
    """Return unlabelled sentences: kept ones not looked at yet, and the neighbours of kept ones, each once."""
    found: dict[str, tuple[Sample, int | None]] = {}
    for example in kept:
        if example.sample.state is State.new:
            found.setdefault(words_of(example.sample.text), (example.sample, example.id))
    for example in kept:
        for text in filter(None, (example.sample.before, example.sample.after)):
            found.setdefault(words_of(text), (Sample(text), None))
    return list(found.values())
