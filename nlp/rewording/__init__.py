"""Rewordings: understand the flagged place, choose what to say, say it, check it."""

from .engine import Reworder

__all__ = ["Reworder"]
