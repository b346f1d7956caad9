"""Component `estimator`: scores, labels and roles of each sentence, and distress of the draft."""

import numpy as np
from spacy.tokens import Doc

from ..estimator import Estimator
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
        if not doc._.bounds:
            return doc
        doc._.features = features = self.estimator.project(doc._.features)
        scores = self.estimator.labels.predict_proba(features)
        over = scores >= self.estimator.labels.thresholds_
        doc._.scores = [dict(zip(LABELS, map(float, row), strict=True)) for row in scores]
        doc._.labels = [tuple(np.array(LABELS)[row].tolist()) for row in over]
        doc._.roles = [tuple(np.array(ROLES)[row].tolist()) for row in self.estimator.roles.predict(features)]
        whole = pooled(features, np.zeros(len(features), dtype=np.int64))
        doc._.distress = bool(self.estimator.distress.predict(whole)[0, 0])
        return doc
