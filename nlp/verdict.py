"""The gate: whether a new model may replace the one in use. In doubt it may not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .comparison import Changed, Comparison
from .knowledge import labels

#: F1 of a label may fall by so much.
MOST_FALL = 0.01
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the new model may be used; if not, what got worse, on which sentences, by which of the user's examples."""

    passed: bool
    reasons: tuple[str, ...] = ()
    worse: tuple[Changed, ...] = ()
    #: Ids of the user's examples that pull the sentences that got worse, the most frequent first.
    suspects: tuple[int, ...] = ()


def judge(*comparisons: Comparison) -> Verdict:
    """Judge a new model by its comparison with each model that it must not fall behind."""
    reasons = tuple(dict.fromkeys(reason for comparison in comparisons for reason in _reasons(comparison)))
    if not reasons:
        return Verdict(True)
    worse = tuple(dict.fromkeys(c for comparison in comparisons for c in comparison.changed if c.is_worse))
    return Verdict(False, reasons, worse, _suspects(worse))


def _reasons(comparison: Comparison) -> Iterator[str]:
    for label, figure in comparison.f1.items():
        name = labels()[label].title
        if figure.gain < -MOST_FALL - _ROUNDING:
            yield f"“{name}” is found less well: F1 fell from {figure.old:.3f} to {figure.new:.3f}."
        elif figure.high < -_ROUNDING:
            yield f"“{name}” is surely found less well, if only by little: F1 {figure.old:.3f} to {figure.new:.3f}."
    alarms, safety, threats = comparison.false_alarms, comparison.safety_found, comparison.threats_told
    if alarms.new > alarms.old:
        yield f"More messages without anything harsh are flagged: {alarms.new} of {alarms.total}, before {alarms.old}."
    if safety.new < safety.old:
        yield f"Fewer messages about safety are noticed: {safety.new} of {safety.total}, before {safety.old}."
    if threats.new < threats.old:
        yield f"A threat is told less well from a cry for help: {threats.new} of {threats.total}, before {threats.old}."


def _suspects(worse: Sequence[Changed]) -> tuple[int, ...]:
    ids = [id for changed in worse for id in changed.because]
    return tuple(sorted(set(ids), key=lambda id: (-ids.count(id), id)))
