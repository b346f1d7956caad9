"""Review in a real browser: by keyboard alone, filters, files, and what is to settle."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_teaching import bring_in, kept, lines, open_page
from conftest import RunningApp, StartApp
from playwright.sync_api import BrowserContext, Page, expect

from nlp.examples import Phrase
from nlp.feedback import Said, Sample, State, Store
from nlp.feedback.database import Database

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reviewed(start_app: StartApp) -> RunningApp:
    return start_app()


@pytest.fixture
def store(reviewed: RunningApp) -> Iterator[Store]:
    store = Store(Database(kept(reviewed)))
    store.add(
        [
            Sample("Anna said you never help 💛 at home", ("blame",), (Phrase(10, 24, "blame", ""),), before="Hi."),
            Sample("ok cool.", said=Said("shipped", (), (0.48, 0.1, 0.1))),
            Sample("answer me now", ("pressure",)),
        ]
    )
    yield store
    store.delete_all()


@pytest.fixture
def page(context: BrowserContext, reviewed: RunningApp, store: Store) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{reviewed.url}/review")
    expect(page.locator(".card .word").first).to_be_visible(timeout=60_000)
    return page


def states(store: Store) -> list[str]:
    return [str(k.sample.state) for k in store.find()]


def settled(page: Page) -> None:
    expect(page.locator(".root.review")).to_have_attribute("aria-busy", "false")


def test_everything_is_reviewed_by_keyboard_alone(page: Page, store: Store) -> None:
    # Keys pressed faster than any answer can come.
    for key in ("a", "1", "a", "s", "k", "k"):
        page.keyboard.press(key)
    settled(page)
    assert states(store) == ["accepted", "changed", "skipped"]
    assert store.find()[1].sample.labels == ("blame",)
    expect(page.locator(".where")).to_contain_text("1 of 3")
    page.keyboard.press("u")
    settled(page)
    assert states(store) == ["accepted", "changed", "new"]
    expect(page.locator(".rows .state").last).to_have_text("not looked at")


def test_words_are_marked_by_keyboard_and_by_dragging(page: Page, store: Store) -> None:
    page.keyboard.press("k")
    page.keyboard.press("w")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("3")
    settled(page)
    sample = store.find()[0].sample
    assert sample.labels == ("pressure", "ultimatum") and sample.phrases == (Phrase(0, 9, "ultimatum", ""),)
    page.locator(".rows button").last.click()
    first, last = (page.locator(".card .word", has_text=word).bounding_box() for word in ("💛", "home"))
    assert first and last
    page.mouse.move(first["x"] + 3, first["y"] + 8)
    page.mouse.down()
    page.mouse.move(last["x"] + 3, last["y"] + 8, steps=6)
    page.mouse.up()
    page.locator(".card").get_by_role("button", name="pressure").click()
    settled(page)
    sample = store.find()[2].sample
    assert [sample.text[p.start : p.end] for p in sample.phrases] == ["you never help", "💛 at home"]


def test_a_name_is_taken_out_and_the_marks_move_along(page: Page, store: Store, reviewed: RunningApp) -> None:
    page.locator(".rows button").last.click()
    page.keyboard.press("e")
    box = page.get_by_role("textbox", name="The sentence")
    expect(box).to_be_focused()
    box.fill("They said you never help 💛 at home")
    page.get_by_role("textbox", name="Before it").fill("")
    page.keyboard.press("Tab")
    box.press("Control+Enter")
    expect(page.locator(".card .sentence")).to_contain_text("They said")
    sample = store.find()[2].sample
    assert [sample.text[p.start : p.end] for p in sample.phrases] == ["you never help"] and sample.before is None
    assert all(b"Anna" not in p.read_bytes() for p in kept(reviewed).rglob("*") if p.is_file())


def test_the_list_is_sifted_and_sorted(page: Page) -> None:
    rows = page.locator(".rows .words")
    page.get_by_label("First").select_option("uncertain")
    expect(rows.first).to_have_text("ok cool.")
    page.locator("#sift-label").select_option("clear")
    expect(rows).to_have_count(1)
    page.locator("#sift-label").select_option("pressure")
    expect(rows).to_have_text(["answer me now"])
    page.locator("#sift-label").select_option("")
    page.get_by_label("Show").select_option("skipped")
    expect(page.get_by_text("No sentence fits this choice.")).to_be_visible()
    page.get_by_label("Show").select_option("new")
    expect(rows).to_have_count(3)
    page.locator(".card").focus()
    page.keyboard.press("a")
    expect(rows).to_have_count(2)
    page.get_by_label("Until").fill("2020-01-01")
    expect(rows).to_have_count(0)


def test_the_same_words_with_other_labels_are_settled(page: Page, store: Store) -> None:
    store.add([Sample("OK, cool!", ("blame",))])
    page.reload()
    clash = page.locator(".clash", has_text="The same words, with different labels")
    expect(clash).to_contain_text("OK, cool!", timeout=60_000)
    clash.get_by_role("button", name="Keep this one, delete the rest").last.click()
    expect(clash).to_have_count(0)
    assert sum("cool" in k.sample.text for k in store.find()) == 1


def test_a_file_is_looked_at_before_it_comes_in(page: Page, store: Store) -> None:
    content = lines(("fine by me", []), ("answer me now", ["pressure"]), ("hm", ["rude"])) + "not json\n"
    bring_in(page, "mine.jsonl", content)
    preview = page.locator(".preview")
    expect(preview).to_contain_text("One sentence will be brought in; 1 left out, because the same is there already")
    expect(preview).to_contain_text("Line 3 'rude' is no label")
    expect(preview).to_contain_text("Line 4 This line is not JSON.")
    assert len(store.find()) == 3
    preview.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.locator(".rows li")).to_have_count(4)
    page.locator("#import").set_input_files({"name": "x.exe", "mimeType": "text/plain", "buffer": b"\x00"})
    expect(page.locator(".bar.error")).to_contain_text("only .csv and .jsonl files")


def test_everything_is_taken_out_as_a_file(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert texts == ["Anna said you never help 💛 at home", "ok cool.", "answer me now"]


def test_keys_are_left_to_text_boxes_and_can_be_turned_off(page: Page, store: Store) -> None:
    page.keyboard.press("e")
    page.keyboard.type("sad")
    page.get_by_role("button", name="Cancel").click()
    page.locator("summary", has_text="Keys").click()
    page.get_by_label("Use these keys").uncheck()
    page.locator(".card").focus()
    page.keyboard.press("a")
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    assert states(store) == [State.new] * 3


def test_what_would_teach_most_is_offered(page: Page, store: Store) -> None:
    page.get_by_role("button", name="Look for mistakes").click()
    offered = page.get_by_role("region", name="Worth a look").locator(".clash")
    expect(offered).to_have_count(3, timeout=120_000)
    offered.filter(has_text="ok cool.").get_by_role("button", name="blame").click()
    expect(offered).to_have_count(2)
    assert store.find(label="blame")[0].sample.text == "ok cool."


@pytest.mark.parametrize("name", ["review", "retrain"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(context: BrowserContext, reviewed: RunningApp, store: Store, name: str, scheme: str) -> None:
    store.add([Sample("x" * 300, ("blame", "pressure", "ultimatum"))])
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(f"{reviewed.url}/{name}")
    expect(page.locator(f".root.{name} h1")).to_be_visible(timeout=60_000)
    expect(page.locator(f".root.{name}")).to_have_attribute("data-scheme", scheme)
    assert not page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth > 375")


def test_the_pages_are_reached_and_left_by_keyboard(page: Page) -> None:
    open_page(page, "Retrain")
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { let n = document.activeElement; while (n.shadowRoot?.activeElement) n = n.shadowRoot.activeElement;"
                " return (n.getAttribute('aria-label') || n.textContent).trim(); }"
            )
        )
    assert {"Retrain", "The latest of them"} <= reached
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("**/away")
