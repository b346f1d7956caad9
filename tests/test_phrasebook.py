"""The phrasebook keeps its rules, and what it says fits the sender's own words."""

from pathlib import Path

import pytest

from nlp import Assistant
from nlp.errors import ModelError
from nlp.rewording import phrasebook
from nlp.rewording.analogies import shared
from nlp.rewording.phrasebook import Entry, book, entries, example, fault, filled, sayings


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant.load()


def test_every_entry_keeps_the_rules() -> None:
    assert [entry for entry in entries() if fault(entry)] == []


@pytest.mark.parametrize(
    ("said", "rewording"),
    [
        ("you never {vp}", "Could you {vp}?"),
        ("you never {vp:ring me}", "Could you ring me?"),
        ("you love {np:the dog} more", "I'd like {vp}."),
        ("you love {thing:the dog} more", "I'd like {thing}."),
    ],
)
def test_an_entry_with_a_missing_or_misspelt_slot_is_refused(said: str, rewording: str) -> None:
    assert fault(Entry((said,), (rewording,)))


def test_fillers_stand_where_the_slots_were() -> None:
    line = "if you loved me you'd come to {np:the scan}"
    assert example(line) == "if you loved me you'd come to the scan"
    assert filled(line, {"np": "my sister's wedding"}) == "if you loved me you'd come to my sister's wedding"


def test_there_is_a_vector_for_every_line() -> None:
    assert len(book().vectors) == len(sayings())


def test_an_altered_book_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "book.npz").write_bytes(b"PK\x03\x04 something else")
    monkeypatch.setattr(phrasebook, "_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="install Gentle Draft again"):
        phrasebook.book.__wrapped__()


def test_nine_rewordings_in_ten_read_as_clear_by_themselves(assistant: Assistant) -> None:
    """Those that the model hears otherwise are kept back where they would be said: each is read again in its place."""
    texts = []
    for entry in entries():
        fillers = dict(part.split(":", 1) for part in _slots(entry.said[0]))
        texts += [filled(text, fillers) for text in entry.rewordings]
    harsh = [doc.text for doc in assistant.read_all(texts) if any(doc._.labels)]
    assert len(harsh) <= 0.1 * len(texts)


def test_shared_wording_counts_rare_words_more_than_common_ones() -> None:
    said = "you never listen to me"
    assert shared(said, "you never listen to me") == pytest.approx(1)
    assert shared(said, "listen") > shared(said, "to") > 0
    assert shared(said, "bring the plates") == 0


@pytest.mark.parametrize(
    ("draft", "own"),
    [
        ("are we together or not. just tell me", ""),
        ("You lied to me about the credit card.", "the credit card"),
        ("if u loved me youd come to my sisters wedding", "wedding"),
    ],
)
def test_what_everybody_says_gets_an_option_with_the_senders_own_words(
    assistant: Assistant, draft: str, own: str
) -> None:
    (suggestion,) = assistant.reflect(draft).suggestions
    assert suggestion.options and own in suggestion.options[0].text.lower()


def _slots(line: str) -> list[str]:
    return [part.split("}")[0] for part in line.split("{")[1:]]
