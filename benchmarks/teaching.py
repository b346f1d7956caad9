"""Print how far a private idiom is learned, and what else moves, for several weights of one's own examples.

Usage: python benchmarks/teaching.py     (about five minutes on two cores)

Rows `regression, w`: the regressions fitted again with each own example counting w times. Rows `near, power, noise`: the
regressions stay, and corrections reach as far as the power of the cosine lets them (`nlp/taught.py`).
"""

import copy
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from nlp import taught
from nlp.comparison import Comparison, Reading, compare
from nlp.feedback import Sample
from nlp.model_store import load_shipped
from nlp.own import own_features
from nlp.paths import HOME_VARIABLE
from nlp.schema import LABELS
from nlp.vectors import shipped_table

Predict = Callable[[np.ndarray], np.ndarray]
ESTIMATOR = load_shipped().estimator
BASE = ESTIMATOR.labels


def vectors(texts: list[str]) -> np.ndarray:
    return ESTIMATOR.project(own_features([Sample(text) for text in texts]))


def refitted(weight: float, x: np.ndarray, y: np.ndarray) -> Predict:
    tables = [shipped_table("train"), shipped_table("dev")]
    rows = np.concatenate([*(ESTIMATOR.project(t.x) for t in tables), x])
    truth = np.concatenate([*(t.labels for t in tables), y])
    weights = np.concatenate([np.ones(len(rows) - len(x)), np.full(len(x), weight)])
    model = copy.copy(BASE)
    model.coef_, model.intercept_ = BASE.fit_margins(rows, truth, weights)
    return model.predict_proba


def corrected(power: int, noise: float, x: np.ndarray, y: np.ndarray) -> Predict:
    taught.NOISE = noise
    return taught.teach(BASE, x, y, [-1] * len(x), power).predict_proba


def ways() -> Iterator[tuple[str, Callable[[np.ndarray, np.ndarray], Predict]]]:
    yield "as shipped", lambda x, y: BASE.predict_proba
    for weight in (1, 3, 10, 30):
        yield f"regression, w={weight}", lambda x, y, w=weight: refitted(w, x, y)
    for power in (3, 7, 9):
        for noise in (0.03, 0.1, 0.3, 1.0):
            yield f"near, power={power}, noise={noise}", lambda x, y, p=power, n=noise: corrected(p, n, x, y)


def gate_comparison(predict: Predict) -> Comparison:
    table = shipped_table("gate")
    x = ESTIMATOR.project(table.x)
    roles = ESTIMATOR.roles.predict(x)
    sides = [Reading(p, p >= BASE.thresholds_, roles) for p in (BASE.predict_proba(x), predict(x))]
    return compare(table, *sides)


def main() -> None:
    text = Path(__file__).with_name("idioms.toml").read_text(encoding="utf-8")
    idioms = tomllib.loads(text)["idiom"]
    read = [[vectors(i[name]) for name in ("taught", "variations", "lookalikes")] for i in idioms]
    print(
        f"{'way':28} {'taught':>7} {'variations':>11} {'look-alikes as before':>22} {'worst F1 on gate':>17} {'false alarms':>13}"
    )
    for name, way in ways():
        rows = []
        for idiom, (own, new, others) in zip(idioms, read, strict=True):
            truth = np.array([label in idiom["labels"] for label in LABELS])
            predict = way(own, np.tile(truth, (len(own), 1)))
            said = [predict(x) >= BASE.thresholds_ for x in (own, new, others)]
            before = BASE.predict_proba(others) >= BASE.thresholds_
            comparison = gate_comparison(predict)
            rows.append(
                (
                    (said[0] == truth).all(axis=1).mean(),
                    (said[1] == truth).all(axis=1).mean(),
                    (said[2] == before).all(axis=1).mean(),
                    min(f.gain for f in comparison.f1.values()),
                    comparison.false_alarms.new - comparison.false_alarms.old,
                )
            )
        a, b, c = np.mean([row[:3] for row in rows], axis=0)
        worst, alarms = min(row[3] for row in rows), max(row[4] for row in rows)
        print(f"{name:28} {a:7.0%} {b:11.0%} {c:22.0%} {worst:+17.3f} {alarms:+13d}", flush=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ.setdefault(HOME_VARIABLE, home)
        main()
