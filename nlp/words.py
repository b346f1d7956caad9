"""The vectors of word pieces that the encoder and the decoder share, kept in 8 bits."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class WordVectors:
    """A row for each word piece, as `words.npz` holds it."""

    def __init__(self, path: Path) -> None:
        """Open the table: `table` (pieces, width) in 8 bits, with its `scale` and `zero`."""
        with np.load(path) as stored:
            self._table = stored["table"]
            self._zero, self._scale = np.float32(stored["zero"]), np.float32(stored["scale"])

    def __len__(self) -> int:
        """Return the number of word pieces."""
        return len(self._table)

    def __getitem__(self, ids: npt.NDArray[np.int64]) -> Floats:
        """Return the vectors of some word pieces (*shape of the ids, width)."""
        vectors: Floats = (self._table[ids].astype(np.float32) - self._zero) * self._scale
        return vectors
