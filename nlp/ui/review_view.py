"""Turn what a window does on Review into what the page draws: plain data, user text as text."""

from typing import Any

from .. import versions
from ..errors import FeedbackError
from ..feedback import Clash, Kept, Preview, State, Store
from ..feedback.database import Database
from ..schema import LABELS
from . import words
from .advice import key_of
from .dates import day_of
from .reviewing import Reviewing
from .sift import AT_ONCE, Sift

View = dict[str, Any]
_LINES_SHOWN = 500


def review_view(window: Reviewing) -> View:
    """Return everything that the page shows; a database that cannot be read becomes one sentence."""
    view = {
        "answered": window.answered,
        "status": window.status,
        "error": window.error,
        "undo": len(window.past),
        "sift": _sift(window.sift),
        "preview": None if window.preview is None else _preview(window.preview),
        "file": window.file and dict(zip(("number", "name", "text"), window.file, strict=True)),
    }
    try:
        return view | _kept_part(window)
    except FeedbackError as error:
        return (
            view | {"error": str(error), "counts": {}, "total": 0, "items": [], "more": False, "models": {}} | _NOTHING
        )


_NOTHING: View = {"clashes": [], "advice": None, "consent": "", "intro": words.REVIEW_INTRO, "states": words.STATES}


def _kept_part(window: Reviewing) -> View:
    kept = window.kept()
    if not kept:
        return {**_NOTHING, "counts": {}, "total": 0, "items": [], "more": False, "models": {}, "consent": _consent()}
    shown = window.sift.find()
    by_id = {each.id: each for each in kept}
    return {
        "intro": words.REVIEW_INTRO,
        "states": words.STATES,
        "counts": {str(state): sum(each.sample.state is state for each in kept) for state in State},
        "total": len(kept),
        "items": [_item(each) for each in shown[: window.sift.limit]],
        "more": len(shown) > window.sift.limit,
        "models": _models(),
        "titles": {v.name: words.version_title(v.name) for v in versions.versions()},
        "clashes": [_clash(clash, by_id) for clash in window.advice.clashes(kept)],
        "advice": _advice(window, by_id),
        "consent": _consent(),
    }


def _sift(sift: Sift) -> View:
    names = ("order", "label", "state", "since", "until", "limit")
    return {name: getattr(sift, name) for name in names} | {"step": AT_ONCE}


def _item(kept: Kept) -> View:
    sample = kept.sample
    return {
        "id": kept.id,
        "text": sample.text,
        "before": sample.before or "",
        "after": sample.after or "",
        "labels": list(sample.labels),
        "phrases": [{"start": p.start, "end": p.end, "label": p.label, "sign": p.sign} for p in sample.phrases],
        "state": str(sample.state),
        "when": day_of(kept.created),
        "said": _said(kept),
    }


def _said(kept: Kept) -> View | None:
    said = kept.sample.said
    if said is None:
        return None
    sure = words.how_sure(said.scores)
    shares = ", ".join(f"{label} {score:.0%}" for label, score in zip(LABELS, said.scores, strict=False))
    return {"line": words.model_said(said.labels, sure), "figures": shares}


def _models() -> View:
    """Return the user's models with the examples each was trained on; None where its card cannot be read."""
    own = [v for v in versions.versions() if v.name != versions.SHIPPED]
    return {v.name: None if v.card is None else v.card.own for v in own}


def _clash(clash: Clash, by_id: dict[int, Kept]) -> View:
    return {
        "key": key_of(clash),
        "text": clash.text,
        "contradicts": clash.contradicts,
        "shipped": None if clash.shipped is None else list(clash.shipped),
        "items": [
            {"id": id, "text": by_id[id].sample.text, "labels": list(by_id[id].sample.labels)} for id in clash.ids
        ],
    }


def _advice(window: Reviewing, by_id: dict[int, Kept]) -> View | None:
    looking = window.advice.looking
    if looking is None:
        return None
    found = looking.result
    return {
        "running": looking.is_running,
        "share": looking.progress.share,
        "error": looking.error,
        "doubtful": [
            {"id": each.id, "text": by_id[each.id].sample.text, "line": words.doubt(each.label, each.is_given)}
            for each in (found.doubtful if found else ())
            if each.id in by_id
        ],
        "telling": [
            {"id": each.id, "text": each.sample.text, "line": words.telling(each.said)}
            for each in (found.telling if found else ())
            if each.id is None or (each.id in by_id and by_id[each.id].sample.state is State.new)
        ],
    }


def _preview(preview: Preview) -> View:
    lines = [
        {"number": line.number, "text": line.sample.text, "labels": list(line.sample.labels), "note": line.note}
        | {"double": line.is_double}
        for line in preview.lines[:_LINES_SHOWN]
    ]
    refused = [{"number": each.number, "reason": each.reason} for each in preview.refused[:_LINES_SHOWN]]
    count = len(preview.samples)
    return {
        "name": preview.name,
        "count": count,
        "summary": words.preview_summary(count, len(preview.lines) - count, len(preview.refused)),
        "lines": lines,
        "refused": refused,
        "hidden": max(0, len(preview.lines) - _LINES_SHOWN) + max(0, len(preview.refused) - _LINES_SHOWN),
    }


def _consent() -> str:
    if not Database().path.exists():
        return ""
    consent = Store().consent()
    return "" if consent is None else words.consent_since(day_of(consent.since), consent.neighbours)
