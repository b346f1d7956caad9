"""The user's own model versions, beside the shipped one: listed, made active in one atomic step, removed.

`$GENTLE_DRAFT_HOME/models/<version>/` holds a model and its card, `models/active` the name of the active version and of
the one before it. The shipped model is never in there, so it can never be lost; its name here is `shipped`. This module
opens no model: `model_store.load_active()` does.
"""

import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .cards import CARD, FILE, Card, read_card
from .errors import ModelError
from .paths import private_dir, shipped_dir, user_dir

SHIPPED = "shipped"
ACTIVE = "active"
#: Letters, digits and single hyphens: no dot, no slash, nothing that a shell or a file system reads in another way.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Version:
    """A version that can be made active; `problem` says in one sentence why it cannot be used, where it cannot."""

    name: str
    card: Card | None
    is_active: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is active, and which was before it."""

    active: str = SHIPPED
    before: str = SHIPPED
