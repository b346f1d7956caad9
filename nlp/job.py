"""A retraining in a thread of its own: the page asks how far it is, and may cancel it."""

import threading
from collections.abc import Callable, Sequence

from . import versions
from .errors import CancelledError, GentleDraftError
from .feedback import Kept, Sample
from .progress import Progress
from .retraining import Retrained, keep, retrain


class Job:
    """Runs once. `result` is there when it went through, `version` where the model passed and was made active."""

    def __init__(self, kept: Sequence[Kept], extra: Sequence[Sample] = ()) -> None:
        """Take the examples to learn from."""
        self.progress = Progress(0.0, "Starting")
        self.result: Retrained | None = None
        self.version: versions.Version | None = None
        #: One sentence; never a traceback, and none of the user's words.
        self.error = ""
        self._cancelled = threading.Event()
        self._work: Callable[[], Retrained] = lambda: retrain(kept, extra, self._report)
        self._thread = threading.Thread(target=self._run, name="retraining", daemon=True)

    def start(self) -> "Job":
        """Begin; return at once."""
        self._thread.start()
        return self

    def cancel(self) -> None:
        """Stop at the next step; nothing is changed then."""
        self._cancelled.set()

    @property
    def is_running(self) -> bool:
        """Tell whether it is still at work."""
        return self._thread.is_alive()

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was stopped before its end."""
        return self._cancelled.is_set() and self.version is None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end; tell whether it has come."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            result = self._work()
            if result.verdict.passed:
                self._report(Progress(1.0, "Keeping the new model"))
                self.version = keep(result)
            self.result = result
        except CancelledError:
            pass
        except GentleDraftError as error:
            self.error = str(error)
        except Exception:  # noqa: BLE001
            # Its text may hold words of an example, so it is not shown and not logged.
            self.error = "Retraining did not go through; the model in use stays."

    def _report(self, progress: Progress) -> None:
        if self._cancelled.is_set():
            raise CancelledError("Stopped; nothing was changed.")
        self.progress = progress
