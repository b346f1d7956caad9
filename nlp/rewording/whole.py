"""The whole message, reworded: clear sentences stay where they are, each place takes its option, one ask in all."""

import itertools
import re
from collections.abc import Iterator, Sequence

from ..schema import Option, Reflection, Style, Suggestion
from .matter import content

#: Combinations of options that are tried for a whole message.
TRIES = 4
#: A place with at most so many words of matter only hurts: it may go where another place speaks.
BARE = 2
_HURTS = {"contempt", "character", "chasing", "diagnosis", "shaming-question"}


def whole(reflection: Reflection, suggestions: Sequence[Suggestion]) -> Iterator[tuple[str, Style]]:
    """Yield whole messages, the likeliest first; none where a place has no option and cannot go."""
    choices = [_choices(reflection, suggestion, len(suggestions)) for suggestion in suggestions]
    if not choices or not all(choices):
        return
    for chosen in itertools.islice(itertools.product(*choices), TRIES):
        texts = [option.text if option else "" for option in chosen]
        styles = [option.style for option in chosen if option]
        if styles:
            yield replaced(reflection.text, suggestions, texts), styles[0]


def _choices(reflection: Reflection, suggestion: Suggestion, places: int) -> list[Option | None]:
    words = reflection.text[suggestion.start : suggestion.end]
    hurts = {reflection.flags[n].sign for n in suggestion.flags} <= _HURTS
    may_go = places > 1 and hurts and len(content(words)) <= BARE
    return [None, *suggestion.options] if may_go else list(suggestion.options)


def replaced(text: str, suggestions: Sequence[Suggestion], chosen: Sequence[str]) -> str:
    """Return the draft with each suggestion's place replaced, edits applied from the end."""
    for suggestion, words in sorted(zip(suggestions, chosen, strict=True), key=lambda pair: -pair[0].start):
        rest = text[suggestion.end :]
        text = text[: suggestion.start] + (words + _spaced(words, rest) if words else rest.lstrip(" "))
    return re.sub(r"[ \t]+(?=\n|$)", "", text)


def _spaced(words: str, rest: str) -> str:
    """Return what follows, with a space where the option would touch it."""
    return " " + rest if rest[:1].isalnum() and words else rest
