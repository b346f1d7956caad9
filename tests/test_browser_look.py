"""The look of the pages, measured in a real browser: contrast of text, controls and focus rings (WCAG 2.1, AA)."""

from pathlib import Path
from typing import Literal

import pytest
from browser_teaching import HARSH, bring_in, kept, lines, open_page, read
from conftest import RunningApp, StartApp
from playwright.sync_api import BrowserContext, Page, expect

from nlp.feedback import Sample, State, Store
from nlp.feedback.database import Database

pytestmark = pytest.mark.browser
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def furnished(start_app: StartApp) -> RunningApp:
    """The app with a few examples that were kept, in each state."""
    app = start_app(retrains=True)
    store = Store(Database(kept(app)))
    store.give_consent(False)
    texts = ("ok cool.", "oh ok cool.", "wow ok cool.", "ok cool then", "k cool.", "right. ok cool.")
    store.add([Sample(text, ("blame",), state=State.changed) for text in texts])
    store.add(
        [
            Sample("see you at six"),
            Sample("fine", state=State.accepted),
            Sample("answer me", ("pressure",), state=State.skipped),
        ]
    )
    return app


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, context: BrowserContext, furnished: RunningApp) -> Page:
    scheme: Scheme = request.param
    page = context.new_page()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(furnished.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    return page


def faint(page: Page) -> list[str]:
    page.mouse.move(0, 0)
    return [f"{what}: {words!r} {contrast}" for what, words, contrast in page.evaluate(CONTRAST)]


def assert_legible(page: Page) -> None:
    found = faint(page)
    assert not found, "\n".join(found)


def test_the_measure_finds_what_is_faint(page: Page) -> None:
    page.locator(".intro").evaluate("node => { node.style.opacity = 0.4; }")
    page.get_by_role("button", name="Read it").evaluate(
        "node => { node.style.cssText = 'opacity: 0.3; outline: none'; }"
    )
    found = [line.split(":")[0] for line in faint(page)]
    assert {"text p.intro", "text button.first", "focus ring button.first"} <= set(found)


def test_the_page_reflect_can_be_read_by_weak_eyes(page: Page) -> None:
    assert_legible(page)
    read(page, HARSH)
    page.locator(".read mark[tabindex]").first.click()
    page.locator("#reason .verdict").first.get_by_role("button", name="It is rather…").click()
    page.get_by_role("button", name="It missed something?").click()
    for summary in page.locator("details summary").all():
        summary.click()
    assert_legible(page)
    page.locator(".root.desk").evaluate("root => root.classList.add('waiting')")
    assert_legible(page)
    page.get_by_role("textbox", name="Your draft").fill("he hits me and I am afraid to go home")
    page.get_by_role("button", name="Read it").click()
    assert_legible(page)


def test_the_page_review_can_be_read_by_weak_eyes(page: Page) -> None:
    open_page(page, "Review")
    expect(page.locator(".rows li").first).to_be_visible()
    assert_legible(page)
    page.locator(".card").focus()
    page.keyboard.press("e")
    for summary in page.locator("details summary").all():
        summary.click()
    bring_in(page, "mine.jsonl", lines(("one more", ["blame"]), ("odd", ["envy"])))
    assert_legible(page)


def test_the_page_retrain_can_be_read_by_weak_eyes(page: Page) -> None:
    open_page(page, "Retrain")
    page.get_by_role("button", name="Retrain", exact=True).click()
    expect(page.locator(".outcome")).to_be_visible(timeout=240_000)
    for summary in page.locator("details summary").all():
        summary.click()
    assert_legible(page)
    for button in page.locator(".root button").all():
        button.evaluate("node => { node.disabled = true; }")
    assert_legible(page)


def test_the_page_about_can_be_read_by_weak_eyes(page: Page) -> None:
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading").first).to_be_visible()
    assert_legible(page)
