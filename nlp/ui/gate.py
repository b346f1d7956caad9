"""Refuse every request that does not come from this computer's own page, before Streamlit sees it.

A page of another site can make the browser send requests here (DNS rebinding, a foreign WebSocket, an image).
Streamlit checks only its WebSocket, and looks up the machine's public address when it meets a foreign origin.
"""

import threading
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit runs components from blob: addresses; styles are set by script. Nothing may be fetched from elsewhere.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws://{host}",
        "frame-src 'none'",
        "object-src 'none'",
        "worker-src 'self' blob:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    # Search engines never see this address; the header also keeps link previews away.
    "x-robots-tag": "noindex, nofollow",
}


_built = threading.Event()


def stands() -> bool:
    """Tell whether this program answers from behind the gate."""
    return _built.is_set()


def local_hosts(port: int) -> frozenset[str]:
    """Return the Host headers that mean this program on this computer."""
    names = ("127.0.0.1", "localhost", "[::1]")
    hosts = {f"{name}:{port}" for name in names}
    # A browser leaves the port out of the header where it is the scheme's own.
    return frozenset(hosts | set(names)) if port == 80 else frozenset(hosts)


class LocalOnly:
    """Wrap an ASGI app so that foreign Host and Origin headers are refused on every route."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = local_hosts(port)
        _built.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is local; refuse the rest."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
        elif self._is_local(scope["headers"]):
            await self._app(scope, receive, _with_headers(scope, send))
        else:
            await _refuse(scope, send)

    def _is_local(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        found: dict[str, list[str]] = {}
        for name, value in headers:
            found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1").strip().lower())
        hosts, origins = found.get("host", []), found.get("origin", [])
        # Twice the same header is how one program's check is made to differ from another's.
        if len(hosts) != 1 or hosts[0] not in self._hosts or len(origins) > 1:
            return False
        if origins and origins[0] not in {f"http://{host}" for host in self._hosts}:
            return False
        return _is_own_fetch(found)


def _is_own_fetch(headers: dict[str, list[str]]) -> bool:
    """Tell whether the browser says that our own page, or the user, asked; old browsers and programs say nothing."""
    site = headers.get("sec-fetch-site", ["none"])[-1]
    mode = headers.get("sec-fetch-mode", ["navigate"])[-1]
    return site in {"same-origin", "none"} or mode == "navigate"


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        # Closing before accepting makes the server answer 403 to the handshake.
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"This page is only for this computer.\n"})


def _with_headers(scope: Scope, send: Send) -> Send:
    """Return a send that adds the protective headers to each answer."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"), "")
    added = {**_HEADERS, "content-security-policy": _POLICY.format(host=host)}

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", []) if name.decode().lower() not in added]
            new = [(name.encode(), value.encode()) for name, value in added.items()]
            message = {**message, "headers": [*kept, *new]}
        await send(message)

    return send_with_headers
