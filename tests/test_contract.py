"""Every result keeps the contract: its JSON Schema, and what a schema cannot say."""

import itertools
import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nlp
from nlp import Assistant, Reflection
from nlp.errors import DraftTooLongError
from nlp.examples import shipped_examples
from nlp.schema import LABELS, MAX_CHARACTERS

SCHEMA = json.loads((Path(nlp.__file__).parent / "schema.json").read_text(encoding="utf-8"))

AWKWARD = [
    "",
    " ",
    "ok",
    "😀" * 5000,
    "\u202eyou never call\u202c me",
    "you\u200b never\u200d call \ufeffme",
    "a\x00b\x07c\x1b[31mred",
    "لماذا لا ترد علي أبدا يا حبيبي",
    "You never “listen” to me — you’re so cold 😡😡\r\nAnswer me NOW!!!\r\n\r\nthx",
    "?" * 300,
    "no " * 6000,
    "\n".join(["- you never call"] * 40),
]


@cache
def assistant() -> Assistant:
    return Assistant.load()


def assert_contract(reflection: Reflection, rewrite: bool = True) -> None:
    result = reflection.to_dict()
    jsonschema.validate(json.loads(json.dumps(result)), SCHEMA)
    text, last = reflection.text, 0
    for sentence in reflection.sentences:
        assert last <= sentence.start < sentence.end <= len(text)
        last = sentence.end
        for label in sentence.labels:
            inside = [f for f in reflection.flags if f.label == label and sentence.start <= f.start < sentence.end]
            assert inside and all(f.end <= sentence.end for f in inside)
    for label in LABELS:
        own = sorted((f.start, f.end) for f in reflection.flags if f.label == label)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(own))
    last = 0
    bounds = {s.start for s in reflection.sentences}, {s.end for s in reflection.sentences}
    for suggestion in reflection.suggestions:
        assert last <= suggestion.start < suggestion.end <= len(text)
        assert suggestion.start in bounds[0] and suggestion.end in bounds[1]
        assert bool(suggestion.options) != bool(suggestion.prompt)
        assert len({o.text for o in suggestion.options}) == len(suggestion.options) <= 3
        last = suggestion.end
        for index in suggestion.flags:
            flag = reflection.flags[index]
            assert suggestion.start <= flag.start and flag.end <= suggestion.end
        for option in suggestion.options:
            for place in option.to_fill:
                assert 0 <= place.start < place.end <= len(option.text)
        assert not any(
            "safety" in s.roles and s.start < suggestion.end and s.end > suggestion.start for s in reflection.sentences
        )
    if not rewrite:
        assert reflection.suggestions == () and reflection.rewrites == ()
    safe = [text[s.start : s.end] for s in reflection.sentences if "safety" in s.roles]
    assert all(words in rewrite_.text for rewrite_ in reflection.rewrites for words in safe)


@pytest.mark.parametrize("text", AWKWARD, ids=[repr(t[:18]) for t in AWKWARD])
def test_awkward_text_does_no_harm_and_keeps_the_contract(text: str) -> None:
    assert_contract(assistant().reflect(text))


@pytest.mark.parametrize("draft", shipped_examples("dev")[::6], ids=lambda d: d.id)
def test_real_drafts_keep_the_contract(draft: object) -> None:
    text = draft.text  # type: ignore[attr-defined]
    assert_contract(assistant().reflect(text))
    assert_contract(assistant().reflect(text, rewrite=False), rewrite=False)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_unicode_text_keeps_the_contract(text: str) -> None:
    assert_contract(assistant().reflect(text))


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="😀👨‍👩‍👧’“”\r\n\t \u200b\u202e", max_size=30))
def test_flags_hold_the_words_meant_whatever_stands_before_them(prefix: str) -> None:
    words = "Answer me right now or we are finished, this is your last chance."
    text = prefix + "\n" + words
    flags = assistant().reflect(text, rewrite=False).flags
    found = [text[f.start : f.end] for f in flags if f.end > len(prefix) + 1]
    assert found
    assert all(piece in words for piece in found)


def test_an_empty_draft_gives_empty_lists() -> None:
    result = assistant().reflect("").to_dict()
    assert [result[k] for k in ("sentences", "flags", "suggestions", "rewrites", "notes", "strengths")] == [[]] * 6


def test_the_longest_draft_is_read_and_a_longer_one_refused_in_one_sentence() -> None:
    longest = ("We could have soup tonight. " * 800)[:MAX_CHARACTERS]
    assert assistant().reflect(longest, rewrite=False).text == longest
    with pytest.raises(DraftTooLongError, match="20,000") as caught:
        assistant().reflect(longest + "x")
    assert "\n" not in str(caught.value)


def test_the_same_draft_gives_the_same_result() -> None:
    text = "You never listen to me. Answer me tonight or I'm gone."
    assert assistant().reflect(text) == assistant().reflect(text)
