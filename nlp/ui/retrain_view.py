"""Turn what there is to learn, the learning and the versions into what the page draws: plain data."""

from typing import Any

from .. import versions
from ..errors import GentleDraftError
from ..feedback import Kept
from ..job import Job
from ..schema import LABELS
from . import words
from .compared_view import compared_view
from .dates import day_of
from .learning import Window, learning, usable

View = dict[str, Any]
_LATEST_SHOWN = 5


def retrain_view(window: Window) -> View:
    """Return everything that the page shows; a database that cannot be read becomes one sentence."""
    view: View = {
        "answered": window.answered,
        "status": window.status,
        "error": window.error,
        "intro": words.RETRAIN_INTRO,
        "job": _job(learning.job),
        "versions": _versions(),
        "examples": _examples([], frozenset()),
    }
    try:
        kept = usable()
        view["examples"] = _examples(kept, _known())
        if learning.job is not None and learning.job.result is not None:
            view["compared"] = compared_view(learning.job, kept)
    except GentleDraftError as error:
        view["error"] = str(error)
    return view


def _known() -> frozenset[int]:
    """Return the examples that the model in use was trained on."""
    active = next((v for v in versions.versions() if v.is_active), None)
    return active.card.own_ids if active is not None and active.card is not None else frozenset()


def _examples(kept: list[Kept], known: frozenset[int]) -> View:
    new = [each for each in kept if each.id not in known]
    counts = {label: sum(label in each.sample.labels for each in kept) for label in LABELS}
    return {
        "total": len(kept),
        "new": len(new),
        "headline": words.new_examples(len(new), len(kept)),
        "weight": words.WEIGHT,
        "enough": words.is_enough(len(new), len(kept)),
        "counts": [*counts.items(), ("clear", sum(not each.sample.labels for each in kept))],
        "latest": [
            {"text": each.sample.text, "labels": list(each.sample.labels), "when": day_of(each.created)}
            for each in kept[::-1][:_LATEST_SHOWN]
        ],
    }


def _job(job: Job | None) -> View | None:
    if job is None:
        return None
    return {
        "running": job.is_running,
        "share": job.progress.share,
        "step": job.progress.step,
        "cancelled": job.is_cancelled,
        "error": job.error,
    }


def _versions() -> View:
    pointer = versions.pointer()
    found = versions.versions()
    before = pointer.before if pointer.before != pointer.active else ""
    return {
        "back": words.version_title(before) if before and any(v.name == before for v in found) else "",
        "list": [_version(each) for each in found],
    }


def _version(version: versions.Version) -> View:
    card = version.card
    own = card is not None and version.name != versions.SHIPPED
    return {
        "name": version.name,
        "title": words.version_title(version.name),
        "active": version.is_active,
        "shipped": version.name == versions.SHIPPED,
        "problem": version.problem,
        "made": f"{day_of(card.made)}, {card.made[11:16]}" if card is not None and own else "",
        "examples": int(card.trained_on.get("own", 0)) if card is not None and own else None,
        "figures": _figures(card.figures) if card is not None and own else [],
    }


def _figures(figures: dict[str, Any]) -> list[str]:
    """Return a card's figures in words; a card that another program wrote may lack them."""
    try:
        gate, own = figures["gate"], figures["own"]
        lines = [words.found_of(label, gate["F1"][label]["after"]) for label in LABELS]
        return [*lines, words.own_right(int(own["taught"]), int(own["count"]))]
    except (KeyError, TypeError, ValueError):
        return []
