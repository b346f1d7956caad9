"""The plain HTML around the app: Streamlit's own page, with a neutral title and icon from its first byte.

`st.set_page_config` sets both too late: history and tab would first say "Streamlit".
"""

import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

TITLE = "Notes"
AWAY = "/away"

# Nothing of a page may stay in a cache, also not in the one that makes Back quick.
_NO_STORE = {"cache-control": "no-store"}
_AWAY_PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg"></head><body></body></html>"""


def static_text(name: str) -> str:
    """Return the text of one of our static files."""
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")


def shell_page() -> str:
    """Return Streamlit's page with our title, our icon and no inline script."""
    path = Path(streamlit.__file__).parent / "static" / "index.html"
    page = path.read_text(encoding="utf-8")
    page = re.sub(r"<title>.*?</title>", f'<title>{TITLE}</title><meta name="referrer" content="no-referrer">', page)
    page = page.replace('href="./favicon.png"', 'href="./icon.svg" type="image/svg+xml"')
    page = re.sub(r'<html lang="en">', '<html lang="en" translate="no">', page)
    page = re.sub(r'<link rel="service-desc"[^>]*/>', "", page)
    page = re.sub(
        r"<noscript>.*?</noscript>", "<noscript><p>This page needs JavaScript.</p></noscript>", page, flags=re.S
    )
    # The only inline script is a hint for search engines; without it the policy needs no exception.
    return re.sub(r"<script>[^<]*prerenderReady[^<]*</script>", "", page)


def shell_routes(pages: Sequence[str]) -> list[BaseRoute]:
    """Return the routes for the pages' HTML, the icon and the empty page that is left behind."""
    page, icon = shell_page(), static_text("icon.svg")

    def show(_: Request) -> Response:
        return HTMLResponse(page, headers=_NO_STORE)

    def show_icon(_: Request) -> Response:
        return Response(icon, media_type="image/svg+xml")

    def show_away(_: Request) -> Response:
        return HTMLResponse(_AWAY_PAGE, headers=_NO_STORE)

    return [
        *(Route(f"/{name}", show) for name in pages),
        Route("/icon.svg", show_icon),
        Route("/favicon.png", show_icon),
        Route(AWAY, show_away),
    ]
