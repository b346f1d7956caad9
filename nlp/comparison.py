"""Compare two estimators on the `gate` split, by sentences and drafts of writers that neither has seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .estimator import Bools, Doubles, Estimator, Floats
from .schema import LABELS, ROLES, Label
from .table import Table

RESAMPLES = 1000
BINS = 10
#: So many changed sentences are shown.
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A share under both models; `low` to `high` is 95 % of the difference over resampled writers (Efron 1979)."""

    old: float
    new: float
    low: float = 0.0
    high: float = 0.0

    @property
    def gain(self) -> float:
        """Return by how much the new one is higher."""
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class Count:
    """How many of `total` under both models."""

    old: int
    new: int
    total: int


@dataclass(frozen=True, slots=True)
class Bin:
    """How sure a model was in the mean, how often it was right, and of how many verdicts."""

    sure: float
    right: float
    count: int


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence whose verdict changed, what its readers settled, and the user's examples that pulled it."""

    text: str
    old: tuple[Label, ...]
    new: tuple[Label, ...]
    truth: tuple[Label, ...]
    because: tuple[int, ...] = ()
    #: Id of the user's example; None for a sentence of `gate`.
    id: int | None = None

    @property
    def is_worse(self) -> bool:
        """Tell whether it was read right before and is not now."""
        return set(self.old) == set(self.truth) != set(self.new)

    @property
    def is_better(self) -> bool:
        """Tell whether it is read right now and was not before."""
        return set(self.new) == set(self.truth) != set(self.old)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the two models do on `gate`."""

    f1: dict[Label, Figure]
    #: Clear drafts with any label.
    false_alarms: Count
    #: Drafts about safety that are noticed.
    safety_found: Count
    #: Of the drafts about safety: it is told rightly whether the sender threatens.
    threats_told: Count
    calibration_error: Figure
    calibration_old: tuple[Bin, ...]
    calibration_new: tuple[Bin, ...]
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model says about the rows of a table."""

    scores: Doubles
    labels: Bools
    roles: Bools


def read(estimator: Estimator, x: Floats) -> Reading:
    """Return what a model says about rows of features."""
    projected = estimator.project(x)
    scores = estimator.labels.predict_proba(projected)
    return Reading(scores, scores >= estimator.labels.thresholds_, estimator.roles.predict(projected))


def compare(
    table: Table, old: Reading, new: Reading, because: Sequence[tuple[int, ...]] = (), seed: int = 20
) -> Comparison:
    """Return the comparison; `because` names for each row the examples that pull it in the new model."""
    clear = ~_any(table.labels.any(axis=1), table.draft_of)
    about = _any(_safety(table.roles), table.draft_of)
    return Comparison(
        f1=_f1_figures(table, old.labels, new.labels, seed),
        false_alarms=Count(_alarms(table, old, clear), _alarms(table, new, clear), int(clear.sum())),
        safety_found=Count(_noticed(table, old, about), _noticed(table, new, about), int(about.sum())),
        threats_told=Count(_told(table, old, about), _told(table, new, about), int(about.sum())),
        calibration_error=Figure(_error(old.scores, table.labels), _error(new.scores, table.labels)),
        calibration_old=_bins(old.scores, table.labels),
        calibration_new=_bins(new.scores, table.labels),
        changed=_changed(table, old, new, because),
    )


def names_of(row: Bools) -> tuple[Label, ...]:
    """Return the labels of one row."""
    return tuple(label for label, has in zip(LABELS, row, strict=True) if has)


def _f1_figures(table: Table, old: Bools, new: Bools, seed: int) -> dict[Label, Figure]:
    """Return F1 of each label, with a paired bootstrap over writers on counts summed by writer."""
    names, writer = np.unique(table.writers, return_inverse=True)
    drawn = np.random.default_rng(seed).integers(0, len(names), (RESAMPLES, len(names)))
    times = np.stack([np.bincount(row, minlength=len(names)) for row in drawn])
    found: dict[Label, Figure] = {}
    for column, label in enumerate(LABELS):
        sides = [_counts(table.labels[:, column], said[:, column], writer, len(names)) for said in (old, new)]
        before, after = (_f1(*side.sum(axis=1)) for side in sides)
        gains = [_f1(*(side @ times.T)) for side in sides]
        low, high = np.nanquantile(gains[1] - gains[0], [0.025, 0.975])
        found[label] = Figure(float(before), float(after), float(low), float(high))
    return found


def _counts(truth: Bools, said: Bools, writer: npt.NDArray[np.int64], writers: int) -> Doubles:
    """Return hits, and labels given plus labels true, of each writer: (2, writers)."""
    weights = (truth & said, truth.astype(int) + said)
    return np.stack([np.bincount(writer, weights=w, minlength=writers) for w in weights])


def _f1(hits: Doubles, total: Doubles) -> Doubles:
    return np.asarray(2 * hits / np.where(total > 0, total, np.nan))


def _alarms(table: Table, reading: Reading, clear: Bools) -> int:
    return int((_any(reading.labels.any(axis=1), table.draft_of) & clear).sum())


def _noticed(table: Table, reading: Reading, about: Bools) -> int:
    return int((_any(_safety(reading.roles), table.draft_of) & about).sum())


def _any(rows: Any, draft_of: npt.NDArray[np.int64]) -> Bools:
    """Return for each draft whether any of its rows is true."""
    return np.asarray(np.bincount(draft_of, weights=rows) > 0)


def _safety(roles: Bools) -> Bools:
    return np.asarray(roles[:, ROLES.index("safety")])


def _told(table: Table, reading: Reading, about: Bools) -> int:
    """Count the drafts about safety that are noticed, with the sender's threats told from a victim's words."""
    threat = [_threat(table.roles, table.labels), _threat(reading.roles, reading.labels)]
    truth, said = (_any(rows, table.draft_of) for rows in threat)
    return int((about & _any(_safety(reading.roles), table.draft_of) & (truth == said)).sum())


def _threat(roles: Bools, labels: Bools) -> Bools:
    return _safety(roles) & labels[:, [LABELS.index("pressure"), LABELS.index("ultimatum")]].any(axis=1)


def _bins(scores: Doubles, truth: Bools) -> tuple[Bin, ...]:
    flat, right = scores.ravel(), truth.ravel()
    place = np.minimum((flat * BINS).astype(int), BINS - 1)
    inside = [place == b for b in range(BINS)]
    return tuple(Bin(float(flat[i].mean()), float(right[i].mean()), int(i.sum())) for i in inside if i.any())


def _error(scores: Doubles, truth: Bools) -> float:
    """Return the expected calibration error over equal-width bins (Naeini et al. 2015)."""
    bins = _bins(scores, truth)
    return sum(abs(b.sure - b.right) * b.count for b in bins) / max(1, scores.size)


def _changed(table: Table, old: Reading, new: Reading, because: Sequence[tuple[int, ...]]) -> tuple[Changed, ...]:
    """Return sentences whose verdict changed: those that got worse first, then by how far they moved."""
    moved = np.abs(new.scores - old.scores).max(axis=1)
    rows = [int(row) for row in np.flatnonzero((old.labels != new.labels).any(axis=1))]
    words = [d.text[s.start : s.end] for d in table.drafts for s in d.sentences]
    found = [
        Changed(
            words[row],
            names_of(old.labels[row]),
            names_of(new.labels[row]),
            names_of(table.labels[row]),
            because[row] if because else (),
        )
        for row in sorted(rows, key=lambda row: -moved[row])
    ]
    return tuple(sorted(found, key=lambda c: not c.is_worse))
