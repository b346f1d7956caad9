"""Fit the model again with the user's own examples, compare it with the one in use, and judge whether it may replace it.

`retrain` does all of it and writes nothing but the cache of shipped vectors; `keep` writes the result as a version and
makes it active where it passed. `Job` (job.py) runs both in a thread of its own, for the page.
"""

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from sklearn.base import clone

from . import versions
from .cards import Card, ranges
from .comparison import MOST_SHOWN, Changed, Comparison, compare, names_of, read
from .errors import FeedbackError, ModelError
from .estimator import Bools, Doubles, Estimator, Floats, MultiLabelEstimator
from .feedback import Kept, Sample
from .feedback.same import words_of
from .model_store import StoredModel, load_active, load_shipped, save
from .own import own_features, own_labels
from .pins import SHIPPED_ENCODER_SHA256
from .progress import Report, Stages, ignore
from .schema import LABELS, Label
from .table import Table
from .taught import FOLDS, TaughtLabels, cross_validated, spread_weights, teach
from .vectors import is_cached, shipped_table
from .verdict import Verdict, judge

#: So many different examples are needed before the regressions themselves are fitted again: a few would only shake them.
REFIT_FROM = 200
SEED = 20


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The user's own examples: read as taught by the shipped model, by the one in use, and by one that had not seen them."""

    count: int
    shipped: int
    old: int
    #: By cross-validation: each was read by a model fitted on the others.
    new: int
    #: By the new model itself.
    taught: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An example whose labels the others speak against: `label` is given or missing, at this probability."""

    id: int
    label: Label
    is_given: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Retrained:
    """A new model, not written yet, beside the one in use."""

    estimator: Estimator
    card: Card
    comparison: Comparison
    own: OwnFigures
    verdict: Verdict
    #: Ten sentences whose verdict changed, some of them the user's own.
    changed: tuple[Changed, ...]
    #: Likely label errors among the user's examples.
    doubtful: tuple[Doubtful, ...]


def retrain(kept: Sequence[Kept], extra: Sequence[Sample] = (), report: Report = ignore) -> Retrained:
    """Fit with examples that are kept (and others), compare and judge; `report` may raise CancelledError to stop."""
    own = _Own.of(kept, extra)
    stages = Stages(report, _expected(len(own)))
    used, shipped = load_active(), load_shipped()
    stages.at(_GATE)
    gate = shipped_table("gate", lambda done: stages.at(_GATE, done / _GATE_DRAFTS))
    own.read(shipped.estimator, stages)
    regression, folds = _regressions(shipped.estimator, own, stages)
    stages.at(_TEACH)
    labels = teach(regression, own.x, own.y, own.ids)
    held_out = cross_validated(folds, own.folds, own.x, own.y)
    estimator = replace(shipped.estimator, labels=labels)
    stages.at(_COMPARE)
    result = _judged(own, gate, (shipped, used), estimator, labels, held_out)
    stages.done()
    return result


def keep(result: Retrained) -> versions.Version:
    """Write the new model as a version and make it active, in one atomic step each; only where it passed the gate."""
    if not result.verdict.passed:
        raise ModelError("The new model is not kept: it would read some messages less well than the one in use.")
    folder = versions.new_folder()
    try:
        name = versions.free_name(f"own-{result.card.made[:10].replace('-', '')}")
        try:
            save(folder, result.estimator, replace(result.card, version=name))
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise ModelError(f"The new model cannot be kept ({reason}); the one in use stays.") from error
        versions.publish(folder, name)
    finally:
        versions.discard(folder)
    versions.activate(name)
    return versions.version(name)


def doubtful(kept: Sequence[Kept], report: Report = ignore) -> tuple[Doubtful, ...]:
    """Return likely label errors among the examples, by probabilities of models that had not seen them."""
    own = _Own.of(kept, ())
    stages = Stages(report, _expected(len(own)))
    shipped = load_shipped()
    own.read(shipped.estimator, stages)
    _, folds = _regressions(shipped.estimator, own, stages)
    found = _doubtful(own, cross_validated(folds, own.folds, own.x, own.y))
    stages.done()
    return found


_GATE, _OWN, _FIT, _TEACH, _COMPARE = (
    "Reading the messages that decide",
    "Reading your examples",
    "Fitting with your examples",
    "Remembering your examples",
    "Comparing with the model in use",
)
_GATE_DRAFTS = 400


@dataclass(slots=True)
class _Own:
    """The user's examples laid out for fitting."""

    samples: list[Sample]
    ids: list[int]
    #: Fold of each: the same words are always in the same one.
    folds: list[int]
    y: Bools
    x: Floats

    @classmethod
    def of(cls, kept: Sequence[Kept], extra: Sequence[Sample]) -> "_Own":
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
        stages.at(_OWN)
        raw = own_features(self.samples, lambda done: stages.at(_OWN, done / len(self)))
        self.x = estimator.project(raw)


def _expected(own: int) -> dict[str, float]:
    """Return the stages with the seconds that they may take on two cores."""
    refit = 8.0 + own / 1500 if own >= REFIT_FROM else 0.1
    unread = 0 if is_cached("gate") else 4.0
    if own >= REFIT_FROM:
        refit += sum(15.0 * (not is_cached(split)) for split in ("train", "dev"))
    return {_GATE: 0.5 + unread, _OWN: own / 400, _FIT: refit, _TEACH: 0.5, _COMPARE: 1.5}


def _regressions(
    shipped: Estimator, own: _Own, stages: Stages
) -> tuple[MultiLabelEstimator, list[MultiLabelEstimator]]:
    """Return the regressions, and for each fold those that have not seen it.

    With few examples they are the shipped ones, which have seen none. With many, they are fitted on the shipped and the
    own examples, calibrated on shipped ones alone, and keep the shipped thresholds.
    """
    base = shipped.labels
    if not isinstance(base, MultiLabelEstimator):
        raise ModelError("The shipped model cannot be taught; install Gentle Draft again.")
    weights = spread_weights(own.x)
    stages.at(_FIT)
    if weights.sum() < REFIT_FROM:
        return base, [base] * FOLDS
    seen, unseen = (shipped_table(split, lambda done: stages.at(_FIT)) for split in ("train", "dev"))
    x = np.concatenate([*(shipped.project(t.x) for t in (seen, unseen)), own.x])
    y = np.concatenate([seen.labels, unseen.labels, own.y])
    weight = np.concatenate([np.ones(len(seen) + len(unseen)), weights])
    trusted = np.arange(len(x)) - len(seen)
    groups = [*seen.writers, *unseen.writers, *("" for _ in own.ids)]
    whole: MultiLabelEstimator = clone(base)
    whole.fit(x, y, unseen=(trusted >= 0) & (trusted < len(unseen)), groups=groups, sample_weight=weight)
    whole.thresholds_ = base.thresholds_
    fold_of = np.concatenate([np.full(len(seen) + len(unseen), -1), own.folds])
    folds = []
    for fold in range(FOLDS):
        stages.at(_FIT, 0.5 + 0.1 * fold)
        folds.append(_without(whole, x, y, weight, fold_of != fold))
    return whole, folds


def _without(whole: MultiLabelEstimator, x: Floats, y: Bools, weight: Doubles, rows: Bools) -> MultiLabelEstimator:
    """Return the regressions fitted on some rows only, with the calibration of the whole."""
    part = copy.copy(whole)
    part.coef_, part.intercept_ = whole.fit_margins(x[rows], y[rows], weight[rows])
    return part


def _judged(
    own: _Own,
    gate: Table,
    models: tuple[StoredModel, StoredModel],
    estimator: Estimator,
    labels: TaughtLabels,
    held_out: Doubles,
) -> Retrained:
    shipped, used = models
    new = read(estimator, gate.x)
    because = labels.nearest(estimator.project(gate.x))
    comparison = compare(gate, read(used.estimator, gate.x), new, because)
    # Also against the shipped model: many small falls, each allowed, must not add up.
    verdict = judge(comparison, compare(gate, read(shipped.estimator, gate.x), new, because))
    thresholds = labels.thresholds_
    sides = {
        "shipped": shipped.estimator.labels.predict(own.x),
        "old": used.estimator.labels.predict(own.x),
        "new": held_out >= thresholds,
        "taught": labels.predict(own.x),
    }
    figures = OwnFigures(len(own), **{name: int((said == own.y).all(axis=1).sum()) for name, said in sides.items()})
    return Retrained(
        estimator,
        _card(own, gate, comparison, figures),
        comparison,
        figures,
        verdict,
        _ten(own, comparison, sides["old"], sides["taught"]),
        _doubtful(own, held_out),
    )


def _card(own: _Own, gate: Table, comparison: Comparison, figures: OwnFigures) -> Card:
    return Card(
        version="",
        encoder_sha256=SHIPPED_ENCODER_SHA256,
        seed=SEED,
        trained_on={"shipped": load_shipped().card.version, "own": len(own)},
        figures={
            "gate": {
                "sentences": len(gate),
                "F1": {label: {"before": f.old, "after": f.new} for label, f in comparison.f1.items()},
                "clear drafts flagged": asdict(comparison.false_alarms),
                "safety drafts found": asdict(comparison.safety_found),
                "calibration error": comparison.calibration_error.new,
            },
            "own": asdict(figures),
        },
        made=dt.datetime.now().isoformat(timespec="seconds"),
        own=ranges(id for id in own.ids if id >= 0),
    )


def _ten(own: _Own, comparison: Comparison, old: Bools, new: Bools) -> tuple[Changed, ...]:
    """Return sentences whose verdict changed: up to half of them from `gate`, the others the user's own."""
    mine = [
        Changed(s.text, names_of(before), names_of(after), s.labels, id=id if id >= 0 else None)
        for s, id, before, after in zip(own.samples, own.ids, old, new, strict=True)
        if (before != after).any()
    ]
    others = list(comparison.changed)
    room = max(MOST_SHOWN // 2, MOST_SHOWN - len(mine))
    return tuple([*others[:room], *mine][:MOST_SHOWN])


#: A label that was given at less, or was not given at more than one minus this probability, is doubtful.
_DOUBT = 0.15


def _doubtful(own: _Own, held_out: Doubles) -> tuple[Doubtful, ...]:
    found = []
    for id, truth, scores in zip(own.ids, own.y, held_out, strict=True):
        for label, given, p in zip(LABELS, truth, scores, strict=True):
            if id >= 0 and (p if given else 1 - p) < _DOUBT:
                found.append(Doubtful(id, label, bool(given), float(p)))
    return tuple(sorted(found, key=lambda d: d.probability if d.is_given else 1 - d.probability))
