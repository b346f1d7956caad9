"""Fit the shipped model from the shipped examples, and pin its checksum."""

from collections.abc import Callable
from pathlib import Path

from . import pins
from .decoder import FILES
from .encoder import shipped_encoder
from .examples import shipped_examples
from .model_store import Card, save, sha256_of
from .paths import shipped_dir
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
        models = shipped_dir("models")
        words = sha256_of(models / "encoder" / "words.npz")
        decoder = sha256_of(*(models / "decoder" / name for name in FILES))
        pin(ESTIMATOR=card.sha256, ENCODER=card.encoder_sha256, WORDS=words, DECODER=decoder)
    say(f"Wrote {folder} (sha256 {card.sha256[:12]}…).")
    return card


def pin(**checksums: str) -> None:
    """Write checksums of shipped models into the code, beside those that stay as they are."""
    names = ("ESTIMATOR", "ENCODER", "WORDS", "DECODER", "PHRASEBOOK")
    known = {name: getattr(pins, f"SHIPPED_{name}_SHA256") for name in names}
    lines = [f'SHIPPED_{name}_SHA256 = "{checksum}"\n' for name, checksum in (known | checksums).items()]
    head = '"""Checksums of the shipped models, written by the commands that make them."""\n\n'
    Path(pins.__file__).write_text(head + "".join(lines), encoding="utf-8")
