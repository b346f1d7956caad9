"""Streamlit's settings for a private page; given as flags, they win over files and environment."""

import tomllib
from typing import Any

from .shell import static_text


def settings(port: int) -> dict[str, Any]:
    """Return the settings by dotted name: theme, nothing sent out, no details of errors, no extra routes."""
    return {
        **_flat(tomllib.loads(static_text("config.toml"))),
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.allowedHosts": ["127.0.0.1", "localhost", "::1"],
        "server.corsAllowedOrigins": [],
        "server.trustedUserHeaders": {},
        "server.baseUrlPath": "",
        "browser.serverAddress": "localhost",
        "browser.serverPort": port,
        "global.developmentMode": False,
    }


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return a nested table as one with dotted names."""
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return found
