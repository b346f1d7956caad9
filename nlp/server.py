"""Run the app on this computer, for this computer only."""

import os
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Any

from .errors import GentleDraftError

ADDRESS = "127.0.0.1"
FIRST_PORT = 8721
_PORTS_TO_TRY = 50


class PortTakenError(GentleDraftError):
    """Report that the wanted port is in use."""


def serve(port: int | None = None, open_browser: bool = True) -> None:
    """Run the app until it is stopped; without `port`, on the first free one."""
    listening = _listen(port)
    number: int = listening.getsockname()[1]
    address = f"http://{ADDRESS}:{number}"
    server = _server(number)
    print(f"The page is open at {address} (only on this computer). Stop it with Ctrl+C.", flush=True)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
    finally:
        listening.close()


def _listen(port: int | None) -> socket.socket:
    """Return a socket that listens on this computer alone, on `port` or the first free one."""
    wanted = range(FIRST_PORT, FIRST_PORT + _PORTS_TO_TRY) if port is None else (port,)
    for number in wanted:
        listening = socket.socket(socket.AF_INET)
        if os.name != "nt":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((ADDRESS, number))
            listening.listen(128)
        except (OSError, OverflowError):
            listening.close()
        else:
            return listening
    if port is None:
        raise PortTakenError(f"No free port was found from {FIRST_PORT} on; name one with --port.")
    raise PortTakenError(f"Port {port} is taken or not allowed; choose another one, or leave it out.")


def _server(port: int) -> Any:
    """Return the Uvicorn server with the guarded app; Streamlit is imported only here, with its settings made safe."""
    _forget_environment()
    import uvicorn
    from streamlit.starlette import App
    from streamlit.web.bootstrap import load_config_options

    from .ui.assistant import warm
    from .ui.gate import LocalOnly
    from .ui.pages import ADDRESSES
    from .ui.settings import settings
    from .ui.shell import shell_routes

    load_config_options(settings(port))
    # `debug=False` and "none" for error details: a traceback never reaches the page.
    app = App(_script(), routes=shell_routes(ADDRESSES))
    threading.Thread(target=warm, daemon=True).start()
    return uvicorn.Server(
        uvicorn.Config(
            LocalOnly(app, port),
            host=ADDRESS,
            port=port,
            log_level="error",
            access_log=False,
            server_header=False,
            ws_max_size=4 * 1024 * 1024,
            timeout_graceful_shutdown=2,
        )
    )


def _forget_environment() -> None:
    """Drop Streamlit's variables: they would override settings that keep the page private."""
    for name in [name for name in os.environ if name.upper().startswith("STREAMLIT_")]:
        del os.environ[name]


def _script() -> Path:
    """Return the checkout's `app.py`, or its twin inside an installed package."""
    package = Path(__file__).resolve().parent
    beside = package.parent / "app.py"
    in_checkout = beside.is_file() and (package.parent / "pyproject.toml").is_file()
    return beside if in_checkout else package / "ui" / "script.py"
