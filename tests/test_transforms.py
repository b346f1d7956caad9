"""The rules of rewording: each must-work example of `data/transforms.toml`, inflection, spelling, grammar."""

import json
import re
from functools import cache

import pytest

from nlp.examples import shipped_examples
from nlp.pipeline import shipped_parser
from nlp.rewording import inflection
from nlp.rewording.clauses import positive
from nlp.rewording.grammar import problems
from nlp.rewording.lines import NO_LINES, lines
from nlp.rewording.patterns import before, match, patterns
from nlp.rewording.pieces import Piece
from nlp.rewording.plain import plain
from nlp.rewording.spoken import Spoken, spoken
from nlp.rewording.transforms import RULES
from nlp.wording import read_words

ROWS = read_words("transforms.toml")["rule"]
WORKS = [(row["id"], bool(row.get("ultimatum")), *example) for row in ROWS for example in row["works"]]
LEAVES = [(row["id"], bool(row.get("ultimatum")), sentence) for row in ROWS for sentence in row["leaves"]]


def read(sentence: str, ultimatum: bool) -> Spoken:
    labels = frozenset({"ultimatum"} if ultimatum else ())
    before, _, rest = sentence.partition("⟦")
    flagged = rest.partition("⟧")[0]
    phrases = ((len(before), len(before) + len(flagged), ""),) if flagged else ()
    return next(iter(spoken(shipped_parser(), [(re.sub("[⟦⟧]", "", sentence), 0, labels, phrases)])))


def made(rule: str, sentence: str, ultimatum: bool) -> list[Piece]:
    return list(RULES[rule](read(sentence, ultimatum)))


def test_every_rule_has_an_example_that_works_and_one_that_is_left() -> None:
    assert {row["id"] for row in ROWS} == set(RULES)
    assert all(row["works"] and row["leaves"] for row in ROWS)


@pytest.mark.parametrize(("rule", "ultimatum", "sentence", "kind", "words"), WORKS)
def test_a_rule_says_what_its_example_says(rule: str, ultimatum: bool, sentence: str, kind: str, words: str) -> None:
    found = [(piece.kind, piece.text) for piece in made(rule, sentence, ultimatum)]
    assert (kind, words) in found


@pytest.mark.parametrize(("rule", "ultimatum", "sentence"), LEAVES)
def test_a_rule_leaves_what_only_looks_alike(rule: str, ultimatum: bool, sentence: str) -> None:
    assert not made(rule, sentence, ultimatum)


def test_every_unwanted_act_has_its_wish() -> None:
    for row in read_words("positives.toml")["positive"]:
        wish = positive(row["example"])
        assert wish, row["example"]
        assert wish == re.compile(row["what"] + r"\Z", re.I).match(row["example"]).expand(row["ask"]), row["example"]


@pytest.mark.parametrize(
    ("verb", "past", "participle", "gerund", "third"),
    [
        ("run", "ran", "run", "running", "runs"),
        ("stop", "stopped", "stopped", "stopping", "stops"),
        ("play", "played", "played", "playing", "plays"),
        ("tidy", "tidied", "tidied", "tidying", "tidies"),
        ("make", "made", "made", "making", "makes"),
        ("visit", "visited", "visited", "visiting", "visits"),
        ("cancel", "cancelled", "cancelled", "cancelling", "cancels"),
        ("lie", "lied", "lied", "lying", "lies"),
        ("see", "saw", "seen", "seeing", "sees"),
        ("push", "pushed", "pushed", "pushing", "pushes"),
    ],
)
def test_verbs_are_inflected(verb: str, past: str, participle: str, gerund: str, third: str) -> None:
    assert inflection.past(verb) == past
    assert inflection.participle(verb) == participle
    assert inflection.gerund(verb) == gerund
    assert inflection.third(verb) == third


def test_chat_spelling_is_read_as_plain_english_and_found_again_as_typed() -> None:
    found = plain("u NEVER text me back n ur mum knows ur cold")
    assert found.text == "you never text me back and your mum knows you're cold"
    assert found.typed(0, len(found.text)) == found.raw
    at = found.text.index("your mum")
    assert found.typed(at, at + len("your mum")) == "ur mum"


def test_names_in_capitals_are_not_taken_for_shouting() -> None:
    assert plain("It is on the BBC, call the GP").text == "It is on the BBC, call the GP"


@cache
def faults(text: str) -> tuple[str, ...]:
    return tuple(problems(shipped_parser()(text)))


@pytest.mark.parametrize("row", read_words("grammar.toml")["broken"], ids=lambda row: row["name"])
def test_each_broken_pattern_finds_its_example(row: dict[str, str]) -> None:
    assert row["name"] in faults(row["example"])


def test_the_lines_themselves_are_correct_english() -> None:
    for name, table in lines().items():
        for rows in table.values() if name not in NO_LINES else ():
            for line in rows:
                if "{" not in line:
                    assert not faults(line), (line, faults(line))


CORRUPTIONS = [
    lambda t: re.sub(r"\bI'm\b", "I is", t, count=1),
    lambda t: re.sub(r"\bcould you (\w+)", r"could you \1 \1", t, count=1),
    lambda t: re.sub(r"\bthe\b", "the my", t, count=1),
    lambda t: re.sub(r"\bwe (?:can|could)\b", "we could can", t, count=1),
    lambda t: re.sub(r" \w+([.?!])$", r" the\1", t),
    lambda t: re.sub(r"\byou are\b|\byou're\b", "you is", t, count=1),
]


def test_the_grammar_check_passes_good_sentences_and_finds_corrupted_ones() -> None:
    clear = [
        draft.text[s.start : s.end]
        for draft in shipped_examples("dev")
        if draft.kind in ("plain", "draft")
        for s in draft.sentences
        if not s.labels and draft.text[s.start : s.end][:1].isupper() and draft.text[s.start : s.end][-1] in ".?!"
    ][:150]
    passed = [text for text in clear if not faults(plain(text).text)]
    corrupted = {c(text) for text in clear for c in CORRUPTIONS if c(text) != text}
    found = [text for text in corrupted if faults(text)]
    assert len(passed) >= 0.93 * len(clear), json.dumps([t for t in clear if faults(plain(t).text)], indent=1)
    assert len(found) >= 0.9 * len(corrupted), json.dumps([t for t in corrupted if not faults(t)], indent=1)


PATTERNS = read_words("patterns.toml")["pattern"]


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row["name"])
def test_each_pattern_of_words_finds_its_examples_and_leaves_what_only_looks_alike(row: dict[str, list[str]]) -> None:
    name = str(row["name"])
    assert row["match"] and row["miss"]
    assert [text for text in row["match"] if not match(name, text)] == []
    assert [text for text in row["miss"] if match(name, text)] == []


def test_what_stands_before_a_pattern_ends_at_the_leftmost_match(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(patterns(), "two-ends", (re.compile("late"), re.compile("early")))
    assert before("two-ends", "an early and a late bus") == "an "
    assert before("two-ends", "a bus") == "a bus"
