"""What is said about a reading, and what becomes of it in the store; without a browser."""

from pathlib import Path
from typing import Any

import pytest
from scripted_assistant import ScriptedAssistant

from nlp.examples import Phrase
from nlp.feedback import Sample, Shelf, State, Store
from nlp.schema import Reflection
from nlp.ui import evening, words
from nlp.ui.reviewing import Reviewing
from nlp.ui.sentence import place_over
from nlp.ui.teaching import Teaching
from nlp.ui.teaching_view import teaching_view

DRAFT = "Hi 💛. You know you never listen to me. Please answer me right now or I am leaving for good. ok cool."


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def read() -> Reflection:
    return ScriptedAssistant().reflect(DRAFT)


_number = iter(range(10_000))


def say(teaching: Teaching, reflection: Reflection, *acts: dict[str, Any]) -> dict[str, Any]:
    teaching.answer({"id": str(next(_number)), "acts": acts}, reflection)
    return teaching_view(teaching, reflection)


def only() -> Sample:
    (kept,) = Store().find()
    return kept.sample


def test_nothing_is_written_before_the_question_is_answered(read: Reflection, home: Path) -> None:
    teaching = Teaching()
    assert say(teaching, read, {"do": "right", "flag": 0})["asking"]
    assert Store().find() == []
    view = say(teaching, read, {"do": "decline"})
    assert not view["asking"] and Store().find() == [] and Store().consent() is None
    assert str(home / "feedback.db") in " ".join(view["question"]["lines"])


@pytest.mark.parametrize("neighbours", [True, False])
def test_the_first_answer_is_kept_once_allowed(read: Reflection, neighbours: bool) -> None:
    teaching = Teaching()
    say(teaching, read, {"do": "right", "flag": 0})
    view = say(teaching, read, {"do": "consent", "neighbours": neighbours})
    assert view["flags"][0]["said"] == "right"
    sample = only()
    assert sample.text == "You know you never listen to me." and sample.labels == ("blame",)
    assert sample.state is State.accepted and sample.phrases[0].start == len("You know ")
    assert sample.before == ("Hi 💛." if neighbours else None)
    assert sample.said is not None and sample.said.version == "scripted"


def test_answers_about_one_sentence_are_one_example_and_are_taken_back_one_by_one(read: Reflection) -> None:
    Store().give_consent(False)
    teaching = Teaching()
    say(teaching, read, {"do": "right", "flag": 1}, {"do": "wrong", "flag": 3})
    assert only().labels == ("pressure",) and only().state is State.changed
    say(teaching, read, {"do": "undo", "flag": 3})
    assert only().labels == ("pressure", "ultimatum") and only().state is State.accepted
    say(teaching, read, {"do": "undo", "flag": 1})
    assert Store().find() == []


def test_it_is_rather_another_label_and_other_words(read: Reflection) -> None:
    Store().give_consent(False)
    view = say(
        Teaching(), read, {"do": "rather", "flag": 0, "label": "pressure", "start": 0, "end": len("You know you never")}
    )
    assert only().labels == ("pressure",)
    assert only().phrases == (Phrase(0, len("You know you never"), "pressure", ""),)
    assert view["flags"][0]["line"] == words.said_rather("You know you never", "pressure")


def test_missed_words_are_kept_within_their_sentence(read: Reflection) -> None:
    Store().give_consent(False)
    teaching = Teaching()
    at = DRAFT.index("ok cool")
    view = say(teaching, read, {"do": "missed", "label": "blame", "start": at, "end": len(DRAFT)})
    assert only().text == "ok cool." and only().labels == ("blame",) and only().state is State.changed
    (missed,) = view["missed"]
    assert DRAFT[missed["start"] : missed["end"]] == "ok cool."
    say(teaching, read, {**missed, "do": "undo"})
    assert Store().find() == []


def test_a_selection_over_two_sentences_is_cut_to_the_first(read: Reflection) -> None:
    place, phrase = place_over(read, DRAFT.index("to me."), len(DRAFT), "blame")
    assert place.text[phrase.start : phrase.end] == "to me."


def test_an_answer_is_done_once_and_nonsense_does_no_harm(read: Reflection) -> None:
    Store().give_consent(False)
    teaching = Teaching()
    ask = {"id": "x", "acts": [{"do": "right", "flag": 0}]}
    teaching.answer(ask, read)
    teaching.answer(ask, read)
    assert len(Store().find()) == 1
    for act in ({"do": "right", "flag": 99}, {"do": "rather", "flag": 0, "label": "<b>"}, {"do": "missed"}, {}):
        say(teaching, read, act)
        assert teaching.error
    assert len(Store().find()) == 1


def test_an_example_deleted_elsewhere_is_no_longer_said_to_be_kept(read: Reflection) -> None:
    Store().give_consent(False)
    teaching = Teaching()
    say(teaching, read, {"do": "right", "flag": 0})
    Store().delete_all()
    teaching.refresh()
    assert teaching_view(teaching, read)["flags"][0]["said"] is None
    say(teaching, read, {"do": "wrong", "flag": 0})
    assert only().labels == ()


def test_looking_for_drafts_that_wait_creates_no_file(home: Path) -> None:
    assert evening.evening_view() == {"drafts": [], "error": ""}
    assert Reviewing().kept() == []
    assert not home.exists()
    evening.put_aside("Not tonight.")
    (draft,) = evening.evening_view()["drafts"]
    assert draft["begins"] == "Not tonight." and evening.waiting_text(draft["id"]) == "Not tonight."
    evening.drop(draft["id"])
    assert Shelf().waiting() == []


def test_review_carries_marks_over_an_edit_and_undoes_step_by_step() -> None:
    store, window = Store(), Reviewing()
    (step,) = store.add([Sample("Anna, you never listen", ("blame",), (Phrase(6, 22, "blame", ""),))])
    acts = [{"do": "reword", "id": step.id, "text": "You never"}, {"do": "undo"}]
    acts += [{"do": "reword", "id": step.id, "text": "Well, you never listen"}, {"do": "accept", "id": step.id}]
    window.answer({"id": "1", "acts": acts})
    kept = store.get(step.id).sample
    assert kept.text[kept.phrases[0].start : kept.phrases[0].end] == "you never listen"
    assert kept.state is State.accepted
    window.answer({"id": "2", "acts": [{"do": "undo"}, {"do": "undo"}]})
    assert store.get(step.id).sample.text == "Anna, you never listen"
    window.answer({"id": "3", "acts": [{"do": "undo"}]})
    assert window.status == words.NOTHING_TO_UNDO


def test_a_version_has_a_name_for_people() -> None:
    assert words.version_title("own-20260131-2") == "Yours of 31 January 2026, no. 2"
    assert words.version_title("own-20269931-2") == "own-20269931-2"
    assert words.version_title("shipped") == "As installed"
