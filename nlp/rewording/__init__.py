"""Rewordings: understand the flagged place, choose what to say, say it, check it."""

from .engine import Reworder
from .request import appreciation_of, request_of
from .say import Wish
from .tone import SOFTNESSES, Softness

__all__ = ["SOFTNESSES", "Reworder", "Softness", "Wish", "appreciation_of", "request_of"]
