"""Fit the shipped model from the shipped examples, and pin its checksum."""

from collections.abc import Callable
from pathlib import Path

from .encoder import shipped_encoder
from .examples import shipped_examples
from .model_store import Card, StoredModel, save, sha256_of
from .paths import shipped_dir
from .pipeline import Assistant
from .rewording import phrasebook
from .rewording.analogies import meanings
from .training import fit

VERSION = "shipped-1"


def train_shipped(out: Path | None, ship: bool, seed: int, say: Callable[[str], None]) -> Card:
    """Fit on train (which the encoder was tuned on) and dev (which it was not); write the model and its card."""
    seen, unseen = shipped_examples("train"), shipped_examples("dev")
    say(f"Fitting on {len(seen)} drafts of the train split and {len(unseen)} of dev …")
    estimator = fit(shipped_encoder(), seen, unseen, seed)
    folder = shipped_dir("models") / "estimator" if ship else (out or Path("estimator"))
    card = Card(
        version=VERSION,
        encoder_sha256=sha256_of(shipped_dir("models") / "encoder" / "model.onnx"),
        seed=seed,
        trained_on={
            "train": {"drafts": len(seen), "sentences": sum(len(d.sentences) for d in seen)},
            "dev": {"drafts": len(unseen), "sentences": sum(len(d.sentences) for d in unseen)},
        },
    )
    card = save(folder, estimator, card)
    if ship:
        pin(card)
        write_phrasebook(StoredModel(estimator, card))
    say(f"Wrote {folder} (sha256 {card.sha256[:12]}…).")
    return card


def write_phrasebook(model: StoredModel) -> None:
    """Write where the lines of the phrasebook lie among the model's features."""
    docs = Assistant(model).read_all([phrasebook.example(text) for _, text in phrasebook.lines()])
    phrasebook.write(meanings(docs), model.card.sha256)


def pin(card: Card) -> None:
    """Write the checksums of the shipped models into the code."""
    (Path(__file__).parent / "pins.py").write_text(
        '"""Checksums of the shipped models, written by `gentle-draft train --ship`."""\n\n'
        f'SHIPPED_ESTIMATOR_SHA256 = "{card.sha256}"\n'
        f'SHIPPED_ENCODER_SHA256 = "{card.encoder_sha256}"\n',
        encoding="utf-8",
    )
