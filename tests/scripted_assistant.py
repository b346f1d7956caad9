"""An assistant that finds what it is told to find: pages are tested with findings that no new model changes."""

import re
from collections.abc import Sequence
from typing import Any

from nlp import knowledge
from nlp.errors import DraftTooLongError
from nlp.schema import (
    FillIn,
    Flag,
    Model,
    Note,
    Option,
    Parts,
    Reflection,
    Rewrite,
    Sentence,
    Strength,
    Suggestion,
)
from nlp.segmentation import sentence_bounds

PHRASES = {
    "you never listen": "absolutes",
    "answer me right now": "urgency",
    "or I am leaving for good": "threatened-exit",
    "right now or I am": "demand",
}
FILLED = "I would like to talk on a day this week."
WARM = "I like our evenings. I would love to be heard."
WHOLE = "I would like to be heard. Could we talk this week?"
OTHERS = ("I would like to be heard.", "Could we sit down together?")
PROMPT = "What would you like them to do, and by when?"


class ScriptedAssistant:
    """Stands where the Assistant stands."""

    @classmethod
    def load(cls) -> "ScriptedAssistant":
        return cls()

    def reflect(self, text: str, rewrite: bool = True) -> Reflection:
        if len(text) > 20_000:
            raise DraftTooLongError("This draft is too long; paste a shorter part.")
        if "break the reader" in text:
            raise RuntimeError(f"secret traceback with {text}")
        bounds = sentence_bounds(text)
        safe = [bound for bound in bounds if "he hit me" in text[slice(*bound)]]
        flags = _flags(text)
        return Reflection(
            text,
            tuple(Sentence(start, end, {"blame": 0.1, "pressure": 0.1, "ultimatum": 0.1}) for start, end in bounds),
            flags,
            tuple(each for each in (_suggestion(bound, flags) for bound in bounds) if each),
            (Rewrite("brief", f"{WHOLE} {text[-20:]}"), Rewrite("space", "No rush, whenever you feel ready."))
            if flags
            else (),
            _notes(text, safe),
            () if flags or safe or not text.strip() else (_strength(text),),
            Model("scripted"),
        )

    def reword(self, text: str, start: int, end: int, *, shown: Sequence[str] = (), **wishes: Any) -> Suggestion:
        told = " ".join(f"{name}: {value}." for name, value in wishes.items() if value)
        others = [other for other in (told or FILLED, *OTHERS) if other not in shown]
        return Suggestion(
            start, end, (), tuple(Option("brief", other, Parts(), ("impact",)) for other in others[:1]), PROMPT
        )


def _flags(text: str) -> tuple[Flag, ...]:
    found = []
    for phrase, name in PHRASES.items():
        sign = knowledge.signs()[name]
        for match in re.finditer(re.escape(phrase), text):
            found.append(Flag(match.start(), match.end(), sign.label, 0.9, name, sign.point, sign.message))
    return tuple(sorted(found, key=lambda flag: flag.start))


def _suggestion(bound: tuple[int, int], flags: tuple[Flag, ...]) -> Suggestion | None:
    inside = tuple(number for number, flag in enumerate(flags) if bound[0] <= flag.start < bound[1])
    if not inside:
        return None
    if flags[inside[0]].label == "pressure":
        return Suggestion(*bound, inside, (), PROMPT)
    start = FILLED.index("a day this week")
    fill = FillIn(start, start + len("a day this week"), "day", ("Thursday", "Sunday"))
    return Suggestion(
        *bound,
        inside,
        (Option("brief", FILLED, Parts(), ("impact",), (fill,)), Option("warm", WARM, Parts(), ("validate",))),
    )


def _notes(text: str, safe: list[tuple[int, int]]) -> tuple[Note, ...]:
    kinds: list[tuple[str, Any]] = [("safety", bound) for bound in safe]
    kinds += [(kind, (None, None)) for kind in ("thread", "calm", "no-ask", "length") if f"note {kind}" in text]
    at = text.find("never mind me")
    kinds += [("self-silencing", (at, at + len("never mind me")))] if at >= 0 else []
    texts = knowledge.note_texts()
    return tuple(Note(kind, texts[kind].message, texts[kind].point, *bound) for kind, bound in kinds)


def _strength(text: str) -> Strength:
    return Strength("impact", 0, min(20, len(text)), knowledge.points()["impact"].strength)
