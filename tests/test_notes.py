"""Notes: safety first, language, threads, advice in measure."""

from functools import cache

import pytest

from nlp import Assistant
from nlp.errors import UnknownNameError
from nlp.examples import shipped_examples
from nlp.knowledge import note_texts
from nlp.language import is_plainly_foreign, is_thread
from nlp.notes import FIXED, find_notes, find_strengths
from nlp.pins import SHIPPED_ENCODER_SHA256
from nlp.schema import Flag, Label, Note, Sentence
from nlp.worth import worth

SCORES: dict[Label, float] = {"blame": 0.0, "pressure": 0.0, "ultimatum": 0.0}
THRESHOLDS = {"blame": 0.5, "pressure": 0.5, "ultimatum": 0.5}


@cache
def assistant() -> Assistant:
    return Assistant.load()


def notes(sentences: list[Sentence], flags: list[Flag] | None = None, distress: bool = False) -> list[Note]:
    return find_notes("x" * 40, sentences, flags or [], distress, THRESHOLDS)[0]


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


REAL = {
    "calm": "I CANT DO THIS ANYMORE I cant stop crying i hate this i hate everything PLEASE",
    "length": "We had a quiet day and the children were good. " * 20,
    "many-asks": "Could you pick up the parcel today? And could you book a table for Friday? Can you send me the photos from "
    "Sunday when you get a minute? Could you also let me know when you land?",
    "no-ask": "You don't care about me at all, you only came because you felt guilty.",
    "chasing": "hello?? are you there?? answer me. that's my fourth text. why aren't you answering",
    "hinging": "you're all I have, without you I have nothing",
    "flood": "hello?? are you there?? answer me. that's my fourth text. why aren't you answering",
    "check-facts": "You did that on purpose to hurt me. You just want someone to cook for you.",
    "self-silencing": "never mind, it doesn't matter what I want",
    "self-worth": "I'm not pretty enough for you and I know it.",
    "appreciate": "You never listen to me. You never have.",
}


@pytest.mark.parametrize("kind", REAL)
def test_each_kind_of_advice_is_found_tied_to_its_point_and_can_be_switched_off(kind: str) -> None:
    found = assistant().reflect(REAL[kind], rewrite=False)
    (note,) = [n for n in (*found.notes, *found.waiting) if n.kind == kind]
    assert note.point == note_texts()[kind].point and len(note.message.split()) < 35
    without = assistant().reflect(REAL[kind], rewrite=False, off=[kind])
    assert kind not in [n.kind for n in (*without.notes, *without.waiting)]


def test_a_note_that_is_switched_off_makes_room_for_the_next_one() -> None:
    text = "hello?? are you there?? answer me. that's my fourth text. why aren't you answering"
    found = assistant().reflect(text, rewrite=False)
    kinds = [n.kind for n in found.notes]
    assert len(kinds) == 2 and found.waiting
    less = assistant().reflect(text, rewrite=False, off=kinds[:1])
    assert [n.kind for n in less.notes] == [kinds[1], found.waiting[0].kind]


def test_notes_about_danger_cannot_be_switched_off() -> None:
    with pytest.raises(UnknownNameError):
        assistant().reflect("ok", off=["safety"])


@pytest.mark.parametrize(
    "text",
    [
        "Honestly do I even matter to you?",
        "you probably think im pathetic. i think so too",
        "do you even want me any more, I feel like I am never enough",
    ],
)
def test_worth_that_is_doubted_is_found_by_its_meaning(text: str) -> None:
    assert "self-worth" in [n.kind for n in assistant().reflect(text, rewrite=False).notes]


@pytest.mark.parametrize(
    "text",
    [
        "Did you get the milk? I'm at my mum's till six.",
        "I miss you and I'd love to see you on Sunday.",
        "I'm sorry I snapped this morning, that was unfair of me.",
        "You are a terrible person.",
        "I feel small when you correct me in front of your friends.",
    ],
)
def test_what_only_sounds_alike_is_not_taken_for_doubted_worth(text: str) -> None:
    assert "self-worth" not in [n.kind for n in assistant().reflect(text, rewrite=False).notes]


def test_what_finds_doubted_worth_was_made_for_the_shipped_encoder() -> None:
    assert worth().encoder == SHIPPED_ENCODER_SHA256


def test_few_clear_drafts_get_advice() -> None:
    drafts = [d for d in shipped_examples("dev") if d.is_clear][::5]
    found = [assistant().reflect(d.text, rewrite=False).notes for d in drafts]
    advised = [kinds for notes_ in found if (kinds := {n.kind for n in notes_} - {*FIXED, "unsure"})]
    assert len(advised) <= 0.05 * len(drafts)


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


def test_what_may_be_blame_is_never_praised() -> None:
    near = Sentence(0, 9, {**SCORES, "blame": 0.3}, (), ("appreciation",))
    assert find_strengths([near]) == []
    assert find_strengths([Sentence(0, 9, SCORES, (), ("appreciation",))])


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
