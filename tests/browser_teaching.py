"""What the browser tests of teaching share: reading a draft, answering, and what is on disk afterwards."""

import json
from pathlib import Path

from conftest import RunningApp
from playwright.sync_api import Page, expect

# A machine that is busy with other work answers late.
expect.set_options(timeout=30_000)

HARSH = "Hi. You know you never listen to me. Please answer me right now or I am leaving for good. ok cool."
HOSTILE = (
    '<img src=x onerror="window.harmed=1">you never listen **bold** [x](javascript:window.harmed=2) <b id=mine>b</b>'
)


def open_page(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    expect(page.locator(f".root.{name.lower()}")).to_be_visible()


def read(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Your draft").fill(text)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator(".root.desk")).to_have_attribute("aria-busy", "false", timeout=90_000)
    expect(page.locator(".summary")).to_be_visible()


def allow(page: Page, neighbours: bool = False) -> None:
    if neighbours:
        page.get_by_label("Also keep the sentences before and after it.").check()
    page.get_by_role("button", name="Yes, keep it").click()


def bring_in(page: Page, name: str, content: str) -> None:
    page.locator("#import").set_input_files({"name": name, "mimeType": "text/plain", "buffer": content.encode()})
    expect(page.locator(".preview")).to_be_visible()


def lines(*rows: tuple[str, list[str]]) -> str:
    return "".join(json.dumps({"text": text, "labels": labels}) + "\n" for text, labels in rows)


def on_disk(home: Path, words: str) -> list[str]:
    found = [words.encode(), words.encode("utf-16-le")]
    return [str(p) for p in home.rglob("*") if p.is_file() and any(each in p.read_bytes() for each in found)]


def kept(app: RunningApp) -> Path:
    return app.home / "kept"
