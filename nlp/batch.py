"""Read many drafts, several at a time, results in input order."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from .drafts import Draft
from .errors import GentleDraftError
from .pipeline import Assistant
from .schema import Reflection

Outcome = Reflection | str


def reflect_all(
    drafts: Iterable[Draft],
    rewrite: bool,
    jobs: int,
    say: Callable[[str], None] = lambda line: None,
    off: Collection[str] = (),
) -> Iterator[tuple[Draft, Outcome]]:
    """Yield each draft with its reflection, or with one sentence why it has none; `say` is told of a model's problem."""
    assistant = Assistant.load()
    if assistant.model.problem:
        say(assistant.model.problem)

    def outcome(draft: Draft) -> Outcome:
        if draft.error is not None:
            return draft.error
        try:
            return assistant.reflect(draft.text, rewrite, draft.id, off=off)
        except GentleDraftError as error:
            return str(error)

    if jobs == 1:
        for draft in drafts:
            yield draft, outcome(draft)
        return
    waiting: deque[tuple[Draft, Future[Outcome]]] = deque()
    with ThreadPoolExecutor(jobs) as pool:
        for draft in drafts:
            waiting.append((draft, pool.submit(outcome, draft)))
            if len(waiting) > 2 * jobs:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()
