"""Lay labelled drafts out as the arrays that estimators are fitted on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .encoder import Encoder
from .estimator import Bools
from .examples import LabelledDraft
from .features import sentence_features
from .schema import LABELS, ROLES
from .words import Floats


@dataclass(frozen=True, slots=True)
class Table:
    """One row a sentence: features, labels (rows, 3), roles (rows, 11), and whose draft it is from."""

    drafts: tuple[LabelledDraft, ...]
    x: Floats
    labels: Bools
    roles: Bools
    writers: tuple[str, ...]
    #: Index of each row's draft in `drafts`.
    draft_of: npt.NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of sentences."""
        return len(self.x)

    def signs(self, label: str) -> tuple[npt.NDArray[np.int64], list[str]]:
        """Return the rows that carry a label and the main sign of each."""
        rows, names = [], []
        for number, sentence in enumerate(s for d in self.drafts for s in d.sentences):
            found = [p.sign for p in sentence.phrases if p.label == label and p.sign]
            if found:
                rows.append(number)
                names.append(found[0])
        return np.array(rows, dtype=np.int64), names


def tabulate(drafts: Sequence[LabelledDraft], features: Sequence[Floats]) -> Table:
    """Return the table of drafts whose sentence features are known."""
    sentences = [s for d in drafts for s in d.sentences]
    return Table(
        drafts=tuple(drafts),
        x=np.concatenate([f for f in features if len(f)]) if sentences else np.zeros((0, 0), dtype=np.float32),
        labels=np.array([[label in s.labels for label in LABELS] for s in sentences], dtype=bool),
        roles=np.array([[role in s.roles for role in ROLES] for s in sentences], dtype=bool),
        writers=tuple(d.writer or d.id for d in drafts for _ in d.sentences),
        draft_of=np.array([n for n, d in enumerate(drafts) for _ in d.sentences], dtype=np.int64),
    )


def draft_features(encoder: Encoder, drafts: Sequence[LabelledDraft]) -> list[Floats]:
    """Return the features of each draft's sentences: (sentences, features)."""
    encodings = encoder.encode_batch([(d.text, d.bounds) for d in drafts])
    return [sentence_features(d.text, d.bounds, e) for d, e in zip(drafts, encodings, strict=True)]


def pooled(x: Floats, draft_of: npt.NDArray[np.int64]) -> Floats:
    """Return the mean of each draft's rows: (drafts, features)."""
    return np.stack([x[draft_of == number].mean(axis=0) for number in np.unique(draft_of)])
