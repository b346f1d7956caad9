"""The local server: only this computer's own page is answered, whatever the environment says."""

import json
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from conftest import RunningApp, StartApp

from nlp.server import serve
from nlp.ui.gate import local_hosts
from nlp.ui.pages import ADDRESSES

ROUTES = [
    "/",
    *(f"/{address}" for address in ADDRESSES if address),
    "/away",
    "/icon.svg",
    "/favicon.png",
    "/anything/else",
    "/index.html",
    "/static/js/x.js",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/upload_file/a/b",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/stream",
    "/media/x.png",
    "/component/x/y",
    "/_stcore/bidi-components/x/y",
    "/auth/login",
    "/oauth2callback",
]
FOREIGN = {
    "a rebound name": {"Host": "evil.example"},
    "a rebound name with our port": {"Host": "evil.example:{port}"},
    "a name that ends in ours": {"Host": "localhost.evil.example:{port}"},
    "our name, another port": {"Host": "localhost:1"},
    "a foreign page": {"Host": "127.0.0.1:{port}", "Origin": "http://evil.example"},
    "a foreign page over https": {"Host": "127.0.0.1:{port}", "Origin": "https://127.0.0.1:{port}"},
    "another program's page here": {"Host": "127.0.0.1:{port}", "Origin": "http://127.0.0.1:3000"},
    "a page without an origin": {"Host": "127.0.0.1:{port}", "Origin": "null"},
    "an image in a foreign page": {
        "Host": "127.0.0.1:{port}",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "no-cors",
    },
}
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def status(app: RunningApp, path: str, headers: dict[str, str], method: str = "GET") -> int:
    """Send exactly these headers and return the answer's status."""
    lines = [
        f"{method} {path} HTTP/1.1",
        *(f"{name}: {value.format(port=app.port)}" for name, value in headers.items()),
    ]
    with socket.create_connection(("127.0.0.1", app.port), timeout=20) as plug:
        plug.sendall("\r\n".join([*lines, "Content-Length: 0", "", ""]).encode())
        return int(plug.recv(64).split()[1])


OWN = {"Host": "127.0.0.1:{port}"}


@pytest.mark.parametrize("who", FOREIGN)
@pytest.mark.parametrize("route", ROUTES)
def test_foreign_requests_are_refused_on_every_route(app: RunningApp, route: str, who: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        assert status(app, route, FOREIGN[who], method) == 403


@pytest.mark.parametrize("who", FOREIGN)
def test_a_foreign_websocket_is_refused(app: RunningApp, who: str) -> None:
    assert status(app, "/_stcore/stream", FOREIGN[who] | HANDSHAKE) == 403


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_own_page_and_its_websocket_are_answered(app: RunningApp, name: str) -> None:
    own = {"Host": name + ":{port}"}
    assert status(app, "/", own) == 200
    assert status(app, "/_stcore/health", own | {"Origin": f"http://{name}:{{port}}"}) == 200
    assert status(app, "/_stcore/stream", own | HANDSHAKE | {"Origin": f"http://{name}:{{port}}"}) == 101


def test_a_link_from_elsewhere_may_open_the_page(app: RunningApp) -> None:
    assert status(app, "/", OWN | {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}) == 200


def test_a_doubled_or_missing_host_is_refused(app: RunningApp) -> None:
    with socket.create_connection(("127.0.0.1", app.port), timeout=20) as plug:
        plug.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{app.port}\r\nHost: evil.example\r\n\r\n".encode())
        assert plug.recv(64).split()[1] in {b"400", b"403"}
    assert status(app, "/", {}) in {400, 403}


def test_a_host_without_a_port_counts_only_on_port_80() -> None:
    assert "localhost" in local_hosts(80) and "localhost" not in local_hosts(8721)


def test_every_answer_forbids_fetching_from_elsewhere(app: RunningApp) -> None:
    with urllib.request.urlopen(app.url, timeout=20) as answer:  # noqa: S310
        policy = answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
    assert (
        "default-src 'self'" in policy and "script-src 'self' blob:;" in policy and "frame-ancestors 'none'" in policy
    )
    assert "http:" not in policy and "https:" not in policy and "*" not in policy


HOSTILE = {
    "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",  # noqa: S104
    "STREAMLIT_SERVER_ENABLE_AGENT_API": "true",
    "STREAMLIT_SERVER_ENABLE_CORS": "false",
    "STREAMLIT_SERVER_ALLOWED_HOSTS": "*",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "poll",
    "STREAMLIT_SERVER_BASE_URL_PATH": "elsewhere",
    "STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
    "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": "full",
    "STREAMLIT_CLIENT_TOOLBAR_MODE": "developer",
    "STREAMLIT_LOGGER_LEVEL": "debug",
    "STREAMLIT_GLOBAL_DEVELOPMENT_MODE": "true",
    "STREAMLIT_SERVER_COOKIE_SECRET": "known",
}
EXPECTED = {
    "server.address": "127.0.0.1",
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.fileWatcherType": "none",
    "server.baseUrlPath": "",
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "logger.level": "error",
}


def test_neither_environment_nor_files_weaken_the_settings(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        '[browser]\ngatherUsageStats = true\n[client]\nshowErrorDetails = "full"\n[server]\nenableAgentApi = true\n'
    )
    script = (
        "import json, nlp.server as server\nserver._server(8799)\nfrom streamlit import config\n"
        f"print(json.dumps({{name: config.get_option(name) for name in {list(EXPECTED)!r}}}))"
    )
    import os

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, **HOSTILE, "HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == EXPECTED


def test_only_this_computer_can_connect(start_app: StartApp) -> None:
    app = start_app(**HOSTILE)
    assert status(app, "/", OWN) == 200
    assert status(app, "/_stcore/agent/interact", OWN, "POST") in {403, 404}
    # Another address of the same machine stands for one that others can reach.
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", app.port), timeout=5)
    assert not app.refused.exists(), app.refused.read_text()


def test_a_port_that_is_taken_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Exception, match=f"^Port {port} is taken or not allowed; [^.]*\\.$"):
            serve(port, open_browser=False)


def test_it_stops_quietly(start_app: StartApp) -> None:
    app = start_app()
    assert status(app, "/", OWN) == 200
    assert "Traceback" not in app.stop()
