"""A phone: words are chosen with a finger, by tapping, by dragging, and by holding down."""

from collections.abc import Iterator

import pytest
from browser_teaching import HARSH, kept, read
from conftest import RunningApp, StartApp
from playwright.sync_api import Browser, Locator, Page, expect

from nlp.feedback import Store
from nlp.feedback.database import Database

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def touched(start_app: StartApp) -> RunningApp:
    return start_app()


@pytest.fixture
def store(touched: RunningApp) -> Iterator[Store]:
    store = Store(Database(kept(touched)))
    store.give_consent(False)
    yield store
    store.delete_all()


@pytest.fixture
def page(browser: Browser, touched: RunningApp, store: Store) -> Iterator[Page]:
    phone = browser.new_context(viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True)
    phone.set_default_timeout(30_000)
    page = phone.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(touched.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    read(page, HARSH)
    yield page
    phone.close()


def middle(word: Locator) -> dict[str, float]:
    word.scroll_into_view_if_needed()
    box = word.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def drag(page: Page, first: Locator, last: Locator, steps: int = 8) -> None:
    """Move a finger from one word to another, as the screen reports it."""
    finger = page.context.new_cdp_session(page)
    middle(last)
    (one, two) = (middle(first), middle(last))
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [one]})
    for step in range(1, steps + 1):
        # Along the line first: a finger that goes down scrolls.
        at = {
            "x": one["x"] + (two["x"] - one["x"]) * step / steps,
            "y": one["y"] + (two["y"] - one["y"]) * (step / steps) ** 3,
        }
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    # A finger needs a moment to come back; a tap at once would belong to the same gesture.
    page.wait_for_timeout(400)


def picked(part: Locator) -> str:
    return " ".join(part.locator(".word.picked").all_inner_texts())


def word(part: Locator, text: str) -> Locator:
    return part.locator(".word", has_text=text).first


def test_a_finger_drags_over_words_that_were_missed(page: Page, store: Store) -> None:
    page.get_by_role("button", name="It missed something?").tap()
    missing = page.locator(".missing")
    drag(page, word(missing, "ok"), word(missing, "cool."))
    assert picked(missing) == "ok cool."
    missing.get_by_role("button", name="blame").tap()
    expect(page.locator(".missed-list li")).to_contain_text("ok cool.")
    assert [k.sample.text for k in store.find()] == ["ok cool."]


def test_two_taps_choose_words_over_several_lines_and_a_third_begins_anew(page: Page, store: Store) -> None:
    page.get_by_role("button", name="It missed something?").tap()
    missing = page.locator(".missing")
    word(missing, "Please").tap()
    word(missing, "leaving").tap()
    assert picked(missing) == "Please answer me right now or I am leaving"
    word(missing, "Hi.").tap()
    assert picked(missing) == "Hi."


def test_a_finger_changes_the_words_of_a_flag(page: Page, store: Store) -> None:
    page.locator(".read mark[tabindex]").first.tap()
    verdict = page.locator("#reason .verdict").first
    verdict.get_by_role("button", name="It is rather…").tap()
    drag(page, word(verdict, "know"), word(verdict, "never"))
    assert picked(verdict) == "know you never"
    verdict.get_by_role("button", name="pressure").tap()
    expect(verdict).to_contain_text("You said: “know you never” is pressure.")
    assert [k.sample.labels for k in store.find()] == [("pressure",)]


def test_a_finger_that_goes_down_over_the_words_scrolls_and_chooses_nothing(page: Page) -> None:
    page.get_by_role("button", name="It missed something?").tap()
    missing = page.locator(".missing")
    picker = missing.locator(".picker")
    assert picker.evaluate("node => getComputedStyle(node).touchAction") == "pan-y"
    at = middle(word(missing, "never"))
    picker.evaluate("node => node.addEventListener('pointercancel', () => { window.scrolled = true; })")
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    for down in range(10, 160, 10):
        point = {"x": at["x"], "y": at["y"] - down}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("window.scrolled")
    assert picked(missing) == ""


def test_words_are_held_down_to_say_that_they_were_missed(page: Page, store: Store) -> None:
    # Headless Chromium selects nothing under a finger that rests: what a phone reports is told instead.
    page.locator(".read > .marked").evaluate(
        """async marked => { const last = marked.lastChild, from = last.data.indexOf("ok cool");
        marked.dispatchEvent(new PointerEvent("pointerdown", { pointerType: "touch" }));
        marked.dispatchEvent(new PointerEvent("pointercancel", { pointerType: "touch" }));
        const selection = marked.getRootNode().getSelection();
        for (const length of [1, 4, 6]) {
          selection.setBaseAndExtent(last, from, last, from + length);
          await new Promise((done) => setTimeout(done, 150));
        } }"""
    )
    missing = page.locator(".missing")
    expect(missing).to_contain_text("You missed this. What is it?")
    assert picked(missing) == "ok cool."
    missing.get_by_role("button", name="blame").tap()
    expect(page.locator(".missed-list li")).to_contain_text("ok cool.")
    assert [k.sample.text for k in store.find()] == ["ok cool."]
