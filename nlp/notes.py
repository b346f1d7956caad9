"""Advice for the whole draft, and what it already does well."""

from collections.abc import Sequence

from .knowledge import labels, note_texts, points
from .language import is_thread
from .schema import Flag, Note, Sentence, Strength

#: A score of at least this share of its threshold is told as a question.
UNSURE_SHARE = 0.8
LONG_WORDS = 160
MANY_ASKS = 3
MANY_FLAGS = 5
#: At most this many pieces of advice; safety, language, thread and unsure are not advice.
MOST_ADVICE = 2
#: Role -> the point that a sentence in this role serves.
#: Only roles that are recognised well enough: praise in the wrong place costs trust.
STRENGTHS = {
    "repair": "own-part",
    "appreciation": "validate",
    "request": "positive-ask",
    "impact": "impact",
}
MOST_STRENGTHS = 3


def note(kind: str, start: int | None = None, end: int | None = None) -> Note:
    """Return a note in its shipped words."""
    text = note_texts()[kind]
    return Note(kind, text.message, text.point, start, end)


def is_sender_threat(sentence: Sentence) -> bool:
    """Tell whether a safety sentence is said by the sender as a threat: it earns pressure or ultimatum as well."""
    return "safety" in sentence.roles and bool({"pressure", "ultimatum"} & set(sentence.labels))


def find_notes(
    text: str, sentences: Sequence[Sentence], flags: Sequence[Flag], distress: bool, thresholds: dict[str, float]
) -> list[Note]:
    """Return the notes of a draft, the weightiest first."""
    return [
        *_safety(sentences),
        *_thread(text),
        *_advice(text, sentences, flags, distress),
        *_unsure(sentences, thresholds),
    ]


def find_strengths(sentences: Sequence[Sentence]) -> list[Strength]:
    """Return what unflagged sentences do well, each point once."""
    found: dict[str, Strength] = {}
    for role, point in STRENGTHS.items():
        for sentence in sentences:
            if role in sentence.roles and not sentence.labels and "safety" not in sentence.roles:
                found.setdefault(point, Strength(point, sentence.start, sentence.end, points()[point].strength))
    return sorted(list(found.values())[:MOST_STRENGTHS], key=lambda s: s.start)


def _safety(sentences: Sequence[Sentence]) -> list[Note]:
    victim = [s for s in sentences if "safety" in s.roles and not is_sender_threat(s)]
    sender = [s for s in sentences if is_sender_threat(s)]
    return [
        note(kind, found[0].start, found[-1].end)
        for kind, found in (("safety", victim), ("safety-sender", sender))
        if found
    ]


def _thread(text: str) -> list[Note]:
    return [note("thread")] if is_thread(text) else []


def _advice(text: str, sentences: Sequence[Sentence], flags: Sequence[Flag], distress: bool) -> list[Note]:
    """Return at most MOST_ADVICE notes: the first that hold, in this order."""
    signs = [flag.sign for flag in flags]
    asks = [
        s
        for s in sentences
        if "request" in s.roles or "demand" in [f.sign for f in flags if s.start <= f.start < s.end]
    ]
    silenced = [s for s in sentences if "self-silencing" in s.roles]
    roles = {role for s in sentences for role in s.roles}
    found: list[Note] = []
    if distress:
        found.append(note("calm"))
    if silenced:
        found.append(note("self-silencing", silenced[0].start, silenced[0].end))
    if "chasing" in signs:
        found.append(note("chasing"))
    if "overload" in signs:
        found.append(note("hinging"))
    if len(text.split()) > LONG_WORDS:
        found.append(note("length"))
    if len(flags) >= MANY_FLAGS and not distress:
        found.append(note("flood"))
    if "motive" in signs:
        found.append(note("check-facts"))
    if len(asks) > MANY_ASKS:
        found.append(note("many-asks"))
    if flags and not asks and not {"request", "need"} & roles and "?" not in text:
        found.append(note("no-ask"))
    elif flags and "appreciation" not in roles:
        found.append(note("appreciate"))
    return found[:MOST_ADVICE]


def _unsure(sentences: Sequence[Sentence], thresholds: dict[str, float]) -> list[Note]:
    """Return one question at most: the sentence nearest under a threshold."""
    near = [
        (thresholds[label] - score, s, label, score)
        for s in sentences
        for label, score in s.scores.items()
        if label not in s.labels
        and UNSURE_SHARE * thresholds[label] <= score < thresholds[label]
        and "safety" not in s.roles
    ]
    if not near:
        return []
    _, sentence, label, score = min(near, key=lambda n: n[0])
    text = note_texts()["unsure"]
    message = text.message.format(label=labels()[label].title.removeprefix("may be heard as "))
    return [Note("unsure", message, text.point, sentence.start, sentence.end, label, score)]
