"""Rewordings: understand the flagged place, choose what to say, say it, check it."""

from .engine import Reworder
from .say import Wish, tidy, tidy_request

__all__ = ["Reworder", "Wish", "tidy", "tidy_request"]
