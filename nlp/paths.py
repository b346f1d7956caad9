"""Where the shipped files are, and where the user's own are kept."""

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "GENTLE_DRAFT_HOME"


def shipped_dir(name: str) -> Path:
    """Return the shipped folder `models` or `data`: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    installed = package / "assets" / name
    return installed if installed.is_dir() else package.parent / name


def user_dir() -> Path:
    """Return the folder for what the user chose to keep; it may not exist yet."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_data_path("gentle-draft", appauthor=False)


def private_dir(folder: Path) -> Path:
    """Create a folder that only its owner can open, with those above it; return it."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
