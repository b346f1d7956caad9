"""Features of labelled drafts: of the shipped ones made once and cached, of the user's own made anew each time.

The cache is `$GENTLE_DRAFT_HOME/cache/<split>-<checksum>.npy`, named by its content: the encoder and the drafts' words
and bounds. It holds shipped examples only, so that deleting one's own leaves no vector behind.
"""

import hashlib
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from .encoder import Encoder, shipped_encoder
from .examples import LabelledDraft, Split, shipped_examples
from .paths import private_dir, user_dir
from .pins import SHIPPED_ENCODER_SHA256
from .table import Table, draft_features, tabulate
from .words import Floats

#: Called with the number of drafts read so far; raises to stop.
Tick = Callable[[int], None]
#: What retraining reads; `test` is never among it.
SPLITS_READ: tuple[Split, ...] = ("gate", "dev", "train")
_CHUNK = 64


def shipped_table(split: Split, tick: Tick = lambda done: None, encoder: Encoder | None = None) -> Table:
    """Return the table of a shipped split, from the cache where it is there and whole."""
    drafts = shipped_examples(split)
    path = _path(split, drafts)
    x = _cached(path, sum(len(d.sentences) for d in drafts))
    if x is None:
        x = np.concatenate(features_of(drafts, tick, encoder))
        _keep(path, x)
    return tabulate(drafts, [x])


def prepare(tick: Tick = lambda done: None) -> None:
    """Make the cache of all that retraining reads; for a quiet moment before the first retraining."""
    for split in SPLITS_READ:
        shipped_table(split, tick)


def is_cached(split: Split) -> bool:
    """Tell whether the vectors of a split are there already."""
    return _path(split, shipped_examples(split)).is_file()


def features_of(
    drafts: Sequence[LabelledDraft], tick: Tick = lambda done: None, encoder: Encoder | None = None
) -> list[Floats]:
    """Return the features of each draft's sentences, a chunk at a time."""
    found: list[Floats] = []
    for at in range(0, len(drafts), _CHUNK):
        tick(at)
        found += draft_features(encoder or shipped_encoder(), drafts[at : at + _CHUNK])
    return found


def _path(split: Split, drafts: Sequence[LabelledDraft]) -> Path:
    content = hashlib.sha256(SHIPPED_ENCODER_SHA256.encode())
    for draft in drafts:
        content.update(repr((draft.text, draft.bounds)).encode())
    return user_dir() / "cache" / f"{split}-{content.hexdigest()[:24]}.npy"


def _cached(path: Path, rows: int) -> Floats | None:
    try:
        x = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    whole = x.ndim == 2 and len(x) == rows and x.dtype == np.float32 and bool(np.isfinite(x).all())
    return np.asarray(x) if whole else None


def _keep(path: Path, x: Floats) -> None:
    """Write the cache beside and rename it; where that cannot be done, the next time takes longer, and that is all."""
    beside = path.with_name(f".{os.getpid()}-{secrets.token_hex(4)}.npy")
    with suppress(OSError):
        private_dir(path.parent)
        try:
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                np.save(file, x, allow_pickle=False)
            for old in path.parent.glob(f"{path.name.split('-')[0]}-*.npy"):
                old.unlink(missing_ok=True)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
