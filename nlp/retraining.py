"""Fit the model again with the user's own examples, compare it with the one in use, and judge whether it may replace it.

`retrain` does all of it and writes nothing but the cache of shipped vectors; `keep` writes the result as a version and
makes it active where it passed. `Job` (job.py) runs both in a thread of its own, for the page.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from . import versions
from .cards import Card, ranges, write_card
from .comparison import MOST_SHOWN, Changed, Comparison, compare, names_of, read
from .errors import ModelError
from .estimator import Bools, Doubles, Estimator, SignChooser
from .feedback import Kept, Sample, Store
from .fitting import COMPARE, GATE, GATE_DRAFTS, Fitted, Own, fit_own, stages_of
from .model_store import StoredModel, load_active, load_shipped, load_version, save
from .own import own_signs
from .pins import SHIPPED_ENCODER_SHA256
from .progress import Report, ignore
from .schema import LABELS, Label
from .table import Table
from .taught import teach_signs
from .vectors import shipped_table
from .verdict import Verdict, judge

SEED = 20


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """The user's own examples: read as taught by the shipped model, by the one in use, and by one that had not seen them."""

    count: int
    shipped: int
    old: int
    #: By cross-validation: each was read by a model fitted on the others.
    new: int
    #: By the new model itself.
    taught: int


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An example whose labels the others speak against: `label` is given or missing, at this probability."""

    id: int
    label: Label
    is_given: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Retrained:
    """A new model, not written yet, beside the one in use."""

    estimator: Estimator
    card: Card
    comparison: Comparison
    own: OwnFigures
    verdict: Verdict
    #: Ten sentences whose verdict changed, some of them the user's own.
    changed: tuple[Changed, ...]
    #: Likely label errors among the user's examples.
    doubtful: tuple[Doubtful, ...]
    #: The words that each kept example had, by its id.
    texts: dict[int, str]


def retrain(kept: Sequence[Kept], extra: Sequence[Sample] = (), report: Report = ignore) -> Retrained:
    """Fit with examples that are kept (and others), compare and judge; `report` may raise CancelledError to stop."""
    own = Own.of(kept, extra)
    stages = stages_of(own, report)
    used, shipped = load_active(), load_shipped()
    stages.at(GATE)
    gate = shipped_table("gate", lambda done: stages.at(GATE, done / GATE_DRAFTS))
    results = []
    for fitted in fit_own(shipped.estimator, own, stages):
        stages.at(COMPARE)
        results.append(_judged(own, gate, shipped, used, fitted))
        if results[-1].verdict.passed:
            break
    stages.done()
    # Where none passed, the one that learns most tells what got worse.
    return results[-1] if results[-1].verdict.passed else results[0]


def keep(result: Retrained) -> versions.Version:
    """Write the new model as a version and make it active, in one atomic step each; only where it passed the gate."""
    if not result.verdict.passed:
        raise ModelError("The new model is not kept: it would read some messages less well than the one in use.")
    there = Store().texts() if result.texts else {}
    if any(there.get(id) != text for id, text in result.texts.items()):
        raise ModelError("Some of the examples were deleted or reworded while the model learned them; train again.")
    folder = versions.new_folder()
    try:
        card = save(folder, result.estimator, result.card)
        name = _published(folder, card)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ModelError(f"The new model cannot be kept ({reason}); the one in use stays.") from error
    finally:
        versions.discard(folder)
    versions.activate(name)
    return versions.version(name)


def _published(folder: Path, card: Card) -> str:
    """Make a written model a version under a free name; another process may take a name at the same moment."""
    while True:
        name = versions.free_name(f"own-{card.made[:10].replace('-', '')}")
        write_card(folder, replace(card, version=name))
        try:
            versions.publish(folder, name)
        except versions.TakenError:
            continue
        return name


def compare_versions(old: str, new: str) -> Comparison:
    """Return the comparison of two versions by name on the `gate` split."""
    first, second = (load_version(versions.checked(name)).estimator for name in (old, new))
    gate = shipped_table("gate")
    return compare(gate, read(first, gate.x), read(second, gate.x))


def doubtful(kept: Sequence[Kept], report: Report = ignore) -> tuple[Doubtful, ...]:
    """Return likely label errors among the examples, by probabilities of models that had not seen them."""
    own = Own.of(kept, ())
    stages = stages_of(own, report)
    found = _doubtful(own, next(fit_own(load_shipped().estimator, own, stages)).held_out)
    stages.done()
    return found


def _judged(own: Own, gate: Table, shipped: StoredModel, used: StoredModel, fitted: Fitted) -> Retrained:
    labels = fitted.labels
    signs: dict[str, SignChooser] = {
        label: teach_signs(shipped.estimator.signs[label], own.x, own_signs(own.samples, label))
        for label in LABELS
        if label in shipped.estimator.signs
    }
    estimator = replace(shipped.estimator, labels=labels, signs=signs)
    new = read(estimator, gate.x)
    because = labels.nearest(estimator.project(gate.x))
    comparison = compare(gate, read(used.estimator, gate.x), new, because)
    # Also against the shipped model: many small falls, each allowed, must not add up.
    verdict = judge(comparison, compare(gate, read(shipped.estimator, gate.x), new, because))
    sides = {
        "shipped": shipped.estimator.labels.predict(own.x),
        "old": used.estimator.labels.predict(own.x),
        "new": fitted.held_out >= labels.thresholds_,
        "taught": labels.predict(own.x),
    }
    figures = OwnFigures(len(own), **{name: int((said == own.y).all(axis=1).sum()) for name, said in sides.items()})
    return Retrained(
        estimator,
        _card(own, gate, comparison, figures),
        comparison,
        figures,
        verdict,
        _ten(own, comparison, sides["old"], sides["taught"]),
        _doubtful(own, fitted.held_out),
        {id: sample.text for id, sample in zip(own.ids, own.samples, strict=True) if id >= 0},
    )


def _card(own: Own, gate: Table, comparison: Comparison, figures: OwnFigures) -> Card:
    return Card(
        version="",
        encoder_sha256=SHIPPED_ENCODER_SHA256,
        seed=SEED,
        trained_on={"shipped": load_shipped().card.version, "own": len(own)},
        figures={
            "gate": {
                "sentences": len(gate),
                "F1": {label: {"before": f.old, "after": f.new} for label, f in comparison.f1.items()},
                "clear drafts flagged": asdict(comparison.false_alarms),
                "safety drafts found": asdict(comparison.safety_found),
                "calibration error": comparison.calibration_error.new,
            },
            "own": asdict(figures),
        },
        made=dt.datetime.now().isoformat(timespec="seconds"),
        own=ranges(id for id in own.ids if id >= 0),
    )


def _ten(own: Own, comparison: Comparison, old: Bools, new: Bools) -> tuple[Changed, ...]:
    """Return sentences whose verdict changed: up to half of them from `gate`, the others the user's own."""
    mine = [
        Changed(s.text, names_of(before), names_of(after), s.labels, id=id if id >= 0 else None)
        for s, id, before, after in zip(own.samples, own.ids, old, new, strict=True)
        if (before != after).any()
    ]
    others = list(comparison.changed)
    room = max(MOST_SHOWN // 2, MOST_SHOWN - len(mine))
    return tuple([*others[:room], *mine][:MOST_SHOWN])


#: A label that was given at less, or was not given at more than one minus this probability, is doubtful.
_DOUBT = 0.15


def _doubtful(own: Own, held_out: Doubles) -> tuple[Doubtful, ...]:
    found = []
    for id, truth, scores in zip(own.ids, own.y, held_out, strict=True):
        for label, given, p in zip(LABELS, truth, scores, strict=True):
            if id >= 0 and (p if given else 1 - p) < _DOUBT:
                found.append(Doubtful(id, label, bool(given), float(p)))
    return tuple(sorted(found, key=lambda d: d.probability if d.is_given else 1 - d.probability))
