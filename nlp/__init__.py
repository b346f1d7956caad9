"""Gentle Draft: read a message to a partner before it is sent, on the sender's own machine."""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from .schema import LABELS, Reflection

if TYPE_CHECKING:
    from .pipeline import Assistant

try:
    __version__ = version("gentle-draft")
except PackageNotFoundError:
    __version__ = "0+unknown"

__all__ = ["LABELS", "Assistant", "Reflection", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the Assistant on first use: the command line answers `--help` without opening a model."""
    if name == "Assistant":
        return import_module(".pipeline", __name__).Assistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
