"""From a click in Reflect to an example: the sentence, its neighbours, the labels, and what the model had said."""

from collections.abc import Sequence

from ..errors import FeedbackError
from ..examples import Phrase
from ..schema import LABELS, Label, Reflection
from .kept import Said, Sample, State

#: So many characters of a neighbour are kept.
NEAR = 400


def right(reflection: Reflection, number: int) -> Sample:
    """Return the example "this was right" about a sentence, by its place in the reflection."""
    labels = reflection.sentences[number].labels
    return _sample(reflection, number, labels, _flagged(reflection, number, labels), State.accepted)


def rather(
    reflection: Reflection, number: int, labels: Sequence[Label], places: Sequence[tuple[int, int, Label]] = ()
) -> Sample:
    """Return the example "it is rather …": other labels, or none; `places` are marked words by offsets of the draft.

    A label without marked words keeps those of its flag, where it has one.
    """
    marked = {label for _, _, label in places}
    phrases = [
        *_moved(reflection, number, places),
        *(p for p in _flagged(reflection, number, labels) if p.label not in marked),
    ]
    return _sample(reflection, number, labels, phrases, State.changed)


def missed(reflection: Reflection, start: int, end: int, label: Label) -> Sample:
    """Return the example "you missed this": words selected in the draft carry a label that was not found."""
    for number, sentence in enumerate(reflection.sentences):
        if sentence.start < end and start < sentence.end:
            place = (max(start, sentence.start), min(end, sentence.end), label)
            labels = [each for each in LABELS if each in sentence.labels or each == label]
            return rather(reflection, number, labels, [place])
    raise FeedbackError("Select some words of the message first.")


def _sample(
    reflection: Reflection, number: int, labels: Sequence[Label], phrases: Sequence[Phrase], state: State
) -> Sample:
    words = [reflection.text[s.start : s.end] for s in reflection.sentences]
    sentence = reflection.sentences[number]
    return Sample(
        text=words[number],
        labels=tuple(labels),
        phrases=tuple(phrases),
        before=words[number - 1][-NEAR:] if number else None,
        after=words[number + 1][:NEAR] if number + 1 < len(words) else None,
        state=state,
        said=Said(reflection.model.version, sentence.labels, tuple(sentence.scores[label] for label in LABELS)),
    )


def _flagged(reflection: Reflection, number: int, labels: Sequence[Label]) -> list[Phrase]:
    """Return the flags of a sentence that carry these labels, by offsets of the sentence."""
    sentence = reflection.sentences[number]
    return [
        Phrase(flag.start - sentence.start, flag.end - sentence.start, flag.label, flag.sign)
        for flag in reflection.flags
        if sentence.start <= flag.start < sentence.end and flag.end <= sentence.end and flag.label in labels
    ]


def _moved(reflection: Reflection, number: int, places: Sequence[tuple[int, int, Label]]) -> list[Phrase]:
    """Return marked words by offsets of the sentence; a label that was flagged keeps its sign."""
    signs = {p.label: p.sign for p in _flagged(reflection, number, LABELS)}
    start = reflection.sentences[number].start
    return [Phrase(a - start, b - start, label, signs.get(label, "")) for a, b, label in places]
