"""Run the app as a user does, with every attempt to reach another machine refused and written down.

Usage: python guarded_server.py PORT REFUSED_LOG [scripted]
"""

import sys
from pathlib import Path
from typing import Any

LOCAL = {None, "", "127.0.0.1", "localhost", "::1"}


def refuse_outside(log: Path) -> None:
    """Refuse connections, datagrams and name look-ups for anything but this computer."""

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
            address = args[1][0] if isinstance(args[1], tuple) else None
        elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
            address = args[0]
        else:
            return
        name = address.decode() if isinstance(address, bytes) else address
        if name not in LOCAL:
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{event} {name}\n")
            raise OSError("refused by the test")

    sys.addaudithook(watch)


if __name__ == "__main__":
    refuse_outside(Path(sys.argv[2]))
    if sys.argv[3:] == ["scripted"]:
        import scripted_assistant

        import nlp

        nlp.Assistant = scripted_assistant.ScriptedAssistant  # type: ignore[attr-defined]
    from nlp.server import serve

    serve(int(sys.argv[1]), open_browser=False)
