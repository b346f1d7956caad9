"""The one retraining of this program: it goes on while pages change, and every window sees how far it is."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import versions
from ..errors import GentleDraftError
from ..feedback import Kept, Store
from ..feedback.database import Database
from ..job import Job
from ..model_store import load_version
from . import words

Act = Mapping[str, Any]


class Learning:
    """Starts, holds and forgets the job; one at a time for the whole program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.job: Job | None = None

    def start(self, kept: Sequence[Kept]) -> None:
        """Begin to learn, unless that is going on already."""
        with self._lock:
            if self.job is None or not self.job.is_running:
                self.job = Job(kept).start()

    def forget(self) -> None:
        """Forget the last result, which holds the user's sentences; what runs goes on."""
        with self._lock:
            if self.job is not None and not self.job.is_running:
                self.job = None


learning = Learning()


@dataclass(slots=True)
class Window:
    """What one window asked for on the page Retrain."""

    answered: str = ""
    status: str = ""
    error: str = ""

    def answer(self, ask: Act) -> None:
        """Do what the page asks, once; what goes wrong becomes one sentence."""
        if ask.get("id") == self.answered:
            return
        self.answered = str(ask.get("id", ""))
        for act in ask.get("acts", []):
            if act.get("do") != "look":
                self.status, self.error = "", ""
            try:
                self._do(str(act.get("do", "")), act)
            except GentleDraftError as error:
                self.error = str(error)
            except Exception:  # noqa: BLE001
                self.error = words.NOT_DONE

    def clear(self) -> None:
        """Forget what was shown."""
        self.status, self.error = "", ""
        learning.forget()

    def _do(self, what: str, act: Act) -> None:
        match what:
            case "start":
                learning.start(usable())
            case "cancel" if learning.job is not None:
                learning.job.cancel()
            case "again":
                self._leave_out([int(id) for id in act["drop"]])
                learning.start(usable())
            case "close":
                learning.forget()
            case "activate":
                # Opened first: what cannot be opened is not made active.
                load_version(versions.checked(str(act["name"])))
                self._now(versions.activate(str(act["name"])))
            case "back":
                self._now(versions.back())
            case "remove":
                versions.remove(str(act["name"]))
                self.status = words.REMOVED

    def _now(self, pointer: versions.Pointer) -> None:
        self.status = words.in_use(pointer.active)

    def _leave_out(self, ids: Sequence[int]) -> None:
        store = Store()
        for id in ids:
            store.skip(id)


def usable() -> list[Kept]:
    """Return what can be learned from; looking creates no file."""
    return Store().usable() if Database().path.exists() else []
