"""Compare what the classifier can be made of, and write the figures that notebook 03 shows.

Usage: python -m nlp.making.what_helps OUT_FILE NAME=ENCODER_FOLDER …   (`frozen=…` is the base exported as published)

Every way is fitted on `train`, its thresholds are chosen on `dev`, and it is measured on `gate`; `test` is not touched.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score
from sklearn.pipeline import make_union

from ..encoder import Encoder
from ..estimator import Doubles, MultiLabelEstimator, fit_projection
from ..examples import LabelledDraft, shipped_examples
from ..schema import LABELS
from ..table import draft_features, tabulate

SPLITS = ("train", "dev", "gate")
GRID = np.linspace(0.02, 0.95, 94)


def sentences(drafts: Sequence[LabelledDraft]) -> list[str]:
    """Return the words of each sentence."""
    return [d.text[s.start : s.end] for d in drafts for s in d.sentences]


def truth(drafts: Sequence[LabelledDraft]) -> np.ndarray:
    """Return the labels (sentences, 3)."""
    return np.array([[label in s.labels for label in LABELS] for d in drafts for s in d.sentences])


def by_words(drafts: dict[str, list[LabelledDraft]]) -> dict[str, Doubles]:
    """Return the scores of word and character TF-IDF with logistic regression."""
    union = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
    )
    x = union.fit_transform(sentences(drafts["train"]))
    rows = {name: union.transform(sentences(drafts[name])) for name in SPLITS[1:]}
    models = [LogisticRegression(C=4.0, max_iter=400).fit(x, y) for y in truth(drafts["train"]).T]
    return {name: np.stack([m.predict_proba(r)[:, 1] for m in models], axis=1) for name, r in rows.items()}


def by_encoder(drafts: dict[str, list[LabelledDraft]], folder: Path) -> dict[str, Doubles]:
    """Return the scores of the estimator's regressions over an encoder's vectors."""
    encoder = Encoder(folder)
    tables = {name: tabulate(d, draft_features(encoder, d)) for name, d in drafts.items()}
    projection = fit_projection(tables["train"].x, seed=20)
    x = {name: projection.transform(t.x).astype(np.float32) for name, t in tables.items()}
    fitted = MultiLabelEstimator().fit(x["train"], tables["train"].labels, groups=tables["train"].writers)
    return {name: 1 / (1 + np.exp(-fitted.decision_function(x[name]))) for name in SPLITS[1:]}


def both(one: dict[str, Doubles], other: dict[str, Doubles]) -> dict[str, Doubles]:
    """Return the mean of two ways' log-odds as scores."""
    return {name: 1 / (1 + np.exp(-(_odds(one[name]) + _odds(other[name])) / 2)) for name in one}


def _odds(p: Doubles) -> Doubles:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def measured(scores: dict[str, Doubles], drafts: dict[str, list[LabelledDraft]]) -> dict[str, object]:
    """Return F1 on gate at the thresholds that are best on dev, and the average precision."""
    dev, gate = truth(drafts["dev"]), truth(drafts["gate"])
    columns = range(len(LABELS))
    chosen = [GRID[np.argmax([f1_score(dev[:, i], scores["dev"][:, i] >= t) for t in GRID])] for i in columns]
    f1 = [f1_score(gate[:, i], scores["gate"][:, i] >= chosen[i]) for i in columns]
    precision = [average_precision_score(gate[:, i], scores["gate"][:, i]) for i in columns]
    named = dict(zip(LABELS, f1, strict=True)) | {"macro F1": np.mean(f1), "average precision": np.mean(precision)}
    return {name: round(float(value), 4) for name, value in named.items()}


def main() -> None:
    """Measure every way and write the file."""
    out, *folders = sys.argv[1:]
    drafts = {name: shipped_examples(name) for name in SPLITS}  # type: ignore[arg-type]
    ways = {"TF-IDF": by_words(drafts)}
    for argument in folders:
        name, _, folder = argument.partition("=")
        ways[name] = by_encoder(drafts, Path(folder))
        ways[f"{name} + TF-IDF"] = both(ways[name], ways["TF-IDF"])
    result = {
        "drafts": {name: len(d) for name, d in drafts.items()},
        "ways": {name: measured(scores, drafts) for name, scores in ways.items()},
    }
    Path(out).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
