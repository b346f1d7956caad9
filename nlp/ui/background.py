"""Something that takes seconds, done beside the page, which asks how far it is."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from ..errors import CancelledError, GentleDraftError
from ..progress import Progress, Report
from . import words

T = TypeVar("T")


class Background(Generic[T]):
    """Runs once, in a thread of its own. `result` is there when it went through, `error` where it did not."""

    def __init__(self, work: Callable[[Report], T]) -> None:
        """Take the work and begin it."""
        self.progress = Progress(0.0, "")
        self.result: T | None = None
        #: One sentence; never a traceback, and none of the user's words.
        self.error = ""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Tell whether it is still at work."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Stop at the next step."""
        self._stopped.set()

    def _run(self, work: Callable[[Report], T]) -> None:
        try:
            self.result = work(self._report)
        except CancelledError:
            pass
        except GentleDraftError as error:
            self.error = str(error)
        except Exception:  # noqa: BLE001
            self.error = words.NOT_DONE

    def _report(self, progress: Progress) -> None:
        if self._stopped.is_set():
            raise CancelledError("Stopped.")
        self.progress = progress
