"""Make `models/phrasebook/book.npz` from `data/phrasebook.jsonl`, and pin its checksum.

Usage: python -m nlp.making.phrasebook

Needed after a change of the phrasebook or of the encoder (after `gentle-draft train --ship`).
"""

from ..model_store import load_shipped
from ..rewording.phrasebook import entries, sayings, write_book
from ..shipping import pin


def main() -> None:
    """Check the phrasebook, write the book and pin it."""
    pin(PHRASEBOOK=write_book(load_shipped().estimator.projection))
    print(f"{len(entries())} entries in {len(sayings())} ways of saying them")


if __name__ == "__main__":
    main()
