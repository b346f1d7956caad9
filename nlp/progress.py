"""True progress of a long task: each stage takes its share of the time that it is expected to take."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is, 0 to 1, and what it does just now, in plain words."""

    share: float
    step: str


Report = Callable[[Progress], None]


def ignore(progress: Progress) -> None:
    """Report to nobody."""


class Stages:
    """Turns parts of stages into parts of the whole; it never goes back."""

    def __init__(self, report: Report, seconds: dict[str, float]) -> None:
        """Take the stages in order, each with the time it is expected to take."""
        self._report = report
        self._seconds = seconds
        self._total = sum(seconds.values()) or 1.0

    def at(self, step: str, part: float = 0.0) -> None:
        """Report that a part (0 to 1) of a stage is done; the one who is told may stop the task by raising."""
        names = list(self._seconds)
        before = sum(self._seconds[name] for name in names[: names.index(step)])
        self._report(Progress((before + min(1.0, part) * self._seconds[step]) / self._total, step))

    def done(self) -> None:
        """Report the end."""
        self._report(Progress(1.0, "Done"))
