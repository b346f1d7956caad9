"""Measure whether more examples still pay: one branch fine-tuned on growing shares of `train`, read on one `dev`.

Usage: python -m nlp.making.learning_curve BASE OUT_FILE [DRAFTS …]

Each size is written as soon as it is done; sizes that the file holds already are not measured again.
"""

import json
import sys
from pathlib import Path

from .encoder import DraftReader, add_emoji, arguments, published_tokenizer, seed_all, shipped_examples, train

SEED = 20
#: The same number of passes for every size, so that only the examples differ.
EPOCHS = 4
SIZES = (800, 1600, 3200, 6400)


def main() -> None:
    """Write one row a size."""
    base, out = Path(sys.argv[1]), Path(sys.argv[2])
    rows = json.loads(out.read_text(encoding="utf-8")) if out.exists() else []
    for size in map(int, sys.argv[3:] or SIZES):
        if any(row["drafts"] == size for row in rows):
            continue
        args = arguments().parse_args([str(base), str(out), "--limit", str(size), "--epochs", str(EPOCHS)])
        seed_all(SEED)
        model, tokenizer = DraftReader(base), published_tokenizer(base)
        add_emoji(tokenizer, model, shipped_examples("train"))
        last = train(model, tokenizer, args, SEED)[-1]
        rows.append({"drafts": last["drafts"], "macro F1": last["dev_macro"], "F1": last["dev_f1"]})
        rows.sort(key=lambda row: row["drafts"])
        out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
