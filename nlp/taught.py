"""What the user taught: a correction of the regressions near the user's own examples, and nowhere else.

A few corrections of one idiom cannot move a regression over many thousand sentences without harming others. So the
regressions stay, and the difference between what they say and what the user said is carried to sentences that are much
like it: a Gaussian process on log-odds (kernel ridge regression) with the kernel cos⁷. In the whitened space of the
features, unrelated sentences have a cosine near 0, variations of one idiom 0.6 to 1; its seventh power leaves other
sentences alone. `benchmarks/teaching.py` prints how power and noise were chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .estimator import Bools, Doubles, Floats, LabelScorer, MultiLabelEstimator, SignChooser

#: How near a sentence must be to be pulled: the seventh power of the cosine, or the ninth where that harms others.
POWER, NARROW = 7, 9
#: Variance of a correction: the smaller, the more one example weighs. One alone moves its own sentence by 1 / (1 + NOISE).
NOISE = 0.1
#: Log-odds of a label that the user gave (95 %), or did not give (1 %: what is called harmless is to be left alone).
SURE, SURELY_NOT = 3.0, -4.5
#: The most examples that are remembered: those that the regressions read most differently.
MOST_REMEMBERED = 1500
#: From this likeness on a sentence has the sign of the user's example.
SAME_SIGN = 0.3
FOLDS = 5


@dataclass(slots=True)
class TaughtLabels(LabelScorer):
    """Regressions, and the corrections by remembered examples. Holds no words: directions of vectors, and ids."""

    regression: MultiLabelEstimator
    #: Unit vectors (examples, features), their pulls on the log-odds (examples, labels), and their ids; -1 has none.
    places: Floats
    pulls: Doubles
    ids: npt.NDArray[np.int64]
    thresholds_: Doubles
    power: int = POWER

    def predict_proba(self, x: Floats) -> Doubles:
        """Return calibrated probabilities (rows, labels)."""
        base = self.regression.predict_proba(x)
        return (
            _probability(_log_odds(base) + likeness(_unit(x), self.places, self.power) @ self.pulls) if len(x) else base
        )

    def predict(self, x: Floats) -> Bools:
        """Tell which labels reach their threshold (rows, labels)."""
        reached: Bools = self.predict_proba(x) >= self.thresholds_
        return reached

    def nearest(self, x: Floats, count: int = 3, least: float = 0.02) -> list[tuple[int, ...]]:
        """Return for each row the ids of the examples that pull it most."""
        pull = likeness(_unit(x), self.places, self.power) * np.abs(self.pulls).max(axis=1)
        order = np.argsort(-pull, axis=1)[:, :count]
        return [
            tuple(int(self.ids[i]) for i in row if strength[i] > least and self.ids[i] >= 0)
            for row, strength in zip(order, pull, strict=True)
        ]


@dataclass(slots=True)
class TaughtSigns(SignChooser):
    """The sign that the user gave, for sentences much like theirs; else the one that the shipped model chooses."""

    chooser: SignChooser
    places: Floats
    names: tuple[str, ...]

    def predict(self, x: Floats) -> list[str]:
        """Return the sign of each row."""
        alike = likeness(_unit(x), self.places)
        nearest = alike.argmax(axis=1)
        return [
            self.names[near] if alike[row, near] >= SAME_SIGN else chosen
            for row, (near, chosen) in enumerate(zip(nearest, self.chooser.predict(x), strict=True))
        ]


def teach_signs(chooser: SignChooser, x: Floats, names: Sequence[str]) -> SignChooser:
    """Return a chooser that knows the signs of examples x (rows, features); an empty name is none."""
    rows = np.flatnonzero([bool(name) for name in names])[-MOST_REMEMBERED:]
    return TaughtSigns(chooser, _unit(x[rows]), tuple(names[row] for row in rows)) if len(rows) else chooser


def teach(regression: MultiLabelEstimator, x: Floats, y: Bools, ids: Sequence[int], power: int = POWER) -> TaughtLabels:
    """Return the regressions with the corrections by examples x (rows, features) and y (rows, labels)."""
    wanted = _wanted(regression.predict_proba(x), y) if len(x) else np.zeros((0, len(regression.thresholds_)))
    most = np.argsort(-np.abs(wanted).max(axis=1), kind="stable")[:MOST_REMEMBERED] if len(x) else np.array([], int)
    places = _unit(x[most]) if len(x) else x.reshape(0, regression.n_features_in_)
    pulls = _pulls(places, wanted[most], power)
    return TaughtLabels(regression, places, pulls, np.array(ids, dtype=np.int64)[most], regression.thresholds_, power)


def cross_validated(
    regressions: Sequence[MultiLabelEstimator], folds: Sequence[int], x: Floats, y: Bools, power: int = POWER
) -> Doubles:
    """Return the probabilities of each example by a model that did not see its fold (rows, labels)."""
    fold_of, found = np.array(folds), np.zeros(y.shape)
    for fold, regression in enumerate(regressions):
        held = fold_of == fold
        if held.any():
            taught = teach(regression, x[~held], y[~held], np.flatnonzero(~held).tolist(), power)
            found[held] = taught.predict_proba(x[held])
    return found


def likeness(a: Floats, b: Floats, power: int = POWER) -> Floats:
    """Return how alike unit vectors are (rows of a, rows of b): a power of the cosine, 1 for the same."""
    cosine = a @ b.T
    alike = cosine.copy()
    # Many times quicker than `**`, which is most of what a large fit costs.
    for _ in range(power - 1):
        alike *= cosine
    return alike


def spread_weights(x: Floats, sample: int = 2000, seed: int = 20) -> Doubles:
    """Return a weight for each example, so that twelve corrections of one idiom count as one or two examples.

    Its crowd is estimated on a sample: the cost is linear in the number of examples.
    """
    unit = _unit(x)
    drawn = np.random.default_rng(seed).permutation(len(x))[:sample]
    crowd = np.zeros(len(x))
    for at in range(0, len(x), sample):
        crowd[at : at + sample] = np.clip(likeness(unit[at : at + sample], unit[drawn]), 0, 1).sum(axis=1)
    return np.asarray(1 / np.maximum(1.0, crowd * len(x) / max(1, len(drawn))))


def _wanted(base: Doubles, y: Bools) -> Doubles:
    """Return the log-odds that are missing; nothing where the regressions are as sure already."""
    odds = _log_odds(base)
    return np.where(y, np.maximum(SURE - odds, 0), np.minimum(SURELY_NOT - odds, 0))


def _pulls(places: Floats, wanted: Doubles, power: int) -> Doubles:
    kernel = likeness(places, places, power).astype(np.float64)
    return np.asarray(np.linalg.solve(kernel + NOISE * np.eye(len(kernel)), wanted))


def _unit(x: Floats) -> Floats:
    return np.asarray(x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _log_odds(p: Doubles) -> Doubles:
    safe = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(safe / (1 - safe)))


def _probability(odds: Doubles) -> Doubles:
    return np.asarray(1 / (1 + np.exp(-odds)))
