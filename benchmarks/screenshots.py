"""Take README's screenshots of the real page: `python benchmarks/screenshots.py` writes into notebooks/images/."""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "notebooks" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SHOTS = (
    ("reflect-light", "A hard evening", "light", 1100, 1500),
    ("reflect-dark", "A hard evening", "dark", 1100, 1500),
    ("reflect-clear", "A calm one", "light", 1100, 900),
    ("reflect-phone", "A bit of both", "light", 375, 1100),
)


def take(browser: Browser, url: str, name: str, sample: str, scheme: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(url)
    page.get_by_role("button", name=sample).click(timeout=60_000)
    page.locator(".summary, .bar.error").first.wait_for(timeout=120_000)
    assert not page.locator(".bar.error").is_visible(), page.locator(".bar").inner_text()
    _show_first_reason(page)
    # The line that says what happened makes room by itself, unless the mouse rests on it.
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.locator(".bar").wait_for(state="hidden", timeout=60_000)
    page.screenshot(path=IMAGES / f"{name}.png")
    print(f"{name}.png: {page.locator('.summary').inner_text()}")
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
    app = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert app.stdout is not None
        found = re.search(r"http://[\d.:]+", app.stdout.readline())
        assert found, "the app did not start"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for shot in SHOTS:
                take(browser, found.group(), *shot)
            browser.close()
    finally:
        app.terminate()
        app.wait(timeout=30)


if __name__ == "__main__":
    main()
