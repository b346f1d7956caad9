"""What the decoder learns from: a place of a text, and what stands there instead."""

import zlib
from dataclasses import dataclass

#: One of so many writers and blocks is held out.
HELD = 25


@dataclass(frozen=True, slots=True)
class Item:
    """A place of a text and what stands there instead; what is of one `group` is held out together.

    `points` are what readers gave it, where it was scored: the guide's seven, 0 to 1, and whether it is no bad one.
    """

    kind: str
    group: str
    text: str
    start: int
    end: int
    instead: str
    points: tuple[float, ...] = ()

    @property
    def is_held(self) -> bool:
        """Tell whether it is held out."""
        return is_held(self.group)


def is_held(group: str) -> bool:
    """Tell whether a group is held out."""
    return zlib.crc32(group.encode()) % HELD == 0
