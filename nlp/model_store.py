"""Keep fitted models: a joblib file and its card in one folder; opened only if the checksum holds."""

import hashlib
import io
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import joblib
import numpy
import sklearn

from .errors import ModelError
from .estimator import Estimator
from .paths import shipped_dir
from .pins import SHIPPED_ESTIMATOR_SHA256

FILE, CARD = "estimator.joblib", "card.json"


@dataclass(frozen=True, slots=True)
class Card:
    """What a model was made from, and what it can do."""

    version: str
    sha256: str = ""
    encoder_sha256: str = ""
    seed: int = 20
    trained_on: dict[str, Any] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredModel:
    """An estimator with its card."""

    estimator: Estimator
    card: Card


def library_versions() -> dict[str, str]:
    """Return the versions a joblib file depends on."""
    return {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__, "joblib": joblib.__version__}


def sha256_of(path: Path) -> str:
    """Return a file's checksum in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def save(folder: Path, estimator: Estimator, card: Card) -> Card:
    """Write the model and its card; return the card with the checksum."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    joblib.dump(estimator, buffer, compress=("xz", 6))
    blob = buffer.getvalue()
    values = asdict(card) | {"sha256": hashlib.sha256(blob).hexdigest(), "versions": library_versions()}
    (folder / FILE).write_bytes(blob)
    (folder / CARD).write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return Card(**values)


def read_card(folder: Path) -> Card:
    """Return a model's card; raise ModelError where it cannot be read."""
    try:
        return Card(**json.loads((folder / CARD).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"The card of the model {folder.name!r} cannot be read; use another version.") from error


def load(folder: Path, pinned: str | None = None) -> StoredModel:
    """Open a model whose bytes have the pinned checksum (or its card's); the bytes hashed are the bytes loaded."""
    card = read_card(folder)
    try:
        blob = (folder / FILE).read_bytes()
    except OSError as error:
        raise ModelError(f"The model {folder.name!r} cannot be read; use another version.") from error
    if hashlib.sha256(blob).hexdigest() != (pinned or card.sha256):
        raise ModelError(f"The model {folder.name!r} was altered or is incomplete; use another version.")
    if card.versions.get("scikit-learn") != sklearn.__version__:
        made = card.versions.get("scikit-learn", "an unknown version")
        raise ModelError(
            f"The model {folder.name!r} was made with scikit-learn {made}, and {sklearn.__version__} is installed; "
            "train it again or use another version."
        )
    return StoredModel(joblib.load(io.BytesIO(blob)), card)


def load_shipped() -> StoredModel:
    """Open the shipped model, whose checksum is pinned in code."""
    return load(shipped_dir("models") / "estimator", SHIPPED_ESTIMATOR_SHA256)
