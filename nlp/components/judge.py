"""Component `estimator`: scores, labels and roles of each sentence, and distress of the draft."""

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc

from ..estimator import Estimator, Floats
from ..schema import LABELS, ROLES
from ..table import pooled
from .extensions import declare

declare()


class EstimatorComponent:
    """Keep `scores`, `labels`, `roles` and `distress` on the Doc; the estimator can be exchanged."""

    def __init__(self, estimator: Estimator) -> None:
        """Take a fitted estimator."""
        self.estimator = estimator

    def __call__(self, doc: Doc) -> Doc:
        """Judge the Doc's sentences."""
        self.judge_all([doc])
        return doc

    def judge_all(self, docs: Sequence[Doc]) -> None:
        """Judge the sentences of several Docs; their features are projected together."""
        docs = [doc for doc in docs if doc._.bounds]
        if not docs:
            return
        projected = self.estimator.project(np.vstack([doc._.features for doc in docs]))
        for doc, end in zip(docs, np.cumsum([len(doc._.bounds) for doc in docs]), strict=True):
            self._judge(doc, projected[end - len(doc._.bounds) : end])

    def _judge(self, doc: Doc, features: Floats) -> None:
        doc._.features = features
        scores = self.estimator.labels.predict_proba(features)
        over = scores >= self.estimator.labels.thresholds_
        doc._.scores = [dict(zip(LABELS, map(float, row), strict=True)) for row in scores]
        doc._.labels = [tuple(np.array(LABELS)[row].tolist()) for row in over]
        roles = self.estimator.roles.predict_proba(features)
        doc._.roles = [tuple(np.array(ROLES)[row].tolist()) for row in roles >= self.estimator.roles.thresholds_]
        doc._.danger = float(roles[:, ROLES.index("safety")].max())
        whole = pooled(features, np.zeros(len(features), dtype=np.int64))
        doc._.distress = bool(self.estimator.distress.predict(whole)[0, 0])
