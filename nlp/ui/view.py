"""Turn a desk into what the page draws: plain data, with user text either as text or escaped by `highlight`."""

from collections.abc import Mapping
from typing import Any

from .. import knowledge
from ..notes import MOST_ADVICE
from ..schema import MAX_CHARACTERS, FillIn, Flag, Note, Option, Reflection, Suggestion
from ..wording import feelings, needs
from . import words
from .desk import Chosen, Desk
from .differences import differences
from .help import help_by_country
from .highlight import highlighted
from .samples import samples

View = dict[str, Any]
SAFETY = ("safety", "safety-sender")
# Nothing was read, or not only the sender's words: these stand above the draft, and are not counted as advice.
ABOVE = ("language", "thread")
_STYLES = {"brief": "Brief", "warm": "Warm", "space": "Gives room"}


def view(desk: Desk) -> View:
    """Return everything that the page shows for a desk."""
    return {
        "answered": desk.answered,
        "revision": desk.revision,
        "draft": desk.draft,
        "status": desk.status,
        "error": desk.error,
        "undo": len(desk.past),
        "redo": len(desk.future),
        "limit": MAX_CHARACTERS,
        "intro": words.INTRO,
        "private": words.PRIVATE,
        "samples": [sample.title for sample in samples()],
        # The place that "Back to the one before" belongs to.
        "steered": desk.turns[-1].place if desk.turns else None,
        "choices": _choices(),
        "reading": None if desk.reflection is None else _reading(desk.reflection, desk.chosen),
    }


def _choices() -> View:
    """Return what the sender may steer beside an option."""
    return {
        "feeling": [[name, row["soft"]] for name, row in feelings().items()],
        "softness": [["soft", "softly: a bit …"], ["strong", "plainly: really …"]],
        "need": [[name, row["name"]] for name, row in needs().items()],
        "style": [[name, title] for name, title in _STYLES.items()],
    }


def _reading(reflection: Reflection, chosen: Mapping[int, Chosen]) -> View:
    safety = [note for note in reflection.notes if note.kind in SAFETY]
    above = [note for note in reflection.notes if note.kind in ABOVE]
    rest = [note for note in (*reflection.notes, *reflection.waiting) if note.kind not in (*SAFETY, *ABOVE)]
    used = {flag.label for flag in reflection.flags}
    return {
        "summary": words.summary(len(reflection.flags)) if reflection.flags else _clear_sentence(reflection),
        "clear": reflection.is_clear and not safety and not above and not any(n.kind == "unsure" for n in rest),
        "marked": highlighted(reflection),
        "labels": [
            {"id": label.id, "title": label.title, "meaning": label.meaning}
            for label in knowledge.labels().values()
            if label.id in used
        ],
        "flags": [_flag(reflection, flag) for flag in reflection.flags],
        "places": _places(reflection, chosen),
        "rewrites": [_rewrite(reflection.text, each.style, each.text) for each in reflection.rewrites],
        "safety": [_note(reflection, note) for note in safety],
        "help": help_by_country() if safety else None,
        "above": [_note(reflection, note) for note in above],
        # All that hold: the page shows the first few that are not switched off.
        "notes": [_note(reflection, note) for note in rest],
        "shown": MOST_ADVICE,
        # Beside words about danger, praise for the style would be out of place.
        "strengths": [
            {"words": reflection.text[each.start : each.end], "message": each.message}
            for each in reflection.strengths
            if not safety
        ],
    }


def _clear_sentence(reflection: Reflection) -> str:
    kinds = {note.kind for note in (*reflection.notes, *reflection.waiting)}
    # Of a draft that was not read, or that tells of danger, it would be wrong to say that all is well.
    if kinds & {*SAFETY, "language"}:
        return ""
    return words.NEARLY_CLEAR if "unsure" in kinds else words.CLEAR


def _flag(reflection: Reflection, flag: Flag) -> View:
    point = knowledge.points()[flag.point]
    return {
        "label": flag.label,
        "title": knowledge.labels()[flag.label].title,
        "words": reflection.text[flag.start : flag.end],
        "message": flag.message,
        "point": _point(point),
    }


def _point(point: knowledge.Point) -> View:
    return {"strategy": point.strategy, "title": point.title, "sentence": point.sentence}


def _places(reflection: Reflection, chosen: Mapping[int, Chosen]) -> list[View]:
    """Return a card for each suggestion, and for each sentence whose flags are in none: its reasons are shown too."""
    found = {
        each.start: _place(reflection, number, each, chosen.get(number, {}))
        for number, each in enumerate(reflection.suggestions)
    }
    covered = {number for suggestion in reflection.suggestions for number in suggestion.flags}
    for sentence in reflection.sentences:
        alone = [
            number
            for number, flag in enumerate(reflection.flags)
            if number not in covered and sentence.start <= flag.start < sentence.end
        ]
        if alone:
            without = Suggestion(sentence.start, sentence.end, tuple(alone))
            found[sentence.start] = _place(reflection, None, without, {})
    return [found[start] for start in sorted(found)]


def _place(reflection: Reflection, number: int | None, suggestion: Suggestion, chosen: Chosen) -> View:
    return {
        "suggestion": number,
        "start": suggestion.start,
        "end": suggestion.end,
        "chosen": chosen,
        "marked": highlighted(reflection, suggestion.start, suggestion.end, focusable=False),
        "flags": list(suggestion.flags),
        "options": [_option(option) for option in suggestion.options],
        "prompt": suggestion.prompt,
    }


def _option(option: Option) -> View:
    points = knowledge.points()
    return {
        "style": _STYLES[option.style],
        "pieces": _option_pieces(option),
        "points": [points[name].title for name in option.points if name in points],
    }


def _option_pieces(option: Option) -> list[View]:
    """Cut an option at the words that the sender may make more specific; `fill` is that word's number."""
    pieces: list[View] = []
    at = 0
    for number, fill in sorted(enumerate(option.to_fill), key=_fill_start):
        pieces.append({"text": option.text[at : fill.start]})
        pieces.append(
            {
                "text": option.text[fill.start : fill.end],
                "fill": number,
                "kind": fill.kind,
                "choices": list(fill.choices),
            }
        )
        at = fill.end
    return [*pieces, {"text": option.text[at:]}]


def _fill_start(pair: tuple[int, FillIn]) -> int:
    return pair[1].start


def _rewrite(draft: str, style: str, text: str) -> View:
    left, right = differences(draft, text)
    return {"style": _STYLES[style], "before": left, "after": right}


def _note(reflection: Reflection, note: Note) -> View:
    texts = knowledge.note_texts()
    # What was told about danger is not held up once more.
    hidden = note.kind in SAFETY or note.start is None or note.end is None
    quoted = "" if hidden else reflection.text[note.start : note.end]
    return {
        "kind": note.kind,
        "title": texts[note.kind].title if note.kind in texts else "",
        "message": note.message,
        "point": knowledge.points()[note.point].title,
        "words": quoted,
        "place": _to_say(reflection, note),
    }


def _to_say(reflection: Reflection, note: Note) -> View | None:
    """Return the place of a need that was taken back, until it has a card of its own."""
    told = note.kind == "self-silencing" and note.start is not None and note.end is not None
    if not told or any(each.start == note.start for each in reflection.suggestions):
        return None
    return {"suggestion": None, "start": note.start, "end": note.end, "chosen": {}}
