"""A sentence of a read draft as an example needs it: its words, its neighbours, and phrases counted from its start."""

from dataclasses import dataclass

from ..errors import FeedbackError
from ..examples import Phrase
from ..feedback import Said
from ..feedback.kept import MOST_CHARACTERS
from ..schema import LABELS, Flag, Label, Reflection, Sentence
from . import words


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence, what stands around it, and what the model said about it."""

    text: str
    before: str | None
    after: str | None
    phrases: tuple[Phrase, ...]
    said: Said


def place_of_flag(reflection: Reflection, number: int) -> tuple[Place, Phrase]:
    """Return the sentence of a flag, and the flag as a phrase of it."""
    flag = reflection.flags[number]
    at = _sentence_at(reflection, flag.start)
    return _place(reflection, at), _phrase(reflection.sentences[at], flag)


def place_over(reflection: Reflection, start: int, end: int, label: Label) -> tuple[Place, Phrase]:
    """Return the sentence in which selected words begin, and those of them that stand in it as a phrase."""
    at = _sentence_at(reflection, start)
    sentence = reflection.sentences[at]
    first, last = max(start, sentence.start), min(end, sentence.end)
    if first >= last:
        raise FeedbackError(words.SELECT_WORDS)
    return _place(reflection, at), Phrase(first - sentence.start, last - sentence.start, label, "")


def sentence_text(reflection: Reflection, position: int) -> tuple[str, int]:
    """Return the words of the sentence at a position of the draft, and where it begins."""
    sentence = reflection.sentences[_sentence_at(reflection, position)]
    return reflection.text[sentence.start : sentence.end], sentence.start


def _sentence_at(reflection: Reflection, position: int) -> int:
    for number, sentence in enumerate(reflection.sentences):
        # Blanks between two sentences belong to the next one: a selection may begin with them.
        if position < sentence.end:
            return number
    raise FeedbackError(words.SELECT_WORDS)


def _place(reflection: Reflection, at: int) -> Place:
    sentence = reflection.sentences[at]
    inside = [flag for flag in reflection.flags if sentence.start <= flag.start < sentence.end]
    phrases = tuple(_phrase(sentence, flag) for flag in inside)
    named = {*sentence.labels, *(phrase.label for phrase in phrases)}
    before, after = _text(reflection, at - 1), _text(reflection, at + 1)
    return Place(
        reflection.text[sentence.start : sentence.end],
        before and before[-MOST_CHARACTERS:],
        after and after[:MOST_CHARACTERS],
        phrases,
        Said(
            reflection.model.version,
            tuple(label for label in LABELS if label in named),
            tuple(float(sentence.scores[label]) for label in LABELS),
        ),
    )


def _text(reflection: Reflection, at: int) -> str | None:
    if not 0 <= at < len(reflection.sentences):
        return None
    return reflection.text[reflection.sentences[at].start : reflection.sentences[at].end]


def _phrase(sentence: Sentence, flag: Flag) -> Phrase:
    return Phrase(flag.start - sentence.start, min(flag.end, sentence.end) - sentence.start, flag.label, flag.sign)
