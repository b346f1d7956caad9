"""A click in Reflect becomes an example."""

from dataclasses import replace

import pytest

from nlp import Assistant
from nlp.errors import FeedbackError
from nlp.examples import Phrase
from nlp.feedback import Said, State
from nlp.feedback.answers import NEAR, missed, rather, right
from nlp.schema import Flag, Model, Reflection, Sentence

TEXT = "Hi 🙂. You never call me. Answer now."
SCORES = {"blame": 0.9, "pressure": 0.2, "ultimatum": 0.1}
REFLECTION = Reflection(
    TEXT,
    (Sentence(0, 5, SCORES), Sentence(6, 24, SCORES, ("blame",)), Sentence(25, 36, SCORES)),  # type: ignore[arg-type]
    (Flag(6, 20, "blame", 0.9, "absolutes", "no-blame", "…"),),
    (),
    (),
    (),
    (),
    Model("m-1"),
)


def test_right_keeps_what_was_said() -> None:
    sample = right(REFLECTION, 1)
    assert (sample.text, sample.before, sample.after) == ("You never call me.", "Hi 🙂.", "Answer now.")
    assert sample.labels == ("blame",) and sample.state is State.accepted
    assert sample.phrases == (Phrase(0, 14, "blame", "absolutes"),)
    assert sample.said == Said("m-1", ("blame",), (0.9, 0.2, 0.1))


def test_rather_takes_other_labels_and_words() -> None:
    assert rather(REFLECTION, 1, []).labels == () and rather(REFLECTION, 1, []).phrases == ()
    sample = rather(REFLECTION, 1, ["blame", "pressure"], [(10, 20, "pressure")])
    assert sample.phrases == (Phrase(4, 14, "pressure", ""), Phrase(0, 14, "blame", "absolutes"))
    assert rather(REFLECTION, 1, ["blame"], [(10, 20, "blame")]).phrases == (Phrase(4, 14, "blame", "absolutes"),)
    assert sample.state is State.changed


def test_missed_finds_the_sentence_of_the_selected_words() -> None:
    sample = missed(REFLECTION, 25, 35, "pressure")
    assert sample.text == "Answer now." and sample.labels == ("pressure",) and sample.after is None
    assert missed(REFLECTION, 20, 30, "pressure").labels == ("blame", "pressure")
    with pytest.raises(FeedbackError, match="Select some words"):
        missed(REFLECTION, 36, 40, "blame")


def test_it_takes_what_the_assistant_gives() -> None:
    reflection = Assistant.load().reflect("Hello. You never listen to me, you selfish child.", rewrite=False)
    assert right(reflection, 1).phrases and right(reflection, 1).said


def test_only_the_near_end_of_a_long_neighbour_is_kept() -> None:
    reflection = replace(
        REFLECTION, text="x" * 3000 + TEXT, sentences=(Sentence(0, 3000, SCORES), Sentence(3000, 3005, SCORES))
    )  # type: ignore[arg-type]
    assert len(right(replace(reflection, flags=()), 1).before or "") == NEAR
