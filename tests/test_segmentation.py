"""Sentences of chat text, and offsets into the text as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segmentation import sentence_bounds


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm late. Sorry!", ["I'm late.", "Sorry!"]),
        ("on my way\nneed anything", ["on my way", "need anything"]),
        ("on my way\r\nneed anything", ["on my way", "need anything"]),
        ("wait… what?? ok", ["wait…", "what??", "ok"]),
        ("where are you 😡😡\n😡\nring me", ["where are you 😡😡\n😡", "ring me"]),
        ("😀 morning. you up?", ["😀 morning.", "you up?"]),
        ("!!! hello", ["!!! hello"]),
        ("- milk\n- eggs\n- call your mum", ["- milk", "- eggs", "- call your mum"]),
        ("i waited and waited and nobody came", ["i waited and waited and nobody came"]),
        ('She said "no." Then she left.', ['She said "no."', "Then she left."]),
        ("it cost 4.50 at the 6.12", ["it cost 4.50 at the 6.12"]),
        ("", []),
        (" \n\t ", []),
        ("😀😀", ["😀😀"]),
    ],
)
def test_a_draft_is_cut_as_a_reader_of_chat_would_cut_it(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


@given(st.text())
def test_sentences_cover_everything_but_white_space_in_order_for_any_text(text: str) -> None:
    covered: set[int] = set()
    last = 0
    for start, end in sentence_bounds(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        covered.update(range(start, end))
        last = end
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)
