"""Reflect, Review and Retrain in a real browser: from the first answer to a model and back again."""

from collections.abc import Iterator

import pytest
from browser_teaching import HARSH, HOSTILE, allow, bring_in, kept, lines, on_disk, open_page, read
from conftest import RunningApp, StartApp
from playwright.sync_api import BrowserContext, Page, expect

from nlp.examples import shipped_examples
from nlp.feedback import State, Store
from nlp.feedback.database import Database

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def teachable(start_app: StartApp) -> RunningApp:
    return start_app(retrains=True)


@pytest.fixture
def store(teachable: RunningApp) -> Iterator[Store]:
    store = Store(Database(kept(teachable)))
    yield store
    store.delete_all()
    store.withdraw_consent()


@pytest.fixture
def page(context: BrowserContext, teachable: RunningApp, store: Store) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(teachable.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    return page


def first_verdict(page: Page):
    page.locator(".read mark[tabindex]").first.click()
    return page.locator("#reason .verdict").first


def test_the_first_answer_asks_once_and_undo_takes_it_back(page: Page, store: Store) -> None:
    read(page, HARSH)
    verdict = first_verdict(page)
    verdict.get_by_role("button", name="Right").click()
    question = page.get_by_role("region", name="May this be kept on this computer?")
    expect(question).to_contain_text("feedback.db")
    assert store.find() == []
    question.get_by_role("button", name="No, keep nothing").click()
    expect(question).to_have_count(0)
    verdict.get_by_role("button", name="Right").click()
    allow(page, neighbours=True)
    expect(verdict).to_contain_text("You said: right. Kept on this computer only.")
    assert [k.sample.before for k in store.find()] == ["Hi."]
    verdict.get_by_role("button", name="Wrong").click()
    expect(verdict).to_contain_text("You said: wrong.")
    assert store.find()[0].sample.labels == ()
    verdict.get_by_role("button", name="Undo").click()
    expect(verdict.get_by_role("button", name="Wrong")).to_have_attribute("aria-pressed", "false")
    assert store.find() == []


def test_a_flag_gets_another_label_and_other_words_by_keyboard(page: Page, store: Store) -> None:
    store.give_consent(False)
    read(page, HARSH)
    verdict = first_verdict(page)
    verdict.get_by_role("button", name="It is rather…").press("Enter")
    words = verdict.get_by_role("group", name="The words it is about")
    words.get_by_role("button", name="You", exact=True).focus()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    verdict.get_by_role("button", name="pressure").press("Enter")
    expect(verdict).to_contain_text("You said: “you never” is pressure.")
    (example,) = store.find()
    assert example.sample.labels == ("pressure",)


@pytest.mark.parametrize("way", ["selecting", "tapping"])
def test_words_that_were_missed_are_marked(page: Page, store: Store, way: str) -> None:
    store.give_consent(False)
    read(page, f"Fine.\r\n{HARSH}")
    if way == "selecting":
        page.locator(".read > .marked").evaluate(
            """marked => { const last = marked.lastChild, from = last.data.indexOf("ok cool");
            marked.getRootNode().getSelection().setBaseAndExtent(last, from, last, from + 6);
            marked.dispatchEvent(new PointerEvent("pointerup")); }"""
        )
    else:
        page.get_by_role("button", name="It missed something?").click()
        page.locator(".missing .word", has_text="ok").click()
        page.locator(".missing .word", has_text="cool.").click()
    page.locator(".missing").get_by_role("button", name="blame").click()
    expect(page.locator(".missed-list li")).to_contain_text("ok cool.")
    (example,) = store.find()
    assert (example.sample.text, example.sample.labels) == ("ok cool.", ("blame",))
    page.locator(".missed-list").get_by_role("button", name="Undo").click()
    expect(page.locator(".missed-list li")).to_have_count(0)
    assert store.find() == []


def test_a_draft_waits_until_morning_and_is_deleted_for_good(page: Page, teachable: RunningApp) -> None:
    read(page, "quillfeather, you never listen")
    page.get_by_role("button", name="Keep until morning").click()
    waits = page.get_by_role("article", name="A draft that waits")
    expect(waits).to_contain_text("quillfeather, you never listen")
    expect(waits).to_contain_text("read it again now?")
    expect(page.get_by_role("textbox", name="Your draft")).to_have_value("")
    page.reload()
    waits.get_by_role("button", name="Yes, open it").click(timeout=60_000)
    expect(page.get_by_role("textbox", name="Your draft")).to_have_value("quillfeather, you never listen")
    assert on_disk(teachable.home, "quillfeather")
    waits.get_by_role("button", name="Delete").click()
    waits.get_by_role("button", name="Really? Click again").click()
    expect(waits).to_have_count(0)
    assert not on_disk(teachable.home, "quillfeather")


def test_hostile_words_are_only_words_on_each_page(page: Page, store: Store) -> None:
    store.give_consent(True)
    read(page, f"{HOSTILE}. {HOSTILE} again. Bye.")
    verdict = first_verdict(page)
    verdict.get_by_role("button", name="It is rather…").click()
    verdict.locator(".kind.pressure").click()
    expect(verdict).to_contain_text("is pressure")
    page.get_by_role("button", name="It missed something?").click()
    page.get_by_role("button", name="Keep until morning").click()
    expect(page.locator(".begins").first).to_contain_text("**bold**")
    unharmed(page)
    open_page(page, "Review")
    expect(page.locator(".card .sentence")).to_contain_text("**bold**")
    page.keyboard.press("e")
    bring_in(page, f"{HOSTILE[:40].replace('/', '')}.jsonl", lines((HOSTILE, []), (HOSTILE, ["<b>"])))
    expect(page.locator(".preview")).to_contain_text("<b>")
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.locator(".clash").first).to_contain_text("different labels")
    unharmed(page)
    open_page(page, "Retrain")
    page.get_by_text("The latest of them").click()
    expect(page.locator(".latest")).to_contain_text("[x](javascript:window.harmed=2)")
    unharmed(page)


def unharmed(page: Page) -> None:
    assert page.evaluate("window.harmed") is None
    for strange in ("#mine", "img", "strong", "a[href^=javascript]"):
        assert page.locator(f"[data-testid=stMain] {strange}").count() == 0, strange


def test_deleting_names_the_models_and_leaves_nothing(page: Page, store: Store, teachable: RunningApp) -> None:
    open_page(page, "Review")
    rows = [(f"quillfeather number {n}, ok cool.", ["blame"]) for n in range(3)]
    bring_in(page, "mine.jsonl", lines(*rows))
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.locator(".rows li")).to_have_count(3)
    open_page(page, "Retrain")
    page.get_by_role("button", name="Retrain", exact=True).click()
    expect(page.locator(".outcome")).to_contain_text("It has learned from you", timeout=240_000)
    open_page(page, "Review")
    page.locator(".card").focus()
    page.keyboard.press("d")
    dialog = page.get_by_role("alertdialog", name="Delete?")
    expect(dialog).to_contain_text("Yours of")
    page.keyboard.press("Enter")
    expect(page.locator(".rows li")).to_have_count(2)
    page.get_by_role("button", name="Delete everything", exact=True).click()
    page.get_by_label("Also remove these readers").check()
    page.get_by_role("button", name="Delete everything for good").click()
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    assert not on_disk(teachable.home, "quillfeather")
    open_page(page, "Retrain")
    expect(page.locator(".reader")).to_have_count(1)
    expect(page.locator(".reader.active")).to_contain_text("As installed")


def test_from_the_first_answer_to_a_model_and_back(context: BrowserContext, start_app: StartApp) -> None:
    app = start_app(scripted=False)
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    read(page, "I told him about the flat. ok cool.")
    expect(page.locator(".read mark")).to_have_count(0)
    page.get_by_role("button", name="It missed something?").click()
    page.locator(".missing .word", has_text="ok").click()
    page.locator(".missing .word", has_text="cool.").click()
    page.locator(".missing").get_by_role("button", name="blame").click()
    allow(page, neighbours=True)
    expect(page.locator(".missed-list li")).to_have_count(1)
    open_page(page, "Retrain")
    expect(page.get_by_role("heading", name="One sentence to learn from, not learned yet.")).to_be_visible()
    page.get_by_role("button", name="Retrain", exact=True).click()
    expect(page.get_by_role("progressbar", name="How far it is")).to_be_visible()
    # The app is usable meanwhile, and the work goes on while another page is looked at.
    open_page(page, "Review")
    expect(page.locator(".rows li")).to_have_count(1)
    open_page(page, "Retrain")
    expect(page.locator(".outcome")).to_contain_text("It has learned from you", timeout=240_000)
    expect(page.locator(".turned")).to_contain_text("ok cool.")
    for picture in (".pairs svg", ".sureness", ".bar-picture"):
        expect(page.locator(picture).first).to_be_visible()
    page.get_by_role("link", name="Reflect").click()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".read mark.blame")).to_contain_text("ok cool", timeout=60_000)
    open_page(page, "Retrain")
    page.get_by_role("button", name="Go back to: As installed").click()
    expect(page.locator(".reader.active")).to_contain_text("As installed")
    page.get_by_role("link", name="Reflect").click()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".read mark")).to_have_count(0, timeout=60_000)
    open_page(page, "Retrain")
    page.get_by_role("button", name="Use Yours of").click()
    expect(page.locator(".reader.active")).to_contain_text("Yours of")
    assert not app.refused.exists(), app.refused.read_text()


def test_learning_is_stopped_and_changes_nothing(page: Page, store: Store, teachable: RunningApp) -> None:
    open_page(page, "Review")
    bring_in(page, "many.jsonl", lines(*((f"word{n} you never listen {n * n}", ["blame"]) for n in range(600))))
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.locator(".private")).to_contain_text("600 sentences")
    open_page(page, "Retrain")
    before = page.locator(".reader").count()
    page.get_by_role("button", name="Retrain", exact=True).click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped. Nothing was changed.")).to_be_visible(timeout=60_000)
    expect(page.locator(".reader")).to_have_count(before)


def test_harmful_teaching_is_refused_and_tried_again_without_it(page: Page, store: Store) -> None:
    # Clear sentences of those that decide, all called blame: what pulls them must not be let in.
    clear = [d.text[s.start : s.end] for d in shipped_examples("gate") for s in d.sentences if not s.labels]
    open_page(page, "Review")
    bring_in(page, "wrong.jsonl", lines(*((text, ["blame"]) for text in dict.fromkeys(clear[:60]))))
    page.get_by_role("button", name="Bring in", exact=True).click()
    expect(page.locator(".rows li").first).to_be_visible()
    open_page(page, "Retrain")
    readers = page.locator(".reader").count()
    page.get_by_role("button", name="Retrain", exact=True).click()
    expect(page.locator(".outcome")).to_contain_text("was not taken", timeout=240_000)
    expect(page.locator(".notice.refused li").first).to_be_visible()
    expect(page.get_by_role("region", name="What got worse").locator("li").first).to_be_visible()
    assert page.locator(".reader").count() == readers
    page.locator(".suspects input").first.check()
    page.get_by_role("button", name="Put by what is ticked, and try again").click()
    expect(page.get_by_role("progressbar", name="How far it is")).to_be_visible()
    expect(page.locator(".outcome")).to_be_visible(timeout=240_000)
    assert store.counts()[State.skipped] == 1
