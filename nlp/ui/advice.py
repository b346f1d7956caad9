"""What is worth a look among the kept examples: the same words twice, likely mistakes, and what to label next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from ..examples import shipped_examples
from ..feedback import Clash, Kept, State, clashes
from ..feedback.same import shipped_words
from ..progress import Report
from ..retraining import Doubtful, doubtful
from ..schema import Label
from ..telling import Telling, most_telling
from .background import Background


@dataclass(frozen=True, slots=True)
class Found:
    """What was found by reading the examples."""

    doubtful: tuple[Doubtful, ...]
    telling: tuple[Telling, ...]


@dataclass(slots=True)
class Advice:
    """What this window was told; `left` are the clashes that its user wants to leave as they are."""

    left: set[str] = field(default_factory=set)
    looking: Background[Found] | None = None

    def look(self, kept: Sequence[Kept]) -> None:
        """Begin to read the examples for likely mistakes and for what would teach the most."""
        if self.looking is None or not self.looking.is_running:
            self.looking = Background(lambda report: _found(kept, report))

    def clashes(self, kept: Sequence[Kept]) -> list[Clash]:
        """Return the same words that stand there twice, without those that are to be left."""
        usable = [each for each in kept if each.sample.state is not State.skipped]
        found = clashes(usable, _shipped()) if usable else []
        return [clash for clash in found if key_of(clash) not in self.left]


def key_of(clash: Clash) -> str:
    """Return what names a clash on the page."""
    return ",".join(map(str, clash.ids))


@cache
def _shipped() -> dict[str, tuple[Label, ...]]:
    # Never `test` or `gate`: what decides about a model is not shown to those who teach it.
    return shipped_words(shipped_examples("train", "dev"))


def _found(kept: Sequence[Kept], report: Report) -> Found:
    usable = [each for each in kept if each.sample.state is not State.skipped]
    return Found(doubtful(usable, report) if usable else (), tuple(most_telling(kept)))
