"""Turn a retraining's result into words and plain numbers for small pictures."""

from typing import Any

from ..comparison import Bin, Changed, Comparison, Count, Figure
from ..feedback import Kept
from ..job import Job
from ..retraining import OwnFigures
from . import words

View = dict[str, Any]
_WORSE_SHOWN = 10
_SUSPECTS_SHOWN = 10


def compared_view(job: Job, kept: list[Kept]) -> View:
    """Return old beside new: the verdict first, then pictures, then sentences."""
    result = job.result
    assert result is not None  # noqa: S101
    passed, by_id = result.verdict.passed, {each.id: each for each in kept}
    return {
        "passed": passed,
        "headline": words.PASSED if passed else words.NOT_PASSED,
        "kept": words.in_use(job.version.name) if job.version else "",
        "reasons": list(result.verdict.reasons),
        "labels": [_label(label, figure) for label, figure in result.comparison.f1.items()],
        "counts": _counts(result.comparison),
        "own": _own(result.own),
        "sure": {
            "line": words.calibration(result.comparison.calibration_error),
            "old": [_bin(each) for each in result.comparison.calibration_old],
            "new": [_bin(each) for each in result.comparison.calibration_new],
        },
        "changed": [_changed(each) for each in result.changed],
        "worse": [_changed(each) for each in result.verdict.worse[:_WORSE_SHOWN]],
        "suspects": [
            {"id": id, "text": by_id[id].sample.text, "labels": list(by_id[id].sample.labels)}
            for id in result.verdict.suspects
            if id in by_id
        ][:_SUSPECTS_SHOWN],
        "doubtful": sum(1 for each in result.doubtful if each.id in by_id),
    }


def _label(label: str, figure: Figure) -> View:
    return {
        "label": label,
        "line": words.label_change(figure),
        "old": figure.old,
        "new": figure.new,
        "low": figure.old + figure.low,
        "high": figure.old + figure.high,
        "figures": f"F1 {figure.old:.3f} → {figure.new:.3f}; 95 % of the change: {figure.low:+.3f} to {figure.high:+.3f}",
    }


def _counts(comparison: Comparison) -> list[View]:
    rows: list[tuple[str, Count]] = [
        (words.FALSE_ALARMS, comparison.false_alarms),
        (words.SAFETY_FOUND, comparison.safety_found),
        (words.THREATS_TOLD, comparison.threats_told),
    ]
    return [{"line": line, "old": count.old, "new": count.new, "total": count.total} for line, count in rows]


def _own(own: OwnFigures) -> View:
    bars = [
        (words.OWN_SHIPPED, own.shipped),
        (words.OWN_BEFORE, own.old),
        (words.OWN_UNSEEN, own.new),
        (words.OWN_TAUGHT, own.taught),
    ]
    return {"count": own.count, "line": words.own_right(own.taught, own.count), "bars": bars}


def _bin(each: Bin) -> View:
    return {"sure": each.sure, "right": each.right, "count": each.count}


def _changed(each: Changed) -> View:
    return {
        "text": each.text,
        "old": list(each.old),
        "new": list(each.new),
        "truth": list(each.truth),
        "mine": each.id is not None,
        "line": words.changed(each.is_better, each.is_worse, each.id is not None),
    }
