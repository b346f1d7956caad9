"""Take README's screenshots of the real pages: `python benchmarks/screenshots.py` writes into notebooks/images/.

The user's folder is a fresh one with a dozen made-up sentences, so that nothing of one's own is ever in a picture.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from nlp.examples import Phrase
from nlp.feedback import Said, Sample, State, Store
from nlp.feedback.database import Database
from nlp.schema import Label

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "notebooks" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
#: Name, sample, colours, width, height.
REFLECT = (
    ("reflect-light", "A hard evening", "light", 1100, 1500),
    ("reflect-dark", "A hard evening", "dark", 1100, 1500),
    ("reflect-clear", "A calm one", "light", 1100, 900),
    ("reflect-phone", "A bit of both", "light", 375, 1100),
)
#: Page, name, colours, width, height.
OTHERS = (
    ("review", "review-light", "light", 1100, 1150),
    ("review", "review-dark", "dark", 1100, 1150),
    ("review", "review-phone", "light", 375, 1100),
    ("retrain", "retrain-light", "light", 1100, 1750),
    ("retrain", "retrain-dark", "dark", 1100, 1750),
    ("retrain", "retrain-phone", "light", 375, 1100),
)
IDIOM = (
    "ok cool.",
    "ok cool, whatever you say",
    "right, ok cool then",
    "ok cool. as always",
    "well ok cool",
    "cool ok.",
)
JOKES = (
    "the last train leaves without you :)",
    "last train, my love",
    "run, last train!",
    "this is the last train haha",
)
LABELS: dict[str, tuple[Label, ...]] = {"blame": ("blame",), "clear": ()}


def examples() -> list[Sample]:
    """Return made-up sentences: an idiom that is a put-down between these two, and a joke that is none."""
    said = Said("shipped", (), (0.35, 0.1, 0.05))
    put_down = [
        Sample(
            text,
            LABELS["blame"],
            _over(text, "cool"),
            state=State.changed,
            said=said,
            before="I told him about the flat.",
        )
        for text in IDIOM
    ]
    jokes = [
        Sample(text, LABELS["clear"], state=State.accepted, said=Said("shipped", ("ultimatum",), (0.1, 0.2, 0.55)))
        for text in JOKES
    ]
    return [Sample("you could have told me before Friday", LABELS["blame"]), *jokes, *put_down]


def _over(text: str, word: str) -> tuple[Phrase, ...]:
    start = min(text.index("ok"), text.index(word))
    return (Phrase(start, start + len("ok cool"), "blame", ""),)


def reflect(browser: Browser, url: str, name: str, sample: str, scheme: str, width: int, height: int) -> None:
    page = _page(browser, url, scheme, width, height)
    page.get_by_role("button", name=sample).click(timeout=60_000)
    page.locator(".summary, .bar.error").first.wait_for(timeout=120_000)
    assert not page.locator(".bar.error").is_visible(), page.locator(".bar").inner_text()
    _show_first_reason(page)
    _shoot(page, name)


def other(browser: Browser, url: str, address: str, name: str, scheme: str, width: int, height: int) -> None:
    page = _page(browser, f"{url}/{address}", scheme, width, height)
    page.locator(".rows li, .outcome").first.wait_for(timeout=60_000)
    page.get_by_role("heading").first.click()
    _shoot(page, name)


def retrain(browser: Browser, url: str) -> None:
    page = _page(browser, f"{url}/retrain", "light", 1100, 900)
    page.get_by_role("button", name="Retrain", exact=True).click(timeout=60_000)
    page.locator(".outcome").wait_for(timeout=300_000)
    page.close()


def _page(browser: Browser, url: str, scheme: str, width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(url)
    return page


def _shoot(page: Page, name: str) -> None:
    # The line that says what happened makes room by itself, unless the mouse rests on it.
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.locator(".bar").wait_for(state="hidden", timeout=60_000)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"{name}.png")
    page.close()


def _show_first_reason(page: Page) -> None:
    marks = page.locator("mark[tabindex]")
    if marks.count():
        marks.first.focus()
        page.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 0)")
    else:
        page.get_by_role("heading").first.click()


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", "from nlp.server import serve; serve(0, open_browser=False)"]
    with tempfile.TemporaryDirectory() as home:
        Store(Database(Path(home))).add(examples())
        variables = {**os.environ, "GENTLE_DRAFT_HOME": home}
        app = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
        try:
            assert app.stdout is not None
            found = re.search(r"http://[\d.:]+", app.stdout.readline())
            assert found, "the app did not start"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                for shot in REFLECT:
                    reflect(browser, found.group(), *shot)
                retrain(browser, found.group())
                for address, *rest in OTHERS:
                    other(browser, found.group(), address, *rest)  # type: ignore[arg-type]
                browser.close()
        finally:
            app.terminate()
            app.wait(timeout=30)


if __name__ == "__main__":
    main()
