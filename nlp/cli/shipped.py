"""The commands `gentle-draft examples agreement|counts`: figures about the shipped examples."""

import csv
import sys

from ..schema import LABELS


def agreement() -> None:
    """Print how far the two readers of each shipped draft agree (Cohen's kappa)."""
    from ..examples import agreement, read_readings
    from ..paths import shipped_dir

    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(["what", "first", "second", "both", "kappa"])
    for row in agreement(read_readings(shipped_dir("data") / "readings.jsonl")):
        writer.writerow([row.name, row.first, row.second, row.both, f"{row.kappa:.3f}"])


def counts() -> None:
    """Print how many shipped drafts and sentences each split holds, by label and kind."""
    from ..examples import SPLITS, shipped_examples

    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerow(["split", "writers", "drafts", "sentences", *LABELS, "clear"])
    for split in SPLITS:
        drafts = shipped_examples(split)
        sentences = [s for d in drafts for s in d.sentences]
        numbers = [sum(label in s.labels for s in sentences) for label in LABELS]
        clear = sum(not s.labels for s in sentences)
        writer.writerow([split, len({d.writer for d in drafts}), len(drafts), len(sentences), *numbers, clear])
