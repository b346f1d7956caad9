"""Notes: safety first, language, threads, advice in measure."""

from functools import cache

import pytest

from nlp import Assistant
from nlp.language import is_plainly_foreign, is_thread
from nlp.notes import find_notes, find_strengths
from nlp.schema import Flag, Label, Note, Sentence

SCORES: dict[Label, float] = {"blame": 0.0, "pressure": 0.0, "ultimatum": 0.0}
THRESHOLDS = {"blame": 0.5, "pressure": 0.5, "ultimatum": 0.5}


@cache
def assistant() -> Assistant:
    return Assistant.load()


def notes(sentences: list[Sentence], flags: list[Flag] | None = None, distress: bool = False) -> list[Note]:
    return find_notes("x" * 40, sentences, flags or [], distress, THRESHOLDS)


def test_danger_told_by_the_sender_and_a_threat_of_the_sender_are_told_apart() -> None:
    told = Sentence(0, 10, SCORES, (), ("safety",))
    threat = Sentence(0, 10, SCORES, ("ultimatum",), ("safety",))
    assert [n.kind for n in notes([told])] == ["safety"]
    assert notes([threat])[0].kind == "safety-sender"


def test_at_most_two_pieces_of_advice_are_given() -> None:
    sentence = Sentence(0, 30, SCORES, ("pressure",), ("self-silencing",))
    flags = [Flag(0, 5, "pressure", 0.9, sign, "no-push", "") for sign in ("chasing", "overload", "motive")]
    advice = [n for n in notes([sentence], flags, distress=True) if n.kind not in ("safety", "unsure")]
    assert len(advice) == 2 and advice[0].kind == "calm"


def test_a_sentence_near_its_threshold_is_a_question_and_no_flag() -> None:
    near = Sentence(0, 10, {**SCORES, "pressure": 0.45})
    (note,) = notes([near])
    assert note.kind == "unsure" and note.label == "pressure" and note.score == 0.45
    assert "pressure" in note.message


def test_strengths_never_praise_flagged_or_safety_sentences() -> None:
    flagged = Sentence(0, 5, SCORES, ("blame",), ("impact",))
    danger = Sentence(6, 10, SCORES, (), ("safety", "request"))
    good = Sentence(11, 20, SCORES, (), ("request",))
    assert [s.point for s in find_strengths([flagged, danger, good])] == ["positive-ask"]


@pytest.mark.parametrize(
    "text",
    [
        "Ich bin so müde von diesem Streit und will heute einfach nur noch schlafen.",
        "Je suis fatiguée d'attendre ton message tous les soirs, parle-moi s'il te plaît.",
        "¿Por qué nunca me contestas cuando te escribo por la noche, mi amor?",
        "почему ты мне никогда не отвечаешь вечером",
        "どうして返事をくれないの",
    ],
)
def test_a_draft_plainly_in_another_language_gets_the_note_and_no_flags(text: str) -> None:
    reflection = assistant().reflect(text)
    assert [n.kind for n in reflection.notes] == ["language"]
    assert reflection.flags == () and reflection.suggestions == ()


@pytest.mark.parametrize(
    "text",
    [
        "ok",
        "k lor",
        "wat time u reach ah",
        "c u l8r",
        "Ya llegué. The appointment of my sister went well, she cried a lot!",
        "gr8 m8",
        "lah can or not, u come makan tonite",
        "wyd 2nite bbz",
        "Schatz, are you coming home for dinner or not tonight?",
    ],
)
def test_short_misspelt_and_mixed_english_is_read(text: str) -> None:
    assert not is_plainly_foreign(text)


def test_a_pasted_conversation_is_told_from_a_message() -> None:
    thread = "Sam: are you there\nMe: yes\nSam: why so short\nMe: busy\nSam: ok"
    stamped = "[12/03/26, 14:02] Sam: hi\n[12/03/26, 14:03] Jo: hello\n[12/03/26, 14:05] Sam: where are you"
    assert is_thread(thread) and is_thread(stamped)
    for text in (
        "Shopping: milk, eggs\nAlso: bread",
        "Two things:\n1. the bin\n2. your mum",
        "Plan: pub at 8. Home: 11",
    ):
        assert not is_thread(text)
    assert "thread" in [n.kind for n in assistant().reflect(thread).notes]
    assert assistant().reflect(thread).suggestions == ()
