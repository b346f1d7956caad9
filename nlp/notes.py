"""Advice for the whole draft, and what it already does well."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from .knowledge import labels, note_texts, points
from .language import is_thread
from .schema import Flag, Note, Sentence, Strength

#: A score of at least this share of its threshold is told as a question.
UNSURE_SHARE = 0.8
LONG_WORDS = 160
MANY_ASKS = 3
MANY_FLAGS = 5
#: A flag at least so sure brings advice about what is missing beside it; of a doubtful one, it would be wrong.
SURE = 0.8
#: … and so do this many flags.
SOME_FLAGS = 3
#: At most this many pieces of advice are shown at once; safety, language and thread are not advice.
MOST_ADVICE = 2
#: Never switched off.
FIXED = ("safety", "safety-sender", "language", "thread")
#: Sentences that ask for something, or need no ask beside them.
_WHOLE = {"request", "need", "appreciation", "repair", "boundary", "decision", "space"}
#: Role -> the point that a sentence in this role serves.
#: Only roles that are recognised well enough: praise in the wrong place costs trust.
STRENGTHS = {
    "repair": "own-part",
    "appreciation": "validate",
    "request": "positive-ask",
    "impact": "impact",
}
MOST_STRENGTHS = 3
#: What is nearer to a label than this is not taken for praise: missed blame often looks like it.
CLEARLY = 0.2


def note(kind: str, start: int | None = None, end: int | None = None) -> Note:
    """Return a note in its shipped words."""
    text = note_texts()[kind]
    return Note(kind, text.message, text.point, start, end)


def is_sender_threat(sentence: Sentence) -> bool:
    """Tell whether a safety sentence is said by the sender as a threat: it earns pressure or ultimatum as well."""
    return "safety" in sentence.roles and bool({"pressure", "ultimatum"} & set(sentence.labels))


def find_notes(
    text: str,
    sentences: Sequence[Sentence],
    flags: Sequence[Flag],
    distress: bool,
    thresholds: dict[str, float],
    small: Sequence[int] = (),
    off: Collection[str] = (),
) -> tuple[list[Note], list[Note]]:
    """Return the notes of a draft, the weightiest first, and those that wait until one of them is switched off.

    `small` are the numbers of sentences in which the sender makes themself small; kinds in `off` are left out.
    """
    safety = _safety(sentences)
    advice = [*_advice(text, sentences, flags, distress, small), *_unsure(sentences, thresholds)]
    if safety:
        # Beside words about danger, advice on style would be out of place.
        advice = [note for note in advice if note.kind in ("calm", "unsure")]
    wanted = iter([note for note in advice if note.kind not in off])
    shown = [*safety, *_thread(text), *islice(wanted, MOST_ADVICE)]
    return shown, list(wanted)


def is_appreciation(sentence: Sentence) -> bool:
    """Tell whether a sentence says something good of the partner, and nothing that could be blame."""
    return "appreciation" in sentence.roles and max(sentence.scores.values(), default=0.0) < CLEARLY


def find_strengths(sentences: Sequence[Sentence]) -> list[Strength]:
    """Return what unflagged sentences do well, each point once."""
    found: dict[str, Strength] = {}
    for role, point in STRENGTHS.items():
        for sentence in sentences:
            held = is_appreciation(sentence) if role == "appreciation" else role in sentence.roles
            if held and not sentence.labels and "safety" not in sentence.roles:
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


def _advice(
    text: str, sentences: Sequence[Sentence], flags: Sequence[Flag], distress: bool, small: Sequence[int]
) -> Iterator[Note]:
    """Yield every piece of advice that holds, the weightiest first."""
    of_sign = {flag.sign: flag for flag in reversed(flags)}
    asks = [s for s in sentences if "request" in s.roles or "demand" in _signs(s, flags)]
    roles = {role for s in sentences for role in s.roles}
    sure = len(flags) >= SOME_FLAGS or any(flag.score >= SURE for flag in flags)
    if distress:
        yield note("calm")
    for silenced in [s for s in sentences if "self-silencing" in s.roles][:1]:
        yield note("self-silencing", silenced.start, silenced.end)
    for number in small[:1]:
        yield note("self-worth", sentences[number].start, sentences[number].end)
    for kind, sign in (("chasing", "chasing"), ("hinging", "overload")):
        if sign in of_sign:
            yield note(kind, of_sign[sign].start, of_sign[sign].end)
    if len(text.split()) > LONG_WORDS:
        yield note("length")
    if len(flags) >= MANY_FLAGS and not distress:
        yield note("flood")
    if "motive" in of_sign and of_sign["motive"].score >= SURE:
        yield note("check-facts", of_sign["motive"].start, of_sign["motive"].end)
    if len(asks) > MANY_ASKS:
        yield note("many-asks")
    if sure and not asks and not _WHOLE & roles and "?" not in text:
        yield note("no-ask")
    if sure and "appreciation" not in roles:
        yield note("appreciate")


def _signs(sentence: Sentence, flags: Sequence[Flag]) -> list[str]:
    return [flag.sign for flag in flags if sentence.start <= flag.start < sentence.end]


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
