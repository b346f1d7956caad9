"""Fit what finds the note `self-worth`, and write its weights to `data/worth.toml`.

Usage: python -m nlp.making.worth

It learns from the examples in `data/notes.toml`, with the sentences of the train writers as what the note is not about:
very few of them are. The bar is the score over which at most HITS sentences of the dev split stand: drafts in which the
note is right are rare there, so that a lower bar would mostly bring wrong ones. The hits are printed, to be read.
Run it again whenever the encoder is shipped anew.
"""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import StandardScaler

from ..encoder import shipped_encoder
from ..examples import Split, shipped_examples
from ..knowledge import note_texts
from ..paths import shipped_dir
from ..pins import SHIPPED_ENCODER_SHA256
from ..segmentation import sentence_bounds
from ..vectors import shipped_table
from ..words import Floats
from ..worth import Worth, persons

#: How much of the weight the three kinds of rows carry together: examples, what sounds alike, everything else.
SHARES = (1.0, 0.4, 0.6)
C = 0.0001
HITS = 2
FOLDS = 5
READ = 30


def main() -> None:
    """Fit, choose the bar on dev, print what stands at the top there, and write."""
    text = note_texts()["self-worth"]
    examples = [*text.like, *text.unlike]
    nothing = np.zeros(0, dtype=np.float32)
    judge = Worth(SHIPPED_ENCODER_SHA256, nothing, 0.0, 0.0, **persons())
    own = np.vstack([_vector(words) for words in examples])
    rest, _ = _of_sender(judge, "train")
    dev, said = _of_sender(judge, "dev")
    x, y = np.vstack([own, rest]), np.arange(len(own) + len(rest)) < len(text.like)
    scaler = StandardScaler().fit(rest)
    scaled = scaler.transform(x)
    sizes = (len(text.like), len(text.unlike), len(rest))
    weight = np.concatenate([np.full(size, share / size) for size, share in zip(sizes, SHARES, strict=True)]) * 1000
    held = np.zeros(len(y))
    for learn, kept in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(scaled, y):
        held[kept] = _fit(scaled[learn], y[learn], weight[learn]).decision_function(scaled[kept])
    model = _fit(scaled, y, weight)
    # Folded in, so that the weights read vectors as they are.
    weights = model.coef_[0] / scaler.scale_
    start = float(model.intercept_[0] - weights @ scaler.mean_)
    scores = dev @ weights + start
    order = np.argsort(-scores)
    bar = float(scores[order[HITS - 1]])
    for number in order[:READ]:
        print(f"{scores[number]:6.2f}  {said[number]}")
    found, alike = (held[: sizes[0]] >= bar).mean(), (held[sizes[0] : sizes[0] + sizes[1]] >= bar).mean()
    print(
        f"held out, at the bar {bar:.2f}: {found:.0%} of the examples are found, and {alike:.0%} of what sounds alike"
    )
    print(
        f"{(scores >= bar).sum()} of {len(dev)} dev sentences, {(held[sum(sizes[:2]) :] >= bar).sum()} of {len(rest)} train"
    )
    _write(weights, start, bar)


def _fit(x: Floats, y: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=C, solver="newton-cholesky").fit(x, y, sample_weight=weight)


def _vector(words: str) -> Floats:
    """Return the mean vector of an example's sentences."""
    return shipped_encoder().encode(words, sentence_bounds(words)).vectors.mean(axis=0)


def _of_sender(judge: Worth, split: Split) -> tuple[Floats, list[str]]:
    """Return the vectors and words of a split's sentences about the sender."""
    said = [draft.text[s.start : s.end] for draft in shipped_examples(split) for s in draft.sentences]
    kept = [n for n, words in enumerate(said) if judge.is_of_sender(words)]
    # The vector comes first among a sentence's features.
    return shipped_table(split).x[kept][:, : len(_vector("ok"))], [said[n] for n in kept]


def _write(weights: Floats, start: float, bar: float) -> None:
    lines = [
        "# What finds the note `self-worth`: weights over a sentence's vector, and the bar.",
        "# Written by `python -m nlp.making.worth` for one encoder; make it again with every new one.",
        f'encoder = "{SHIPPED_ENCODER_SHA256}"',
        f"start = {start:.4f}",
        f"bar = {bar:.4f}",
        f"weights = [{', '.join(f'{w:.3f}' for w in weights)}]",
    ]
    (shipped_dir("data") / "worth.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
