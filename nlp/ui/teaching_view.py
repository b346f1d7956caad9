"""Turn the answers about a reading into what the page draws beside its flags."""

from typing import Any

from ..feedback.database import Database
from ..schema import Reflection
from . import words
from .sentence import place_of_flag, sentence_text
from .teaching import Answer, Teaching

View = dict[str, Any]


def teaching_view(teaching: Teaching, reflection: Reflection | None) -> View:
    """Return what was said about each flag, what was marked as missed, and the question where it is to be asked."""
    return {
        "answered": teaching.answered,
        "error": teaching.error,
        "kept": words.KEPT_HERE,
        "asking": teaching.pending is not None,
        "question": {"title": words.ASK_TITLE, "lines": words.ask_lines(str(Database().path))},
        "flags": [] if reflection is None else [_flag(teaching, reflection, n) for n in range(len(reflection.flags))],
        "missed": [] if reflection is None else _missed(teaching, reflection),
    }


def _flag(teaching: Teaching, reflection: Reflection, number: int) -> View:
    flag = reflection.flags[number]
    sentence, begin = sentence_text(reflection, flag.start)
    place, phrase = place_of_flag(reflection, number)
    taught = teaching.taught.get(place.text)
    answer = taught.answers.get(phrase) if taught else None
    return {
        "sentence": sentence,
        "start": flag.start - begin,
        "end": flag.end - begin,
        "said": answer and answer.verdict,
        "line": _line(sentence, answer),
    }


def _line(sentence: str, answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.phrase is None:
        return words.SAID[answer.verdict]
    return words.said_rather(sentence[answer.phrase.start : answer.phrase.end], answer.phrase.label)


def _missed(teaching: Teaching, reflection: Reflection) -> list[View]:
    """Return the words marked as missed, with their place in the draft as it stands now."""
    found = []
    for sentence in reflection.sentences:
        text = reflection.text[sentence.start : sentence.end]
        taught = teaching.taught.get(text)
        for phrase in taught.missed if taught else ():
            found.append(
                {
                    "start": sentence.start + phrase.start,
                    "end": sentence.start + phrase.end,
                    "label": phrase.label,
                    "words": text[phrase.start : phrase.end],
                }
            )
    return found
