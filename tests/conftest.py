"""Fixtures for tests that need a running app or a real browser."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TESTS = Path(__file__).parent


NO_CHROMIUM = "No Chromium was found: the browser tests did not run (apt-get install chromium)."


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say once, and where nobody overlooks it, that the browser tests were left out."""
    skipped = terminalreporter.stats.get("skipped", [])
    if any(NO_CHROMIUM in str(report.longrepr) for report in skipped):
        terminalreporter.write_line(NO_CHROMIUM, yellow=True)


@dataclass
class RunningApp:
    """The app in a process of its own, with a home folder of its own."""

    process: subprocess.Popen[str]
    url: str
    home: Path
    refused: Path

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def stop(self) -> str:
        self.process.terminate()
        out, _ = self.process.communicate(timeout=30)
        return out


StartApp = Callable[..., RunningApp]


@pytest.fixture(scope="session")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the vectors of the shipped examples, made once for all tests: link it as `cache` of a home folder."""
    own = tmp_path_factory.getbasetemp()
    # Processes that share the tests have a folder each, inside one of the run.
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "vectors"
    folder.mkdir(0o700, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def start_app(tmp_path_factory: pytest.TempPathFactory, vectors: Path) -> Iterator[StartApp]:
    """Start the app, with the vectors that retraining reads where it `retrains`; what was started is stopped at the end."""
    started: list[RunningApp] = []

    def start(*, scripted: bool = True, retrains: bool = False, port: int = 0, **variables: str) -> RunningApp:
        home = tmp_path_factory.mktemp("home")
        if retrains:
            (home / "kept").mkdir(0o700)
            (home / "kept" / "cache").symlink_to(vectors)
        refused = tmp_path_factory.mktemp("log") / "refused.txt"
        names = {"HOME": str(home), "GENTLE_DRAFT_HOME": str(home / "kept"), "PYTHONPATH": str(TESTS.parent)}
        command = [sys.executable, str(TESTS / "guarded_server.py"), str(port), str(refused)]
        process = subprocess.Popen(
            command + ["scripted"] * scripted,
            cwd=home,
            env={**os.environ, **names, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, f"the app did not start: {line}{process.stdout.read()}"
        app = RunningApp(process, found.group(), home, refused)
        started.append(app)
        return app

    yield start
    for app in started:
        if app.process.poll() is None:
            app.stop()


@pytest.fixture(scope="session")
def app(start_app: StartApp) -> RunningApp:
    """The app with an assistant that finds what it is told to find."""
    return start_app()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright, where there is a Chromium: else a visible skip, or a failure where CI must have one."""
    if not Path(CHROMIUM).exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_CHROMIUM)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium with a fresh profile."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=CHROMIUM_FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A window of its own; every request it makes is recorded, and none may leave this computer."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_default_timeout(30_000)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))
    yield context
    context.close()
    outside = [url for url in asked if not re.match(r"(http|ws)://127\.0\.0\.1:|data:|blob:|about:", url)]
    assert asked and not outside, outside


@pytest.fixture
def page(context: BrowserContext, app: RunningApp) -> Page:
    """The page, ready to be typed into."""
    page = context.new_page()
    page.goto(app.url)
    page.get_by_role("button", name="Read it").wait_for(timeout=60_000)
    return page
