"""The decoder writes rewordings that copy what has to stay, the same ones each time."""

from pathlib import Path

import pytest

from nlp import decoder
from nlp.decoder import Order, shipped_decoder
from nlp.errors import ModelError
from nlp.pipeline import Assistant
from nlp.rewording.added import usual
from nlp.rewording.facts import made_up, missing
from nlp.rewording.places import find_places
from nlp.rewording.say import Manner, Said, candidates
from nlp.rewording.typed import as_typed
from nlp.segmentation import sentence_bounds
from nlp.spelling import spelt

SAID = "You told Sam about the baby before we agreed."


def write(text: str, *orders: Order) -> list[str]:
    return [w.text for w in shipped_decoder().write(text, sentence_bounds(text), 0, len(text), orders)]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (["i", "'", "m", "off", "at", "6", ".", "40"], "i'm off at 6.40"),
        (["don", "'", "t", ",", "it", "hurt", "##s", "!"], "don't, it hurts!"),
        (["it", "cost", "£", "30", "."], "it cost £30."),
        (["you", "said", '"', "fine", '"', "again"], 'you said "fine" again'),
        (["my", "parents", "'", "house"], "my parents' house"),
        (["seen", "at", "2", ":", "14", ",", "2", ":", "31"], "seen at 2:14, 2:31"),
    ],
)
def test_word_pieces_are_spelt_out(pieces: list[str], text: str) -> None:
    assert spelt(pieces) == text


def test_the_same_place_is_written_alike_each_time() -> None:
    orders = (Order(), Order(freedom=0.6), Order(unhurried=True, freedom=0.4))
    assert write(SAID, *orders) == write(SAID, *orders)


def test_names_and_numbers_of_the_place_come_through() -> None:
    for text, fact in ((SAID, "sam"), ("You spent £340 on trainers again, typical.", "340")):
        assert any(fact in words for words in write(text, Order(), Order(asks=False), Order(freedom=0.4)))


def test_a_question_is_asked_where_it_is_ordered_and_not_where_it_is_not() -> None:
    (asked,) = write(SAID, Order())
    (told,) = write(SAID, Order(asks=False))
    assert "?" in asked or "please" in asked
    assert "?" not in told


def test_nothing_of_the_rest_of_the_draft_is_reworded() -> None:
    draft = f"The vet rang, Biscuit is fine. {SAID} See you at six."
    start = draft.index(SAID)
    (written,) = shipped_decoder().write(draft, sentence_bounds(draft), start, start + len(SAID), [Order()])
    assert "biscuit" not in written.text and "six" not in written.text


def test_what_is_written_is_typed_as_the_draft_types_it() -> None:
    assistant = Assistant.load()
    draft = "Home by 7 on Friday. You never ask me first, you told Sam about the baby before we agreed."
    reflection, doc = assistant.reflect(draft, rewrite=False), assistant.read(draft)
    (place,) = find_places(reflection.text, reflection.sentences, reflection.flags)
    known = assistant.reworder.understand(doc, reflection, place)
    assert (
        as_typed("i'm hurt that sam knew. can we talk on friday?", known)
        == "I'm hurt that Sam knew. Can we talk on Friday?"
    )
    written = [c for c in candidates(known, Manner(), Said()) if c.written]
    assert written and all(c.option.text[0].isupper() for c in written)


def test_the_worth_of_what_was_written_is_within_what_readers_can_give() -> None:
    orders = (Order(), Order(freedom=0.4), Order(freedom=0.7), Order(asks=False))
    found = shipped_decoder().write(SAID, sentence_bounds(SAID), 0, len(SAID), orders)
    assert all(-6 <= written.worth <= 14 for written in found)
    assert len({round(written.worth, 3) for written in found}) > 1


def test_how_something_is_felt_is_no_invention_and_a_thing_is() -> None:
    draft = "You went out with Kev again."
    assert not made_up("I felt unheard when you went out with Kev again.", draft)
    assert made_up("I felt hurt by the headphones when you went out with Kev.", draft) == ["headphones"]


@pytest.mark.parametrize(
    ("fact", "text", "is_said"),
    [
        ("60", "for my mum's 60th", True),
        ("5", "up the M5", True),
        ("23", "at 23h40", True),
        ("2", "for 2hrs", True),
        ("5", "at 15", False),
        ("5", "at 5pm", False),
        ("£10", "£10k", False),
        ("Kev", "with Kev", True),
    ],
)
def test_a_number_is_said_with_letters_beside_it_but_not_as_more(fact: str, text: str, is_said: bool) -> None:
    assert missing([fact], text) == ([] if is_said else [fact])


def test_gentle_words_are_usual_and_those_of_one_matter_are_not() -> None:
    assert {"talk", "miss", "sad"} <= usual() and not {"camaro", "biopsy"} & usual()


def test_an_altered_decoder_is_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in decoder.FILES:
        (tmp_path / "decoder").mkdir(exist_ok=True)
        (tmp_path / "decoder" / name).write_bytes(b"something else")
    monkeypatch.setattr(decoder, "shipped_dir", lambda _: tmp_path)
    with pytest.raises(ModelError, match="altered"):
        shipped_decoder.__wrapped__()


def test_a_run_of_words_is_not_written_twice_and_a_short_one_may_be() -> None:
    run = [7, 8, 9, 10, 11]
    assert decoder._would_repeat([*run, 3, *run[:-1]]) == [11]
    assert not decoder._would_repeat([7, 8, 9, 3, 7, 8])
    said = "You walk in, you grunt, you go up to the computer, you go up to the computer again."
    for words in write(said, Order(), Order(freedom=0.4), Order(freedom=0.6)):
        assert words.count("go up to the computer") < 2
