"""Marks in a draft: every word stays, nothing is taken for HTML, and overlapping phrases are all told."""

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from nlp.schema import LABELS, Flag, Model, Reflection
from nlp.ui.differences import differences
from nlp.ui.edits import filled, moved, put, writable
from nlp.ui.highlight import highlighted, plain


def reflection(text: str, *spans: tuple[int, int, str]) -> Reflection:
    flags = tuple(Flag(start, end, label, 0.9, "absolutes", "no-blame", "may land") for start, end, label in spans)  # type: ignore[arg-type]
    return Reflection(text, (), flags, (), (), (), (), Model("test"))


def words_of(html: str) -> str:
    """Return what is left when the tags and what is said only aloud are taken away."""
    html = re.sub(r'<span class="(heard|tag [a-z]+)"[^>]*>[^<]*</span>', "", html)
    return unescape(re.sub(r"<[^>]*>", "", html))


class Balance(HTMLParser):
    """Collect the tags that are open, and all names and attributes that were met."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_phrase_carries_its_label_by_class_tag_and_spoken_words() -> None:
    html = highlighted(reflection("oh you never listen.", (3, 19, "blame")))
    assert html.startswith("oh <mark") and html.endswith("</mark>.")
    assert '<span class="line blame">you never listen</span>' in html
    assert '<span class="tag blame" aria-hidden="true">blame</span>' in html
    assert '<span class="heard">may be heard as blame: </span>' in html
    assert 'tabindex="0" role="button"' in html


def test_overlapping_phrases_have_all_their_lines_and_one_stop_each() -> None:
    html = highlighted(reflection("abcdefghij", (0, 6, "blame"), (4, 10, "ultimatum")))
    assert html.count("tabindex") == 2
    assert html.count('class="tag') == 2
    assert '<span class="line ultimatum"><span class="line blame">ef</span></span>' in html
    assert words_of(html) == "abcdefghij"


def test_two_phrases_with_the_same_bounds_are_one_stop() -> None:
    html = highlighted(reflection("abc", (0, 3, "pressure"), (0, 3, "ultimatum")))
    assert html.count("tabindex") == 1
    assert 'data-flags="0 1"' in html
    assert "may be heard as pressure, may be heard as an ultimatum" in html


def test_a_part_of_the_draft_shows_only_its_own_marks() -> None:
    found = reflection("One bad. Two bad.", (4, 7, "blame"), (13, 16, "pressure"))
    assert words_of(highlighted(found, 9, 17, focusable=False)) == "Two bad."
    assert "blame" not in highlighted(found, 9, 17)
    assert "tabindex" not in highlighted(found, 9, 17, focusable=False)


def test_the_draft_is_escaped_inside_and_outside_of_marks() -> None:
    text = "<script>\"a\" & 'b'</script>"
    html = highlighted(reflection(text, (8, 11, "blame")))
    assert "<script" not in html and words_of(html) == text


def test_control_characters_are_made_visible() -> None:
    assert plain("a\x00b\x1b\x7f\u202ec\n\t") == "a␀b␛␡⸮c\n\t"


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(LABELS)), max_size=6),
)
def test_no_text_and_no_flags_lose_a_word_or_break_the_html(text: str, spans: list[tuple[int, int, str]]) -> None:
    inside = [
        (min(a, b, len(text)), min(max(a, b), len(text)), label)
        for a, b, label in spans
        if min(a, b, len(text)) < min(max(a, b), len(text))
    ]
    html = highlighted(reflection(text, *inside))
    assert words_of(html) == unescape(plain(text))
    balance = Balance()
    balance.feed(html)
    assert balance.open == []
    assert balance.names <= {"mark", "span"}
    assert balance.attributes <= {"class", "data-flags", "tabindex", "role", "aria-expanded", "aria-hidden"}


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_lose_no_word_of_either_side(old: str, new: str) -> None:
    left, right = differences(old, new)
    assert "".join(words for _, words in left) == old
    assert "".join(words for _, words in right) == new
    assert {kind for kind, _ in left} <= {"same", "gone"} and {kind for kind, _ in right} <= {"same", "new"}


def test_differences_name_what_goes_and_what_is_new() -> None:
    left, right = differences("Thanks for the bike. You never talk.", "Thanks for the bike. I miss our talks.")
    assert left == [("same", "Thanks for the bike. "), ("gone", "You never talk.")]
    assert right == [("same", "Thanks for the bike. "), ("new", "I miss our talks.")]


def test_a_long_text_of_one_word_is_compared_in_a_moment() -> None:
    differences("no " * 10_000, "no " * 9_000 + "yes " * 900)


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=10))
def test_a_place_is_found_again_after_edits_elsewhere(before: str, words: str, after: str, typed: str) -> None:
    old = before + words + after
    start, end = len(before), len(before + words)
    for new in (typed + old, old + typed):
        place = moved(start, end, old, new)
        assert place is None or new[slice(*place)] == words
    if words:
        assert moved(start, end, old, old) == (start, end)


def test_a_place_that_was_itself_changed_is_not_found() -> None:
    assert moved(4, 9, "oh, never ok", "oh, neither ok") is None


def test_words_are_put_by_code_points() -> None:
    assert put("💛💛 you", 3, 6, "we") == "💛💛 we"
    assert writable("half \ud83d") == "half \ufffd"


def test_picks_fill_an_option_from_the_end() -> None:
    from nlp.schema import FillIn, Option

    option = Option(
        "brief", "on A at B.", to_fill=(FillIn(3, 4, "day", ("Thursday",)), FillIn(8, 9, "hour", ("six", "8")))
    )
    assert filled(option, [0, 1]) == "on Thursday at 8."
    assert filled(option, [None, 0]) == "on A at six."
    assert filled(option, [7, -1]) == "on A at B."
    assert filled(option, []) == "on A at B."
