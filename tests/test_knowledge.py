"""The shipped knowledge is whole and does not contradict itself."""

import pytest

from nlp import knowledge
from nlp.errors import KnowledgeError
from nlp.notes import FIXED
from nlp.schema import LABELS, OPTIONAL_NOTES
from nlp.wording import situations, wording


def test_every_label_has_signs_and_every_sign_a_point_a_reason_and_a_question() -> None:
    by_label = {label: [s for s in knowledge.signs().values() if s.label == label] for label in LABELS}
    assert [len(by_label[label]) for label in LABELS] == [9, 9, 5]
    for sign in knowledge.signs().values():
        assert sign.point in knowledge.points()
        assert sign.message.endswith(".") and sign.ask.endswith("?")


def test_reasons_suggest_and_never_scold() -> None:
    for sign in knowledge.signs().values():
        assert "you should" not in sign.message.lower()
        assert "your partner is" not in sign.message.lower()


def test_only_verified_help_services_are_known_and_each_names_its_source() -> None:
    assert knowledge.services()
    for service in knowledge.services():
        assert service.source
        assert service.phone or service.web
    assert "NO MORE Global Directory" not in {s.name for s in knowledge.services()}


def test_every_note_of_the_contract_has_words() -> None:
    kinds = (
        "safety safety-sender language thread unsure self-silencing self-worth calm length many-asks no-ask chasing "
        "hinging flood check-facts appreciate"
    )
    assert set(kinds.split()) == set(knowledge.note_texts())
    assert {*OPTIONAL_NOTES, *FIXED} == set(knowledge.note_texts()) and not {*OPTIONAL_NOTES} & {*FIXED}


def test_there_are_a_hundred_situations_each_with_several_ways_to_say_impact_and_ask() -> None:
    assert len(situations()) >= 100
    for situation in situations().values():
        assert len(situation.impacts) >= 6 and len(situation.asks) >= 6 and len(situation.about) >= 6


def test_no_wording_holds_a_feeling_that_hides_a_charge() -> None:
    hidden = ("i feel ignored", "i felt ignored", "feel attacked", "feel abandoned", "feel betrayed", "feel used")
    for situation in situations().values():
        for sentence in (*situation.impacts, *situation.asks, *situation.space, *situation.boundary):
            assert not any(word in sentence.lower() for word in hidden), sentence


def test_generic_words_that_can_be_made_specific_have_choices() -> None:
    assert all(filler.choices for filler in wording().fillers)


def test_a_contradiction_in_the_shipped_files_is_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "labels.toml").write_text('[[label]]\nid = "blame"\n', encoding="utf-8")
    monkeypatch.setattr(knowledge, "shipped_dir", lambda name: folder)
    knowledge.labels.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match=r"data/labels\.toml"):
            knowledge.labels()
    finally:
        knowledge.labels.cache_clear()
