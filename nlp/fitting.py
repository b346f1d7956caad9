"""Fit with the user's own examples: the regressions where there are many, the corrections near them always."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .errors import FeedbackError, ModelError
from .estimator import Bools, Doubles, Estimator, Floats, MultiLabelEstimator
from .feedback import Kept, Sample
from .feedback.same import words_of
from .own import own_features, own_labels
from .progress import Report, Stages
from .taught import FOLDS, NARROW, POWER, TaughtLabels, cross_validated, spread_weights, teach
from .vectors import is_cached, shipped_table

#: So many different examples are needed before the regressions themselves are fitted again: a few would only shake them.
REFIT_FROM = 200

GATE, OWN, FIT, TEACH, COMPARE = (
    "Reading the messages that decide",
    "Reading your examples",
    "Fitting with your examples",
    "Remembering your examples",
    "Comparing with the model in use",
)
GATE_DRAFTS = 400


@dataclass(slots=True)
class Own:
    """The user's examples laid out for fitting."""

    samples: list[Sample]
    ids: list[int]
    #: Fold of each: the same words are always in the same one.
    folds: list[int]
    y: Bools
    x: Floats

    @classmethod
    def of(cls, kept: Sequence[Kept], extra: Sequence[Sample]) -> "Own":
        """Lay out examples that are kept, and others."""
        samples = [k.sample for k in kept] + list(extra)
        if not samples:
            raise FeedbackError("There are no examples to learn from yet.")
        numbers: dict[str, int] = {}
        folds = [numbers.setdefault(words_of(s.text), len(numbers)) % FOLDS for s in samples]
        ids = [k.id for k in kept] + [-1] * len(extra)
        return cls(samples, ids, folds, own_labels(samples), np.zeros((0, 0), dtype=np.float32))

    def __len__(self) -> int:
        return len(self.samples)

    def read(self, estimator: Estimator, stages: Stages) -> None:
        """Read the sentences with the encoder."""
        stages.at(OWN)
        raw = own_features(self.samples, lambda done: stages.at(OWN, done / len(self)))
        self.x = estimator.project(raw)


#: What reads the sentences of all examples, and of each fold what has not seen it.
Regressions = tuple[MultiLabelEstimator, list[MultiLabelEstimator]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What decides about labels now, and what would decide about each own example without it (rows, labels)."""

    labels: TaughtLabels
    held_out: Doubles


def fit_own(shipped: Estimator, own: Own, stages: Stages) -> Iterator[Fitted]:
    """Read the examples and fit with them; yield what was fitted, from what learns most to what is most careful."""
    own.read(shipped, stages)
    fitted = list(_regressions(shipped, own, stages))
    stages.at(TEACH)
    for power in (POWER, NARROW):
        for regression, folds in fitted:
            labels = teach(regression, own.x, own.y, own.ids, power)
            yield Fitted(labels, cross_validated(folds, own.folds, own.x, own.y, power))


def stages_of(own: Own, report: Report) -> Stages:
    """Return the stages, with the seconds that they may take on two cores."""
    own_count = len(own)
    refit = 8.0 + own_count / 1500 if own_count >= REFIT_FROM else 0.1
    unread = 0 if is_cached("gate") else 4.0
    if own_count >= REFIT_FROM:
        refit += sum(15.0 * (not is_cached(split)) for split in ("train", "dev"))
    return Stages(report, {GATE: 0.5 + unread, OWN: own_count / 400, FIT: refit, TEACH: 0.5, COMPARE: 1.5})


def _regressions(shipped: Estimator, own: Own, stages: Stages) -> Iterator[Regressions]:
    """Yield regressions, and for each fold those that have not seen it.

    With many examples they are fitted on the shipped and the own ones, calibrated on shipped ones alone, and keep the
    shipped thresholds. Last come the shipped regressions, which have seen no own example.
    """
    base = shipped.labels
    if not isinstance(base, MultiLabelEstimator):
        raise ModelError("The shipped model cannot be taught; install Gentle Draft again.")
    weights = spread_weights(own.x)
    stages.at(FIT)
    if weights.sum() >= REFIT_FROM:
        yield _refitted(base, shipped, own, weights, stages)
    yield base, [base] * FOLDS


def _refitted(base: MultiLabelEstimator, shipped: Estimator, own: Own, weights: Doubles, stages: Stages) -> Regressions:
    seen = shipped_table("train", lambda done: stages.at(FIT, done / 20_000))
    unseen = shipped_table("dev", lambda done: stages.at(FIT, 0.4 + done / 20_000))
    stages.at(FIT, 0.5)
    x = np.concatenate([*(shipped.project(t.x) for t in (seen, unseen)), own.x])
    y = np.concatenate([seen.labels, unseen.labels, own.y])
    weight = np.concatenate([np.ones(len(seen) + len(unseen)), weights])
    trusted = np.arange(len(x)) - len(seen)
    groups = [*seen.writers, *unseen.writers, *("" for _ in own.ids)]
    whole = base.unfitted()
    whole.fit(x, y, unseen=(trusted >= 0) & (trusted < len(unseen)), groups=groups, sample_weight=weight)
    whole.thresholds_ = base.thresholds_
    fold_of = np.concatenate([np.full(len(seen) + len(unseen), -1), own.folds])
    folds = []
    for fold in range(FOLDS):
        stages.at(FIT, 0.5 + 0.1 * fold)
        folds.append(_without(whole, x, y, weight, fold_of != fold))
    return whole, folds


def _without(whole: MultiLabelEstimator, x: Floats, y: Bools, weight: Doubles, rows: Bools) -> MultiLabelEstimator:
    """Return the regressions fitted on some rows only, with the calibration of the whole."""
    part = copy.copy(whole)
    part.coef_, part.intercept_ = whole.fit_margins(x[rows], y[rows], weight[rows])
    return part
