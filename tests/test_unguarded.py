"""Streamlit started on its own has no gate: it shows one sentence, and no page."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of `streamlit run app.py`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
    server = subprocess.Popen(
        [*command, f"--server.port={number}"],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path_factory.mktemp("home"))},
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", number), timeout=1):
                break
            time.sleep(0.2)
        yield number
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.parametrize("address", ["", "review", "about"])
def test_streamlit_without_the_gate_says_how_to_start_and_shows_nothing(
    context: BrowserContext, port: int, address: str
) -> None:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/{address}")
    said = page.get_by_role("main").get_by_role("status")
    expect(said).to_contain_text("Please start Gentle Draft with make run or gentle-draft app", timeout=60_000)
    assert page.locator(".root, textarea, [data-testid=stPageLink]").count() == 0
