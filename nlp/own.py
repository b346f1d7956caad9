"""The user's own examples as rows of a table: one labelled sentence each, in sight of its neighbours where kept."""

from collections.abc import Callable, Sequence

import numpy as np

from .encoder import Encoder
from .estimator import Bools
from .examples import LabelledDraft, LabelledSentence
from .feedback import Sample
from .schema import LABELS, Label
from .vectors import features_of
from .words import Floats


def own_features(
    samples: Sequence[Sample], tick: Callable[[int], None] = lambda done: None, encoder: Encoder | None = None
) -> Floats:
    """Return the features of each sample's sentence: (samples, features)."""
    drafts = [_draft(sample) for sample in samples]
    features = features_of(drafts, tick, encoder)
    rows = [f[1 if sample.before else 0] for f, sample in zip(features, samples, strict=True)]
    return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)


def own_labels(samples: Sequence[Sample]) -> Bools:
    """Return which labels each sample carries: (samples, labels)."""
    return np.array([[label in s.labels for label in LABELS] for s in samples], dtype=bool).reshape(-1, len(LABELS))


def own_signs(samples: Sequence[Sample], label: Label) -> list[str]:
    """Return the sign that each sample's first marked words of a label carry; an empty name where none does."""
    return [next((p.sign for p in s.phrases if p.label == label and p.sign), "") for s in samples]


def _draft(sample: Sample) -> LabelledDraft:
    """Return the words in one draft, as the sentence stood in it."""
    parts = [part for part in (sample.before, sample.text, sample.after) if part]
    text, bounds = "", []
    for part in parts:
        text += " " * bool(text) + part
        bounds.append((len(text) - len(part), len(text)))
    return LabelledDraft("", text, tuple(LabelledSentence(*at) for at in bounds))
