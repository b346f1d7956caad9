"""Print what retraining costs with few and many examples of one's own, and with and without the cache.

Usage: python benchmarks/retraining.py [NUMBER …]     (default: 16 500 5000 50000)

The examples are shipped sentences with words put before them: for timing, not for figures of quality.
"""

import os
import sys
import tempfile
import time

from nlp import vectors
from nlp.examples import shipped_examples
from nlp.feedback import Sample
from nlp.paths import HOME_VARIABLE
from nlp.retraining import retrain

OPENINGS = ("", "and ", "well ", "so ", "look, ", "honestly ", "hm. ", "ok so ", "right, ", "anyway ")


def samples(count: int) -> list[Sample]:
    sentences = [
        Sample(opening + d.text[s.start : s.end], s.labels)
        for opening in OPENINGS
        for d in shipped_examples("train")
        for s in d.sentences
    ]
    return (sentences * (1 + count // len(sentences)))[:count]


def main() -> None:
    wanted = [int(number) for number in sys.argv[1:]] or [16, 500, 5000, 50000]
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = home
        began = time.perf_counter()
        vectors.prepare()
        print(f"vectors of the shipped examples, once     {time.perf_counter() - began:8.1f} s")
        for count in wanted:
            own = samples(count)
            began = time.perf_counter()
            result = retrain([], own)
            took = time.perf_counter() - began
            print(f"{count:6} own examples: {took:8.1f} s   gate {'passed' if result.verdict.passed else 'refused'}")


if __name__ == "__main__":
    main()
