"""The page in a real browser: what a user does from the first paste to leaving."""

import re
from pathlib import Path

import pytest
from conftest import CHROMIUM, CHROMIUM_FLAGS, RunningApp, StartApp
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from scripted_assistant import FILLED, OTHERS, PROMPT, WARM, WHOLE

pytestmark = pytest.mark.browser

HARSH = "Hi. You know you never listen to me. Please answer me right now or I am leaving for good."


def draft(page: Page):
    return page.get_by_role("textbox", name="Your draft")


def read(page: Page, text: str) -> None:
    draft(page).fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".root.desk")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".summary")).to_be_visible()


def marked(page: Page):
    return page.locator(".read > .marked")


def test_a_pasted_draft_stands_below_with_its_phrases_marked(page: Page) -> None:
    read(page, HARSH)
    expect(page.locator(".summary")).to_have_text("4 phrases may land harder than you mean them.")
    expect(marked(page).locator("mark.blame .tag.blame")).to_have_text("blame")
    expect(marked(page).locator("mark .tag.ultimatum")).to_have_text("ultimatum")
    styles = [
        marked(page).locator(f".line.{label}").first.evaluate("node => getComputedStyle(node).textDecorationStyle")
        for label in ("blame", "pressure", "ultimatum")
    ]
    assert styles == ["wavy", "double", "dashed"]


def test_the_marks_are_reached_and_explained_by_keyboard(page: Page) -> None:
    read(page, HARSH)
    expect(page.locator(".summary")).to_be_focused()
    page.keyboard.press("Tab")
    mark = marked(page).get_by_role("button", name="may be heard as blame: you never listen")
    expect(mark).to_be_focused()
    expect(page.locator("#reason")).to_contain_text("A sweeping claim may be heard as")
    expect(page.locator("#reason")).to_contain_text("Without blame")
    assert mark.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.keyboard.press("Tab")
    expect(page.locator("#reason")).to_contain_text("there is no time for your side")


def test_overlapping_phrases_of_two_labels_show_both_reasons(page: Page) -> None:
    read(page, HARSH)
    both = marked(page).locator("mark.pressure.ultimatum").first
    both.click()
    expect(page.locator("#reason .why.pressure")).to_have_count(1)
    expect(page.locator("#reason .why.ultimatum")).to_have_count(1)


def test_a_rewording_goes_in_with_one_click_and_undo_takes_it_back(page: Page) -> None:
    read(page, HARSH)
    page.get_by_role("combobox", name="Choose the day").select_option("Thursday")
    page.get_by_role("button", name="Use this rewording: Brief").click()
    reworded = HARSH.replace("You know you never listen to me.", FILLED.replace("a day this week", "Thursday"))
    expect(draft(page)).to_have_value(reworded)
    expect(page.locator(".bar")).to_contain_text("The rewording is in your draft.")
    expect(marked(page).locator("mark.blame")).to_have_count(0)
    page.locator(".bar").get_by_role("button", name="Undo").click()
    expect(draft(page)).to_have_value(HARSH)
    expect(marked(page).locator("mark.blame")).to_have_count(1)
    page.get_by_role("button", name="Redo").click()
    expect(draft(page)).to_have_value(reworded)


def steering(page: Page):
    form = page.locator(".place").first.locator("details")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def option(page: Page):
    return page.locator(".place").first.locator(".option .words").first


def test_a_choice_recomposes_the_option_at_once_and_stays_chosen(page: Page) -> None:
    read(page, HARSH)
    steering(page).get_by_label("I feel").select_option("lonely")
    expect(option(page)).to_have_text("feeling: lonely.")
    expect(steering(page).get_by_label("I feel")).to_have_value("lonely")
    expect(steering(page).get_by_label("I feel")).to_be_focused()
    steering(page).get_by_label("How strongly").select_option("strong")
    expect(option(page)).to_have_text("feeling: lonely. softness: strong.")
    steering(page).get_by_label("What would help").fill("call me")
    page.keyboard.press("Enter")
    expect(option(page)).to_have_text("feeling: lonely. softness: strong. request: call me.")
    steering(page).get_by_role("button", name="Back to the one before").click()
    expect(option(page)).to_have_text("feeling: lonely. softness: strong.")
    expect(steering(page).get_by_label("What would help")).to_have_value("")


def test_another_is_none_that_was_shown_before(page: Page) -> None:
    read(page, HARSH)
    seen = []
    for _ in range(3):
        steering(page).get_by_role("button", name="Another").click()
        expect(page.locator(".root.desk")).to_have_attribute("aria-busy", "false")
        seen.append(option(page).inner_text())
    assert seen == [*OTHERS, OTHERS[1]]
    expect(page.locator(".bar")).to_contain_text("Nothing else reads well enough here.")


def test_what_is_half_done_at_one_place_outlasts_a_choice_at_another(page: Page) -> None:
    read(page, "you never listen. Well, you never listen.")
    second = page.locator(".place").nth(1)
    second.get_by_role("combobox", name="Choose the day").select_option("Sunday")
    second.locator("summary").click()
    second.get_by_label("What would help").fill("half a thou")
    steering(page).get_by_label("I feel").select_option("sad")
    expect(option(page)).to_have_text("feeling: sad.")
    expect(second.get_by_role("combobox", name="Choose the day")).to_have_value("1")
    expect(second.get_by_label("What would help")).to_have_value("half a thou")
    second.get_by_role("button", name="Use this rewording: Brief").click()
    expect(draft(page)).to_have_value(re.compile("on Sunday|Sunday"))


def test_a_need_that_was_taken_back_can_be_said(page: Page) -> None:
    read(page, "I made soup, never mind me.")
    notice = page.locator(".notice.self-silencing")
    notice.locator("summary").click()
    notice.get_by_label("I need").select_option("rest")
    expect(option(page)).to_have_text("need: rest.")
    page.get_by_role("button", name="Use this rewording: Brief").click()
    expect(draft(page)).to_have_value("I made soup, need: rest..")


def test_undo_goes_back_several_steps(page: Page) -> None:
    read(page, "you never listen. Well, you never listen.")
    undo = page.locator(".tools").get_by_role("button", name="Undo")
    for left in (1, 0):
        page.get_by_role("button", name="Use this rewording: Warm").first.click()
        expect(marked(page).locator("mark")).to_have_count(left)
    expect(draft(page)).to_have_value(f"{WARM} {WARM}")
    undo.click()
    expect(draft(page)).to_have_value(f"{WARM} Well, you never listen.")
    undo.click()
    expect(draft(page)).to_have_value("you never listen. Well, you never listen.")


def test_read_it_takes_the_latest_words_also_those_never_committed(page: Page) -> None:
    draft(page).press_sequentially("All is well.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".bar")).to_contain_text("Nothing here reads as blame")
    expect(draft(page)).to_be_focused()
    page.keyboard.type(" But you never listen")
    expect(page.locator(".stale")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(marked(page).locator("mark.blame")).to_contain_text("you never listen")


def test_nothing_is_sent_while_typing(context: BrowserContext, app: RunningApp) -> None:
    page = context.new_page()
    frames: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for()
    page.wait_for_load_state("networkidle")
    before = len(frames)
    draft(page).press_sequentially("r c and everything in between: rrr ccc")
    page.locator(".tools").click()
    assert len(frames) == before
    read(page, "Now it is.")
    assert len(frames) > before


def test_words_typed_after_reading_are_kept_when_a_rewording_goes_in(page: Page) -> None:
    read(page, HARSH)
    draft(page).press("Control+End")
    page.keyboard.type(" See you.")
    page.get_by_role("button", name="Use this rewording: Warm").click()
    expect(draft(page)).to_have_value(HARSH.replace("You know you never listen to me.", WARM) + " See you.")
    page.locator(".tools").get_by_role("button", name="Undo").click()
    expect(draft(page)).to_have_value(HARSH + " See you.")


def test_a_sentence_changed_after_reading_is_not_overwritten(page: Page) -> None:
    read(page, HARSH)
    changed = HARSH.replace("to me", "to us")
    draft(page).fill(changed)
    page.get_by_role("button", name="Use this rewording: Warm").click()
    expect(page.locator(".bar")).to_contain_text("read again first")
    expect(draft(page)).to_have_value(changed)


def test_where_no_rewording_is_good_a_question_stands(page: Page) -> None:
    read(page, HARSH)
    expect(page.locator(".prompt")).to_contain_text(PROMPT)


def test_the_whole_message_stands_beside_the_draft_and_goes_in(page: Page) -> None:
    read(page, HARSH)
    expect(page.locator(".side").nth(0).locator("del").first).to_be_visible()
    expect(page.locator(".side").nth(1).locator("ins").first).to_contain_text("I would like to be heard.")
    page.get_by_role("button", name="Gives room", exact=True).click()
    expect(page.locator(".side").nth(1)).to_contain_text("No rush, whenever")
    page.get_by_role("button", name="Brief", exact=True).click()
    page.get_by_role("button", name="Use this message").click()
    expect(draft(page)).to_have_value(f"{WHOLE} {HARSH[-20:]}")


def test_copy_puts_the_words_in_the_box_on_the_clipboard(page: Page, context: BrowserContext, app: RunningApp) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    draft(page).fill("Nothing *read* yet <b>here</b> 💛")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Nothing *read* yet <b>here</b> 💛"


def test_copy_has_a_way_without_the_clipboard_interface(page: Page, context: BrowserContext, app: RunningApp) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    draft(page).fill("The old way.")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "The old way."


def test_an_empty_page_explains_itself_and_offers_four_samples(page: Page) -> None:
    expect(page.get_by_text("Paste a message you are about to send.")).to_be_visible()
    expect(page.locator(".samples button")).to_have_count(4)
    page.get_by_role("button", name="A calm one").click()
    expect(draft(page)).to_have_value(re.compile("went quiet after dinner"))
    expect(page.locator(".summary")).to_have_text("Nothing here reads as blame, pressure or an ultimatum.")
    expect(page.locator(".strengths li")).to_have_count(1)
    expect(page.locator(".samples")).to_be_hidden()


def test_reading_an_empty_box_says_so(page: Page) -> None:
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".bar")).to_contain_text("There is nothing in the box yet.")


def test_a_draft_that_tells_of_violence_gets_help_of_the_picked_country(page: Page) -> None:
    read(page, "Last night he hit me. Also you never listen.")
    notice = page.get_by_role("complementary", name="Your safety comes first")
    expect(notice).to_be_visible()
    expect(notice.locator(".service")).to_have_count(1)
    assert not page.locator(".summary").inner_text().startswith("Nothing here")
    picker = notice.get_by_role("combobox", name="Where are you?")
    assert picker.input_value() == ""
    picker.select_option("United Kingdom")
    expect(notice.get_by_role("link", name="0808 2000 247")).to_have_attribute("href", "tel:08082000247")
    for link in notice.locator("a[href^=http]").all():
        assert "noreferrer" in (link.get_attribute("rel") or "")
    expect(page.locator(".place blockquote").filter(has_text="he hit me")).to_have_count(0)


def test_at_most_two_pieces_of_advice_are_shown(page: Page) -> None:
    read(page, "note calm, note no-ask, note length, note thread")
    expect(page.locator(".notice.thread")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(3)
    page.locator(".notice.calm").get_by_role("button", name="Not this advice").click()
    expect(page.locator(".notice.calm")).to_have_count(0)
    expect(page.locator(".notice.length")).to_be_visible()
    expect(page.locator(".notice")).to_have_count(3)


INJECTIONS = (
    "<img src=x onerror=alert(1)> <script>alert(2)</script> <b id=mine>you never listen</b>",
    "**bold** [link](javascript:alert(3)) ![i](http://example.com/i.png) :material/home: :red[you never listen] $x^2$",
    "</textarea></div><svg onload=alert(4)>you never listen</svg> &lt;i&gt; {{7*7}} \u202egnp.exe",
)


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_draft_is_never_taken_for_html_or_markdown(page: Page, text: str) -> None:
    page.on("dialog", lambda _: pytest.fail("a script of the draft ran"))
    read(page, text)
    page.locator("mark[tabindex]").first.focus()
    shown = text.replace("\u202e", "⸮")
    tags = marked(page).locator("mark").evaluate_all("ms => ms.map(m => m.querySelector('.line').textContent)")
    assert tags == ["you never listen"]
    whole = marked(page).evaluate(
        "n => {n = n.cloneNode(true); n.querySelectorAll('.tag,.heard').forEach(x => x.remove()); return n.textContent}"
    )
    assert whole == shown
    for strange in ("#mine", "b", "img", "svg", "strong", "script", "i", "a"):
        assert page.locator(f".desk {strange}").count() == 0, strange
    page.get_by_role("button", name="Use this rewording: Warm").click()
    expect(draft(page)).to_have_value(re.compile(re.escape(WARM)))


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01\x07\x1b[31m you never listen \x7f\u200b\u2066",
        "אתה אף פעם לא מקשיב you never listen שלום",
        "💔" * 5_000 + " you never listen",
        "half \ud83d of one, you never listen",
        "a\r\nb\r\nyou never listen\r\n",
        "‮reversed you never listen",
    ],
    ids=["control", "rtl", "emoji", "surrogate", "crlf", "override"],
)
def test_odd_characters_do_no_harm(page: Page, text: str) -> None:
    draft(page).evaluate("(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", text)
    page.get_by_role("button", name="Read it").click()
    expect(marked(page).locator("mark.blame")).to_contain_text("you never listen")
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_a_draft_that_is_too_long_gets_one_sentence_and_loses_nothing(page: Page) -> None:
    long = "word " * 5_000
    draft(page).fill(long)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".bar.error")).to_contain_text("too long")
    expect(page.locator(".count.over")).to_contain_text("25,000 of 20,000")
    expect(draft(page)).to_have_value(long)


def test_a_failure_is_one_kind_sentence_without_a_traceback(page: Page) -> None:
    draft(page).fill("please break the reader")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".bar.error")).to_contain_text("your words are all still in the box")
    assert "Traceback" not in page.content() and "secret traceback" not in page.content()
    read(page, "Fine again.")


def test_an_unsent_draft_survives_a_change_of_page(page: Page) -> None:
    draft(page).fill("Half a thought, not sent")
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="About this page")).to_be_visible()
    page.get_by_role("link", name="Reflect").click()
    expect(draft(page)).to_have_value("Half a thought, not sent")


def test_an_unsent_draft_survives_a_dropped_connection(context: BrowserContext, app: RunningApp) -> None:
    context.add_init_script(
        "const S = WebSocket; window.sockets = [];"
        "window.WebSocket = class extends S { constructor(...a) { super(...a); window.sockets.push(this); } };"
    )
    page = context.new_page()
    page.goto(app.url)
    read(page, "you never listen")
    draft(page).fill("you never listen, typed later")
    page.evaluate("window.sockets.at(-1).close()")
    page.get_by_role("button", name="Read it").click()
    expect(marked(page)).to_contain_text("typed later")
    expect(draft(page)).to_have_value("you never listen, typed later")


def test_a_draft_survives_a_restart_of_the_program(context: BrowserContext, start_app: StartApp) -> None:
    first = start_app()
    page = context.new_page()
    page.goto(first.url)
    page.get_by_role("button", name="Read it").wait_for()
    draft(page).fill("you never listen, and I never sent this")
    first.stop()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".bar.error")).to_contain_text("Your words are safe")
    start_app(port=first.port)
    expect(marked(page)).to_contain_text("and I never sent this", timeout=60_000)
    expect(draft(page)).to_have_value("you never listen, and I never sent this")


@pytest.mark.parametrize("way", ["key", "button", "key on the other page"])
def test_clear_and_leave_leaves_nothing_behind(page: Page, way: str) -> None:
    read(page, "you never listen, quillfeather")
    if way == "button":
        page.get_by_role("button", name="Clear and leave").click()
    else:
        if way != "key":
            page.get_by_role("link", name="About").click()
            expect(page.get_by_role("heading", name="About this page")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
    page.wait_for_url("**/away")
    assert page.title() == "Notes"
    assert page.locator("body").inner_text() == ""
    page.go_back()
    if "about:blank" not in page.url:
        page.wait_for_load_state()
        if page.get_by_role("link", name="Reflect").count():
            page.get_by_role("link", name="Reflect").click()
        if "away" not in page.url:
            expect(draft(page)).to_have_value("")
    assert "quillfeather" not in page.content()


def test_one_escape_alone_does_nothing(page: Page) -> None:
    read(page, "you never listen")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1300)
    page.keyboard.press("Escape")
    expect(draft(page)).to_have_value("you never listen")


def test_the_tab_is_neutral_from_its_first_byte(context: BrowserContext, app: RunningApp) -> None:
    answer = context.request.get(app.url)
    assert "<title>Notes</title>" in answer.text() and "Streamlit</title>" not in answer.text()
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for()
    assert page.title() == "Notes"
    icons = page.locator("link[rel~=icon]").evaluate_all("links => links.map(link => link.href)")
    assert icons and all(icon.startswith((app.url, "data:")) for icon in icons), icons


def test_no_chrome_of_the_framework_is_seen(page: Page) -> None:
    for name in ("stMainMenu", "stAppDeployButton", "stDecoration", "stHeader"):
        shown = page.get_by_test_id(name)
        assert shown.count() == 0 or not shown.first.is_visible(), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(context: BrowserContext, app: RunningApp, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for()
    read(page, HARSH + " " + "x" * 300)
    expect(page.locator(".root.desk")).to_have_attribute("data-scheme", scheme)
    too_wide = page.evaluate(
        "() => document.scrollingElement.scrollWidth > 375 || document.querySelector('[data-testid=stMain]').scrollWidth > 375"
    )
    assert not too_wide
    page.get_by_role("button", name="Use this rewording: Warm").click()
    expect(draft(page)).to_have_value(re.compile(re.escape(WARM)))


def test_every_control_is_reached_by_tab_alone(page: Page) -> None:
    read(page, HARSH)
    page.locator("body").press("Home")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { let n = document.activeElement; while (n && n.shadowRoot && n.shadowRoot.activeElement)"
                " n = n.shadowRoot.activeElement; return (n.getAttribute('aria-label') || n.textContent || n.id).trim(); }"
            )
        )
    for name in (
        "Clear and leave Esc Esc",
        "Read it",
        "Copy",
        "Choose the day",
        "Use this rewording: Brief",
        "Use this message",
        "About",
    ):
        assert name in reached, (name, reached)


def test_nothing_that_was_typed_is_on_any_disk(playwright: Playwright, start_app: StartApp, tmp_path: Path) -> None:
    app = start_app()
    profile = tmp_path / "profile"
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=CHROMIUM, headless=True, args=CHROMIUM_FLAGS
    )
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    read(page, "quillfeather: you never listen")
    page.get_by_role("button", name="Use this rewording: Warm").click()
    expect(page.locator(".bar")).to_contain_text("The rewording is in")
    page.get_by_role("link", name="About").click()
    expect(page.get_by_role("heading", name="About this page")).to_be_visible()
    context.close()
    assert "quillfeather" not in app.stop()
    kept = [
        path
        for folder in (profile, app.home)
        for path in folder.rglob("*")
        if path.is_file()
        and (b"quillfeather" in path.read_bytes() or "quillfeather".encode("utf-16-le") in path.read_bytes())
    ]
    assert not kept, kept
    assert not app.refused.exists(), app.refused.read_text()


def test_the_program_reaches_no_other_machine(page: Page, app: RunningApp) -> None:
    read(page, HARSH)
    assert not app.refused.exists(), app.refused.read_text()


def test_the_shipped_assistant_reads_rewords_and_takes_back(context: BrowserContext, start_app: StartApp) -> None:
    app = start_app(scripted=False)
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    draft(page).fill("You never talk to me. Call me right now.")
    page.get_by_role("button", name="Read it").click()
    expect(marked(page).locator("mark").first).to_be_visible(timeout=90_000)
    before = draft(page).input_value()
    page.get_by_role("button", name=re.compile("Use this rewording")).first.click()
    expect(draft(page)).not_to_have_value(before, timeout=60_000)
    page.locator(".tools").get_by_role("button", name="Undo").click()
    expect(draft(page)).to_have_value(before, timeout=60_000)
    assert not app.refused.exists(), app.refused.read_text()
