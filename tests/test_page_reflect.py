"""The page's logic, run by Streamlit's own test harness: what is asked, and what is then shown."""

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from scripted_assistant import WARM, ScriptedAssistant
from streamlit.testing.v1 import AppTest

import nlp
from nlp import knowledge
from nlp.schema import Option, Rewrite, Suggestion
from nlp.ui import gate, words
from nlp.ui.desk import Desk
from nlp.ui.edits import filled
from nlp.ui.samples import samples
from nlp.ui.shell import static_text

ROOT = Path(__file__).parent.parent
HARSH = "Hi. You know you never listen to me. Bye."


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    import streamlit

    monkeypatch.setenv("GENTLE_DRAFT_HOME", str(tmp_path))
    streamlit.cache_resource.clear()
    # The harness runs the pages without the server that stands before them.
    monkeypatch.setattr(gate, "stands", lambda: True)
    monkeypatch.setattr(nlp, "Assistant", ScriptedAssistant, raising=False)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not at.exception
    return at


def component(at: AppTest, name: str) -> Any:
    return next(each.proto for each in at.get("bidi_component") if each.proto.component_name == name)


def shown(at: AppTest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(component(at, "notes.desk").json)
    return found


def send(at: AppTest, event: str, value: Any, name: str = "notes.desk") -> AppTest:
    """Do what the browser does when a component reports an event."""
    states = at._tree.get_widget_states()
    state = states.widgets.add()
    state.id = f"$$STREAMLIT_INTERNAL_KEY_{component(at, name).id}__events"
    state.json_trigger_value = json.dumps([{"event": event, "value": value}])
    at._run(states)
    assert not at.exception
    return at


_number = iter(range(10_000))


def ask(at: AppTest, what: str, text: str, **more: Any) -> dict[str, Any]:
    return shown(send(at, "ask", {"id": str(next(_number)), "do": what, "text": text, **more}))


def test_without_the_gate_the_page_says_how_to_start_and_shows_nothing_else() -> None:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert [each.value for each in at.info] == [words.UNGUARDED]
    assert not at.get("bidi_component")


def test_an_empty_page_offers_samples_and_shows_no_reading(page: AppTest) -> None:
    view = shown(page)
    assert view["reading"] is None and view["intro"] == words.INTRO
    assert len(view["samples"]) == 4


def test_a_draft_is_read_and_its_flags_are_explained(page: AppTest) -> None:
    reading = ask(page, "read", HARSH)["reading"]
    assert reading["summary"] == "One phrase may land harder than you mean it."
    flag = reading["flags"][0]
    assert flag["words"] == "you never listen"
    assert flag["message"] == knowledge.signs()["absolutes"].message
    assert flag["point"]["sentence"] == knowledge.points()["no-blame"].sentence
    assert [option["style"] for option in reading["places"][0]["options"]] == ["Brief", "Warm"]


def test_a_rewording_is_applied_read_again_and_taken_back(page: AppTest) -> None:
    ask(page, "read", HARSH)
    after = ask(page, "use", HARSH, suggestion=0, option=1, picks=[])
    assert after["draft"] == f"Hi. {WARM} Bye."
    assert after["revision"] and after["reading"]["clear"]
    before = ask(page, "undo", after["draft"])
    assert before["draft"] == HARSH and before["redo"] == 1
    assert ask(page, "redo", HARSH)["draft"] == after["draft"]


def test_the_same_question_is_answered_once(page: AppTest) -> None:
    ask(page, "read", HARSH)
    twice = {"id": "twice", "do": "use", "text": HARSH, "suggestion": 0, "option": 1, "picks": []}
    first = shown(send(page, "ask", twice))
    again = shown(send(page, "ask", twice))
    assert again["draft"] == first["draft"] and again["revision"] == first["revision"]


def test_a_question_that_makes_no_sense_does_no_harm(page: AppTest) -> None:
    ask(page, "read", HARSH)
    for strange in (
        {"do": "use", "suggestion": 99, "option": 0},
        {"do": "use", "suggestion": 0, "option": "x"},
        {"do": "sample", "sample": -100},
        {"do": "rewrite", "rewrite": 9},
        {"do": "nothing"},
    ):
        view = ask(page, strange.pop("do"), HARSH, **strange)
        assert view["draft"] == HARSH
    send(page, "ask", "not an object")
    send(page, "ask", {"id": None})


def test_every_sample_is_read(page: AppTest) -> None:
    typed = ""
    for number, sample in enumerate(samples()):
        view = ask(page, "sample", typed, sample=number)
        assert view["draft"] == sample.text and view["reading"] is not None
        typed = sample.text
    assert ask(page, "undo", typed)["draft"] == samples()[2].text


def test_a_sample_does_not_lose_what_was_typed(page: AppTest) -> None:
    assert ask(page, "sample", "my own words", sample=0)["draft"] == samples()[0].text
    assert ask(page, "undo", samples()[0].text)["draft"] == "my own words"


def test_a_failure_becomes_a_sentence_and_keeps_the_words(page: AppTest, caplog: pytest.LogCaptureFixture) -> None:
    view = ask(page, "read", "break the reader")
    assert view["error"] == words.BROKEN and view["draft"] == "break the reader"
    assert "break the reader" not in caplog.text
    assert ask(page, "read", "x" * 20_001)["error"] == "This draft is too long; paste a shorter part."


def test_safety_comes_with_all_countries_and_none_is_picked(page: AppTest) -> None:
    reading = ask(page, "read", "he hit me. And you never listen.")["reading"]
    assert reading["safety"][0]["title"] == "Your safety comes first"
    names = [country["name"] for country in reading["help"]["countries"]]
    assert names == sorted(names) and "Ireland" in names and not any(len(name) == 2 for name in names)
    shown_names = {each["name"] for country in reading["help"]["countries"] for each in country["services"]}
    shown_names |= {each["name"] for each in reading["help"]["worldwide"]}
    assert shown_names == {service.name for service in knowledge.services()}
    assert [place["suggestion"] for place in reading["places"]] == [0]


def test_help_is_not_sent_where_it_is_not_needed(page: AppTest) -> None:
    assert ask(page, "read", HARSH)["reading"]["help"] is None


def test_leaving_forgets_everything(page: AppTest) -> None:
    ask(page, "read", HARSH)
    ask(page, "use", HARSH, suggestion=0, option=1, picks=[])
    send(page, "leave", "token", "notes.leave")
    view = shown(page)
    assert view["draft"] == "" and view["reading"] is None and view["undo"] == view["redo"] == 0 and view["revision"]
    assert json.loads(component(page, "notes.leave").json)["cleared"] == "token"
    assert "never listen" not in repr(page.session_state["notes.desk"])


def test_no_user_text_reaches_a_markdown_or_html_element(page: AppTest) -> None:
    text = "**you never listen** :red[x] <b>y</b>"
    marked = ask(page, "read", text)["reading"]["marked"]
    assert "<b>" not in marked and "&lt;b&gt;y&lt;/b&gt;" in marked
    for element in page.main:
        if element.type != "bidi_component":
            assert "you never listen" not in str(element.proto)


def test_the_about_page_explains_the_labels(page: AppTest) -> None:
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    assert get_script_run_ctx(suppress_warning=True) is None
    about = AppTest.from_function(_about, default_timeout=30).run()
    assert not about.exception
    text = " ".join(str(each.proto) for each in about.get("html"))
    for label in knowledge.labels().values():
        assert label.meaning in text


def _about() -> None:
    from nlp.ui import about

    about.page()


def test_steps_back_are_bounded() -> None:
    desk = Desk()
    for number in range(300):
        desk.answer({"id": str(number), "do": "read", "text": f"draft {number}"}, ScriptedAssistant().reflect)
    assert len(desk.past) == 100


def test_there_are_four_samples_of_four_kinds() -> None:
    assert [sample.id for sample in samples()] == ["harsh", "mixed", "clear", "boundary"]
    assert all(sample.text and "\n" not in sample.text for sample in samples())


def test_the_settings_file_is_the_same_in_both_places() -> None:
    assert (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8") == static_text("config.toml")


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_enough_contrast(scheme: str) -> None:
    rules = re.findall(r"^\.root(?:\[data-scheme=\"dark\"\])? \{(.*?)^\}", static_text("look.css"), re.S | re.M)
    colours = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", rule)) for rule in rules[:2]]
    colour = colours[0] | (colours[1] if scheme == "dark" else {})
    theme = tomllib.loads(static_text("config.toml"))["theme"][scheme]
    assert (theme["backgroundColor"], theme["textColor"]) == (colour["paper"], colour["ink"])
    pairs = [(text, paper) for text in ("ink", "soft") for paper in ("paper", "sheet", "tint", "accent-tint")]
    pairs += [("accent", paper) for paper in ("paper", "sheet", "tint", "accent-tint")]
    pairs += [
        (label, paper) for label in ("blame", "pressure", "ultimatum") for paper in (f"{label}-tint", "sheet", "tint")
    ]
    pairs += [("ink", f"{label}-tint") for label in ("blame", "pressure", "ultimatum", "care")]
    pairs += [("care", "sheet"), ("care", "care-tint"), ("on-accent", "accent"), ("soft", "care-tint")]
    for text, paper in pairs:
        one, two = sorted((luminance(colour[text]), luminance(colour[paper])), reverse=True)
        assert (one + 0.05) / (two + 0.05) >= 4.5, f"{scheme}: {text} on {paper}"
    edges = [(colour["rim"], colour[paper]) for paper in ("paper", "sheet")]
    for edge, paper in edges:
        one, two = sorted((luminance(edge), luminance(paper)), reverse=True)
        assert (one + 0.05) / (two + 0.05) >= 3, f"{scheme}: the edge of a control"


def test_an_option_is_steered_and_the_choice_is_taken_back() -> None:
    desk, read = Desk(), ScriptedAssistant().reflect
    asked: list[dict[str, Any]] = []

    def reword(text: str, start: int, end: int, **wishes: Any) -> Suggestion:
        asked.append(wishes)
        return Suggestion(start, end, (0,), (Option("brief", "I feel a bit lonely."),))

    desk.answer({"id": "1", "do": "read", "text": HARSH}, read)
    desk.answer({"id": "2", "do": "steer", "suggestion": 0, "feeling": "lonely", "another": True}, read, reword)
    assert desk.reflection is not None
    assert desk.reflection.suggestions[0].options[0].text == "I feel a bit lonely."
    assert asked[0]["feeling"] == "lonely" and asked[0]["need"] is None and WARM in asked[0]["shown"]
    desk.answer({"id": "3", "do": "unsteer"}, read, reword)
    assert desk.reflection.suggestions[0].options[1].text == WARM


@pytest.mark.parametrize(
    ("steered", "whole"),
    [
        ("I feel a bit lonely.", "Hi. I feel a bit lonely. See you."),
        ("you never listen", f"Hi. {WARM} See you."),
        ("Could you ring? Would you come?", f"Hi. {WARM} See you."),
    ],
)
def test_the_whole_message_says_what_was_steered_unless_it_would_be_flagged_or_ask_twice(
    steered: str, whole: str
) -> None:
    desk, read = Desk(), ScriptedAssistant().reflect

    def reword(text: str, start: int, end: int, **wishes: Any) -> Suggestion:
        return Suggestion(start, end, (0,), (Option("brief", steered),))

    desk.answer({"id": "1", "do": "read", "text": HARSH}, read)
    assert desk.reflection is not None
    desk.reflection = replace(desk.reflection, rewrites=(Rewrite("brief", f"Hi. {WARM} See you."),))
    desk.answer({"id": "2", "do": "steer", "suggestion": 0}, read, reword)
    assert [each.text for each in desk.reflection.rewrites] == [whole]
    steered = "I miss you."
    desk.answer({"id": "3", "do": "steer", "suggestion": 0}, read, reword)
    assert [each.text for each in desk.reflection.rewrites] == ["Hi. I miss you. See you."]


def test_what_could_not_be_done_of_a_choice_is_said_beside_the_options() -> None:
    read = ScriptedAssistant.load().reflect
    desk = Desk()
    desk.answer({"id": "1", "do": "read", "text": HARSH}, read)
    assert desk.reflection is not None
    place = desk.reflection.suggestions[0]
    told = Suggestion(place.start, place.end, place.flags, (Option("brief", "I miss you."),), hint="Add a thing.")
    desk.answer({"id": "2", "do": "steer", "suggestion": 0, "style": "warm"}, read, lambda *_, **__: told)
    assert desk.status == f"{words.OTHER_IN} Add a thing."


def test_words_to_fill_can_be_typed() -> None:
    option = ScriptedAssistant().reflect(HARSH).suggestions[0].options[0]
    assert "on the 9th" in filled(option, ["on the 9th"])
    assert filled(option, [" "]) == option.text
