"""The decision: regressions over sentence features, calibrated, with tuned thresholds.

scikit-learn fits them. What it fitted is kept as arrays, and to decide needs NumPy alone: importing scikit-learn takes
longer than everything else that a check of one draft does, so that it is imported where something is fitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

FOLDS = 5
#: Features kept of the encoder's many: no worse on dev than more, quicker to fit, and what is taught reaches its variations.
COMPONENTS = 64
CONSTANT_MARGIN = 6.0
_EPSILON = 1e-6


class MultiLabelEstimator:
    """Score several yes-or-no targets of a sentence: logistic regressions, calibrated by Platt's method.

    The encoder was tuned on some rows, which are therefore too easy to separate. Calibration and thresholds are
    fitted on out-of-fold scores of the other rows (`unseen`), in folds that share no group.
    """

    def __init__(
        self,
        c: float = 0.003,
        precision_weight: float | Sequence[float] = 1.0,
        max_false_alarms: float = 1.0,
        seed: int = 20,
    ) -> None:
        """Take the regularisation, how much precision counts above recall (one figure, or one a target), and a cap."""
        self.c = c
        self.precision_weight = precision_weight
        self.max_false_alarms = max_false_alarms
        self.seed = seed

    def fit(
        self,
        x: Floats,
        y: Bools,
        *,
        unseen: Bools | None = None,
        groups: Sequence[str] | None = None,
        sample_weight: Doubles | None = None,
    ) -> "MultiLabelEstimator":
        """Fit on x (rows, features) and y (rows, targets); `groups` keeps a writer's rows in one fold."""
        x, y = np.asarray(x, dtype=np.float32), np.asarray(y, dtype=bool)
        weight = np.ones(len(x)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        trusted = np.ones(len(x), dtype=bool) if unseen is None else np.asarray(unseen, dtype=bool)
        names = np.array(groups if groups is not None else [str(i) for i in range(len(x))])
        self.classes_ = np.arange(y.shape[1])
        self.n_features_in_ = x.shape[1]
        margins = self._out_of_fold(x, y, trusted, names, weight)
        self.coef_, self.intercept_ = self.fit_margins(x, y, weight)
        self.calibration_ = [_platt(margins[:, i], y[trusted, i], weight[trusted]) for i in range(y.shape[1])]
        probabilities = self._calibrate(margins)
        self.thresholds_ = self._thresholds(probabilities, y[trusted])
        self.out_of_fold_ = probabilities
        return self

    def unfitted(self) -> "MultiLabelEstimator":
        """Return an estimator with the same settings that has seen nothing yet."""
        return MultiLabelEstimator(self.c, self.precision_weight, self.max_false_alarms, self.seed)

    def decision_function(self, x: Floats) -> Doubles:
        """Return margins (rows, targets) before calibration."""
        if not hasattr(self, "coef_"):
            from sklearn.exceptions import NotFittedError

            raise NotFittedError("Fit this estimator before it is asked.")
        if not len(x):
            return np.zeros((0, len(self.classes_)))
        return np.asarray(x @ self.coef_.T + self.intercept_, dtype=np.float64)

    def predict_proba(self, x: Floats) -> Doubles:
        """Return calibrated probabilities (rows, targets)."""
        return self._calibrate(self.decision_function(x))

    def predict(self, x: Floats) -> Bools:
        """Tell which targets reach their threshold (rows, targets)."""
        reached: Bools = self.predict_proba(x) >= self.thresholds_
        return reached

    def fit_margins(self, x: Floats, y: Bools, weight: Doubles) -> tuple[Doubles, Doubles]:
        """Return coefficients (targets, features) and intercepts (targets): one regression a target."""
        from sklearn.linear_model import LogisticRegression

        coefficients, intercepts = np.zeros((y.shape[1], x.shape[1])), np.zeros(y.shape[1])
        for target in range(y.shape[1]):
            if y[:, target].all() or not y[:, target].any():
                # Nothing to tell apart: a constant margin.
                intercepts[target] = CONSTANT_MARGIN if y[:, target].any() else -CONSTANT_MARGIN
                continue
            model = LogisticRegression(C=self.c, solver="newton-cholesky", max_iter=100, random_state=self.seed)
            model.fit(x, y[:, target], sample_weight=weight)
            coefficients[target], intercepts[target] = model.coef_[0], model.intercept_[0]
        return coefficients, intercepts

    def _out_of_fold(
        self, x: Floats, y: Bools, trusted: Bools, groups: npt.NDArray[np.str_], weight: Doubles
    ) -> Doubles:
        from sklearn.model_selection import GroupKFold

        rows = np.flatnonzero(trusted)
        margins = np.zeros((len(rows), y.shape[1]))
        folds = min(FOLDS, len(set(groups[rows])))
        if folds < 2:
            coefficients, intercepts = self.fit_margins(x, y, weight)
            return np.asarray(x[rows] @ coefficients.T + intercepts)
        for _, held in GroupKFold(folds).split(rows, groups=groups[rows]):
            kept = np.ones(len(x), dtype=bool)
            kept[rows[held]] = False
            coefficients, intercepts = self.fit_margins(x[kept], y[kept], weight[kept])
            margins[held] = x[rows[held]] @ coefficients.T + intercepts
        return margins

    def _calibrate(self, margins: Doubles) -> Doubles:
        slopes, offsets = (np.array(side) for side in zip(*self.calibration_, strict=True))
        return np.asarray(1 / (1 + np.exp(-(margins * slopes + offsets))))

    def _thresholds(self, probabilities: Doubles, y: Bools) -> Doubles:
        return np.array(
            [
                _best_threshold(probabilities[:, i], y[:, i], float(weight), self.max_false_alarms)
                for i, weight in enumerate(np.broadcast_to(self.precision_weight, y.shape[1]))
            ]
        )


class NameEstimator:
    """Choose one of several names for a sentence: multinomial logistic regression."""

    def __init__(self, c: float = 0.01, seed: int = 20) -> None:
        """Take the regularisation."""
        self.c = c
        self.seed = seed

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Open a model that was saved when scikit-learn's regression was kept whole."""
        model = state.pop("model_", None)
        self.__dict__ |= state
        if model is not None:
            self._keep(model)

    def fit(self, x: Floats, y: Sequence[str], sample_weight: Doubles | None = None) -> "NameEstimator":
        """Fit on x (rows, features) and one name a row."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=self.c, class_weight="balanced", max_iter=400, random_state=self.seed)
        self._keep(model.fit(x, list(y), sample_weight=sample_weight))
        return self

    def _keep(self, model: Any) -> None:
        self.classes_ = model.classes_
        # Of two names scikit-learn keeps only how much the second is likelier than the first.
        first = np.zeros_like(model.coef_), np.zeros_like(model.intercept_)
        only_second = len(model.classes_) == 2
        self.coef_ = np.concatenate([first[0], model.coef_]) if only_second else model.coef_
        self.intercept_ = np.concatenate([first[1], model.intercept_]) if only_second else model.intercept_

    def predict(self, x: Floats) -> list[str]:
        """Return the likeliest name of each row."""
        return [str(self.classes_[best]) for best in self._odds(x).argmax(axis=1)] if len(x) else []

    def likeliest(self, x: Floats, count: int, least: float = 0.0) -> list[list[str]]:
        """Return up to `count` names of each row that are at least so probable, best first."""
        odds = self._odds(x)
        chances = np.exp(odds - odds.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        order = np.argsort(-chances, axis=1)[:, :count]
        return [
            [str(self.classes_[i]) for i in row if chance[i] >= least]
            for row, chance in zip(order, chances, strict=True)
        ]

    def _odds(self, x: Floats) -> Doubles:
        return np.asarray(x @ self.coef_.T + self.intercept_, dtype=np.float64)


def _platt(margins: Doubles, y: Bools, weight: Doubles) -> tuple[float, float]:
    """Return slope and offset of the calibrated log-odds (Platt 1999)."""
    if y.all() or not y.any():
        return 1.0, 0.0
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3, max_iter=400).fit(margins[:, None], y, sample_weight=weight)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _best_threshold(p: Doubles, y: Bools, precision_weight: float, max_false_alarms: float) -> float:
    """Return the threshold of the best F score that wrongly flags at most the given share of negative rows."""
    if not y.any():
        return 0.5
    beta2 = 1 / precision_weight**2
    best, chosen = -1.0, 0.5
    for threshold in np.linspace(0.1, 0.9, 81):
        said = p >= threshold
        hits, wrong = float((said & y).sum()), float((said & ~y).sum())
        score = (1 + beta2) * hits / (hits + wrong + beta2 * float(y.sum()) + _EPSILON)
        if wrong / max(1, (~y).sum()) <= max_false_alarms and score > best + _EPSILON:
            best, chosen = score, float(threshold)
    return chosen


@dataclass(frozen=True, slots=True)
class Projection:
    """The features' principal components, whitened: each feature by its mean and scale, then each component by its own."""

    mean: Floats
    scale: Floats
    components: Floats
    offset: Floats
    spread: Floats

    def transform(self, x: Floats) -> Floats:
        """Return the projected features (rows, components)."""
        standard = (x - self.mean) / self.scale
        return np.asarray((standard @ self.components.T - self.offset) / self.spread, dtype=np.float32)


def fit_projection(x: Floats, seed: int) -> Projection:
    """Return the features' projection onto their principal components, fitted without any label."""
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler()
    pca = PCA(min(COMPONENTS, *x.shape), whiten=True, random_state=seed, svd_solver="randomized")
    pca.fit(scaler.fit_transform(x))
    # In the features' own precision, as scikit-learn transforms them.
    mean, scale = (np.asarray(side, dtype=x.dtype) for side in (scaler.mean_, scaler.scale_))
    offset, spread = pca.mean_ @ pca.components_.T, np.sqrt(pca.explained_variance_)
    return Projection(mean, scale, pca.components_, offset, spread)


class LabelScorer(Protocol):
    """What decides about labels: the regressions alone, or with the user's own examples (`taught.py`)."""

    thresholds_: Doubles

    def predict_proba(self, x: Floats) -> Doubles:
        """Return calibrated probabilities (rows, targets)."""
        ...

    def predict(self, x: Floats) -> Bools:
        """Tell which targets reach their threshold (rows, targets)."""
        ...


class SignChooser(Protocol):
    """What names the sign of a sentence that carries a label."""

    def predict(self, x: Floats) -> list[str]:
        """Return the sign of each row."""
        ...


@dataclass(slots=True)
class Estimator:
    """Everything that is fitted: labels, roles, the sign of each label, distress of a draft, a place's situation.

    All read projected features.
    """

    projection: Projection
    labels: LabelScorer
    roles: MultiLabelEstimator
    signs: dict[str, SignChooser]
    distress: MultiLabelEstimator
    situations: NameEstimator

    def project(self, x: Floats) -> Floats:
        """Return the projected features (sentences, components)."""
        return np.asarray(self.projection.transform(x), dtype=np.float32) if len(x) else x
