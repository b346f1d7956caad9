"""Rank candidates: a linear scorer over `features`, fitted from readers' scores; hand weights where there are none yet.

`data/scorer.toml` is written by `python -m nlp.making.scorer`; without it `data/scorer-prior.toml` is used.
"""

from collections.abc import Mapping
from functools import cache

from ..paths import shipped_dir
from ..wording import read_words

#: Under this score an option is not shown: an honest prompt is better than a bad option.
SHOWN = 0.0
#: The features of a second reading, each between 0 and 1.
SECOND_READING = ("nearest", "likeness")


@cache
def weights(maker: str) -> Mapping[str, float]:
    """Return the scorer's weights by feature for what rules and phrasebook made, or what the decoder wrote."""
    fitted = (shipped_dir("data") / "scorer.toml").exists()
    return dict(read_words("scorer.toml" if fitted else "scorer-prior.toml")[maker])


def still_to_gain(found: Mapping[str, float]) -> float:
    """Return the most that a second reading may add to the score of a candidate's features."""
    known = _known(found)
    return sum(max(0.0, known.get(name, 0.0)) for name in SECOND_READING)


def score(found: Mapping[str, float]) -> float:
    """Return the score of a candidate's features; the higher, the better it should read."""
    known = _known(found)
    return known.get("start", 0.0) + sum(known.get(name, 0.0) * value for name, value in found.items())


def _known(found: Mapping[str, float]) -> Mapping[str, float]:
    return weights("written" if "likelihood" in found else "weights")
