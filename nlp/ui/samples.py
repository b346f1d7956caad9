"""The four sample drafts for somebody who has nothing to paste yet."""

import tomllib
from dataclasses import dataclass
from functools import cache

from ..errors import KnowledgeError
from ..paths import shipped_dir


@dataclass(frozen=True, slots=True)
class Sample:
    """A draft of our own making, with the words on its button."""

    id: str
    title: str
    text: str


@cache
def samples() -> tuple[Sample, ...]:
    """Return the sample drafts in the file's order."""
    path = shipped_dir("data") / "samples.toml"
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["sample"]
        return tuple(Sample(id=row["id"], title=row["title"], text=row["text"].strip()) for row in rows)
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"data/{path.name} cannot be read ({error}); restore the shipped file.") from error
