"""The estimator: calibrated, thresholded, honest about rows the encoder has seen, and the same for the same seed."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from nlp.estimator import COMPONENTS, MultiLabelEstimator, NameEstimator, fit_projection


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray, list[str]]:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(900, 12)).astype(np.float32)
    y = np.stack([x[:, 0] + rng.normal(size=900) > 1, x[:, 1] - x[:, 2] + rng.normal(size=900) > 0.5], axis=1)
    return x, y, [f"writer {i % 9}" for i in range(900)]


def test_probabilities_are_calibrated_on_rows_never_seen(rows: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    x, y, groups = rows
    model = MultiLabelEstimator(c=1.0).fit(x[:600], y[:600], groups=groups[:600])
    p = model.predict_proba(x[600:])
    for target in range(2):
        for low, high in ((0, 0.3), (0.3, 0.7), (0.7, 1.01)):
            inside = (p[:, target] >= low) & (p[:, target] < high)
            if inside.sum() > 25:
                assert abs(p[inside, target].mean() - y[600:][inside, target].mean()) < 0.15


def test_the_cap_on_false_alarms_raises_the_threshold(rows: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    x, y, groups = rows
    loose = MultiLabelEstimator(c=1.0).fit(x, y, groups=groups)
    strict = MultiLabelEstimator(c=1.0, max_false_alarms=0.02).fit(x, y, groups=groups)
    assert (strict.thresholds_ >= loose.thresholds_).all()
    wrong = (strict.out_of_fold_ >= strict.thresholds_) & ~y
    assert (wrong.sum(axis=0) / (~y).sum(axis=0) <= 0.02).all()


def test_rows_the_encoder_was_tuned_on_do_not_flatter_the_calibration() -> None:
    rng = np.random.default_rng(5)
    truth = rng.random(800) < 0.4
    honest = truth + rng.normal(scale=1.2, size=800)
    flattered = truth + rng.normal(scale=0.05, size=800)
    seen = np.arange(800) < 400
    x = np.where(seen, flattered, honest)[:, None].astype(np.float32)
    model = MultiLabelEstimator(c=1.0).fit(x, truth[:, None], unseen=~seen)
    assert 0.2 < model.predict_proba(np.array([[1.0]], dtype=np.float32))[0, 0] < 0.85


def test_a_target_that_never_occurs_is_never_predicted(rows: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    x, y, _ = rows
    model = MultiLabelEstimator().fit(x, np.column_stack([y[:, 0], np.zeros(len(x), dtype=bool)]))
    assert not model.predict(x)[:, 1].any()


def test_the_same_data_and_seed_give_the_same_model(rows: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    x, y, groups = rows
    first, second = (MultiLabelEstimator().fit(x, y, groups=groups) for _ in range(2))
    assert np.array_equal(first.predict_proba(x), second.predict_proba(x))


def test_no_rows_give_no_verdicts_and_an_unfitted_estimator_says_so(
    rows: tuple[np.ndarray, np.ndarray, list[str]],
) -> None:
    x, y, _ = rows
    assert MultiLabelEstimator().fit(x, y).predict(x[:0]).shape == (0, 2)
    with pytest.raises(NotFittedError):
        MultiLabelEstimator().predict(x)


def test_a_name_is_only_given_where_it_is_likely_enough() -> None:
    rng = np.random.default_rng(1)
    x = np.concatenate([rng.normal(size=(50, 4)) + shift for shift in (0, 3, -3)]).astype(np.float32)
    model = NameEstimator(c=1.0).fit(x, ["a"] * 50 + ["b"] * 50 + ["c"] * 50)
    assert model.predict(np.full((1, 4), 3, dtype=np.float32)) == ["b"]
    assert model.likeliest(np.full((1, 4), 1.5, dtype=np.float32), 2, least=0.99) == [[]]


def test_the_projection_keeps_rows_and_shortens_features(rows: tuple[np.ndarray, np.ndarray, list[str]]) -> None:
    x = np.hstack([rows[0]] * 30)
    assert fit_projection(x, 1).transform(x).shape[1] <= 192


def test_the_projection_is_what_scikit_learn_makes_of_the_rows() -> None:
    x = np.random.default_rng(2).normal(size=(400, 90)).astype(np.float32)
    theirs = make_pipeline(StandardScaler(), PCA(COMPONENTS, whiten=True, random_state=1, svd_solver="randomized")).fit(
        x
    )
    assert np.array_equal(fit_projection(x, 1).transform(x), theirs.transform(x))


@pytest.mark.parametrize("names", [["a", "b"], ["a", "b", "c"]])
def test_names_are_as_likely_as_scikit_learn_says_also_in_models_that_kept_its_regression(names: list[str]) -> None:
    rng = np.random.default_rng(7)
    x, y = rng.normal(size=(300, 5)).astype(np.float32), rng.choice(names, 300)
    theirs = LogisticRegression(C=0.01, class_weight="balanced", max_iter=400, random_state=20).fit(x, y)
    earlier = NameEstimator.__new__(NameEstimator)
    earlier.__setstate__({"c": 0.01, "seed": 20, "model_": theirs, "classes_": theirs.classes_})
    for model in (NameEstimator().fit(x, y.tolist()), earlier):
        assert model.predict(x) == theirs.predict(x).tolist()
        least = float(np.median(theirs.predict_proba(x).max(axis=1)))
        expected = [[str(n) for n, p in zip(names, row, strict=True) if p >= least] for row in theirs.predict_proba(x)]
        assert [sorted(found) for found in model.likeliest(x, 3, least)] == expected
