"""Fit the ranking of candidates from readers' scores, and write its weights to `data/scorer.toml`.

Usage: python -m nlp.making.scorer CANDIDATES SCORES
       python -m nlp.making.scorer

The first form joins the candidates (`nlp.making.candidates`) with readers' scores, a JSON object a line with `id`,
`start`, `end`, `option` (or `text`) and `scores` (seven of 0 to 2), and adds them to `data/candidate-scores.jsonl`; both
forms then fit. A bad option (a zero on facts, need, blame or correctness) counts as much worse than its sum. Of the
decoder's candidates only those are fitted that the shipped one wrote, which foretold their worth; it learned from the others.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import GroupKFold

from ..paths import shipped_dir

Doubles = npt.NDArray[np.float64]

#: The seven points of the guide by place: facts, need, blame, strategy, voice, correctness, fit.
BAD_POINTS = (0, 1, 2, 5)
#: The most that readers give for a point.
MOST = 2
#: What a bad option loses of the fourteen.
BAD_COSTS = 6.0
#: An option is shown when it is worth at least this much of fourteen, bad ones counted as above: by rules and phrasebook, and by the
#: decoder. On dev and gate, held out, a quarter of what is shown is bad, of the one as of the other.
WORTH_SHOWING = {"weights": 8.0, "written": 7.0}
#: What the ranking sees of the decoder's candidates: plain measures. Which sign or form is best has too few scores yet.
WRITTEN = (
    *(
        "worth",
        "likelihood",
        "unlikely",
        "lowest",
        "copied",
        "added",
        "agreed",
        "freedom",
        "nearest",
        "likeness",
        "kept",
        "covered",
        "dropped",
    ),
    *("facts_lost", "repeats", "length", "words", "sentences", "you", "bare", "feeling"),
)
ALPHAS = np.logspace(0, 3, 13)
FEWEST = 4


def worth(scores: list[int]) -> float:
    """Return what an option is worth: its sum, less where it is a bad one."""
    return sum(scores) - BAD_COSTS * is_bad(scores)


def is_bad(scores: list[int]) -> bool:
    """Tell whether readers found an option bad, by the guide."""
    return any(scores[point] == 0 for point in BAD_POINTS)


def scored_candidates() -> list[dict[str, Any]]:
    """Return the candidates that readers scored: `id`, `start`, `end`, `option`, `scores` and `features`."""
    return _rows(_target())


def joined(candidates: Path, scores: Path) -> list[dict[str, Any]]:
    """Return the scored candidates with their features."""
    known = {_key(row): row["features"] for row in _rows(candidates)}
    return [
        {
            "id": r["id"],
            "start": r["start"],
            "end": r["end"],
            "option": _option(r),
            "scores": r["scores"],
            "features": known[_key(r)],
        }
        for r in _rows(scores)
        if _key(r) in known
    ]


def fit(rows: list[dict[str, Any]], prior: dict[str, float], least: float) -> tuple[dict[str, float], Doubles]:
    """Return the weights by feature, and what each row was foretold to be worth while its draft was held out.

    What is worth `least` scores 0.
    """
    y = np.array([worth(row["scores"]) for row in rows])
    counts: dict[str, int] = {}
    for row in rows:
        for name in row["features"]:
            counts[name] = counts.get(name, 0) + 1
    kept = [{n: v for n, v in row["features"].items() if counts[n] >= FEWEST} for row in rows]
    guess = np.array([sum(prior.get(n, 0.0) * v for n, v in row["features"].items()) for row in rows])
    vectorizer = DictVectorizer(sparse=False).fit(kept)
    x = vectorizer.transform(kept)
    scale = x.std(axis=0) + 1e-6
    table = np.column_stack([x / scale, guess / guess.std() * PRIOR_TRUST])
    groups = [row["id"] for row in rows]
    told = np.zeros(len(y))
    for learn, held in GroupKFold(5).split(table, groups=groups):
        told[held] = RidgeCV(ALPHAS).fit(table[learn], y[learn]).predict(table[held])
    model = RidgeCV(ALPHAS).fit(table, y)
    trust = model.coef_[-1] * PRIOR_TRUST / guess.std()
    weights = {name: trust * value for name, value in prior.items() if name != "start"}
    for name, value in zip(vectorizer.get_feature_names_out(), model.coef_[:-1] / scale, strict=True):
        weights[name] = weights.get(name, 0.0) + float(value)
    weights["start"] = float(model.intercept_) - least
    return weights, told


def summary(rows: list[dict[str, Any]], told: Doubles, least: float) -> str:
    """Return how well worth was foretold, and what of the best candidate of each place would be shown."""
    best: dict[tuple[str, int], int] = {}
    for number, row in enumerate(rows):
        place = row["id"], row["start"]
        best[place] = max(best.get(place, number), number, key=lambda n: told[n])
    shown = [rows[n]["scores"] for n in best.values() if told[n] >= least]
    bad, bad_shown = (np.mean([is_bad(s) for s in some]) for some in ([row["scores"] for row in rows], shown))
    return (
        f"{len(rows)} scored candidates, {bad:.0%} bad; held out: correlation "
        f"{np.corrcoef(told, [worth(row['scores']) for row in rows])[0, 1]:.2f}, at {least:.0f} of 14 "
        f"{len(shown) / len(best):.0%} of the places have one to show, {bad_shown:.0%} of them bad"
    )


#: How much more readily the fit follows the hand weights than any one feature.
PRIOR_TRUST = 6.0


def main(*paths: str) -> None:
    """Join, fit and write."""
    if paths:
        rows = [*scored_candidates(), *joined(Path(paths[0]), Path(paths[1]))]
        _target().write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    rows = scored_candidates()
    weights_file = shipped_dir("data") / "scorer.toml"
    prior = tomllib.loads((shipped_dir("data") / "scorer-prior.toml").read_text(encoding="utf-8"))
    made = [row for row in rows if "likelihood" not in row["features"]]
    written = [_plain(row) for row in rows if "worth" in row["features"]]
    lines: list[str] = []
    for maker, some in (("weights", made), ("written", written)):
        weights, told = fit(some, prior[maker], WORTH_SHOWING[maker])
        lines += [f"[{maker}]", *(f"{json.dumps(name)} = {value:.3f}" for name, value in sorted(weights.items()))]
        print(f"{maker}: {summary(some, told, WORTH_SHOWING[maker])}")
    head = (
        "# Weights of the ranking, by feature (`nlp/rewording/features.py`), fitted by `python -m nlp.making.scorer`.\n"
    )
    weights_file.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _target() -> Path:
    return shipped_dir("data") / "candidate-scores.jsonl"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"features": {name: row["features"].get(name, 0.0) for name in WRITTEN}}


def _key(row: dict[str, Any]) -> tuple[str, int, int, str]:
    return row["id"], row["start"], row["end"], _option(row)


def _option(row: dict[str, Any]) -> str:
    return str(row["option"] if "option" in row else row["text"])


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main(*sys.argv[1:])
