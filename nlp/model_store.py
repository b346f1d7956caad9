"""Keep fitted models: a joblib file and its card in one folder; opened only if the checksum holds."""

import hashlib
import io
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import joblib

from . import versions
from .cards import CARD, FILE, Card, read_card, write_card
from .errors import ModelError
from .estimator import Estimator
from .paths import shipped_dir
from .pins import SHIPPED_ENCODER_SHA256, SHIPPED_ESTIMATOR_SHA256

__all__ = [
    "CARD",
    "FILE",
    "Card",
    "StoredModel",
    "load",
    "load_active",
    "load_shipped",
    "load_version",
    "read_card",
    "save",
]


@dataclass(frozen=True, slots=True)
class StoredModel:
    """An estimator with its card; `problem` says why the active version could not be opened, where it could not."""

    estimator: Estimator
    card: Card
    problem: str = ""


def library_versions() -> dict[str, str]:
    """Return the versions a joblib file depends on."""
    return {name: version(name) for name in ("scikit-learn", "numpy", "joblib")}


def sha256_of(*paths: Path) -> str:
    """Return the checksum of a file, or of some one after the other, in hex."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def save(folder: Path, estimator: Estimator, card: Card) -> Card:
    """Write the model and its card; return the card with the checksum."""
    folder.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    joblib.dump(estimator, buffer, compress=("xz", 6))
    blob = buffer.getvalue()
    card = replace(card, sha256=hashlib.sha256(blob).hexdigest(), versions=library_versions())
    (folder / FILE).write_bytes(blob)
    write_card(folder, card)
    return card


def load(folder: Path, pinned: str | None = None) -> StoredModel:
    """Open a model whose bytes have the pinned checksum (or its card's); the bytes hashed are the bytes loaded."""
    card = read_card(folder)
    try:
        blob = (folder / FILE).read_bytes()
    except OSError as error:
        raise ModelError(f"The model {folder.name!r} cannot be read; use another version.") from error
    if hashlib.sha256(blob).hexdigest() != (pinned or card.sha256):
        raise ModelError(f"The model {folder.name!r} was altered or is incomplete; use another version.")
    installed = version("scikit-learn")
    if card.versions.get("scikit-learn") != installed:
        made = card.versions.get("scikit-learn", "an unknown version")
        raise ModelError(
            f"The model {folder.name!r} was made with scikit-learn {made}, and {installed} is installed; "
            "train it again or use another version."
        )
    try:
        return StoredModel(joblib.load(io.BytesIO(blob)), card)
    except Exception as error:
        # Made by this program, so only another version of it can be the reason: its classes have moved or changed.
        raise ModelError(f"The model {folder.name!r} was made by another Gentle Draft; train it again.") from error


def load_shipped() -> StoredModel:
    """Open the shipped model, whose checksum is pinned in code."""
    return load(shipped_dir("models") / "estimator", SHIPPED_ESTIMATOR_SHA256)


def load_version(name: str) -> StoredModel:
    """Open one of the user's versions, or the shipped model by its name `shipped`."""
    if name == versions.SHIPPED:
        return load_shipped()
    stored = load(versions.folder_of(name))
    if stored.card.encoder_sha256 != SHIPPED_ENCODER_SHA256:
        raise ModelError(f"The model {name!r} was made for an earlier Gentle Draft; train it again.")
    return stored


def activate_version(name: str) -> versions.Pointer:
    """Open a version and make it active; what cannot be opened is not made active."""
    load_version(name)
    return versions.activate(name)


def load_active() -> StoredModel:
    """Open the active version; where that cannot be done, the shipped model, which says why."""
    try:
        return load_version(versions.pointer().active)
    except ModelError as error:
        stored = load_shipped()
        return StoredModel(stored.estimator, stored.card, f"{error} The shipped model is used instead.")
