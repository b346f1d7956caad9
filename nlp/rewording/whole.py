"""The whole message, reworded: clear sentences stay where they are, each place takes its option, one ask in all."""

from collections.abc import Sequence

from ..schema import Suggestion


def replaced(text: str, suggestions: Sequence[Suggestion], chosen: Sequence[str]) -> str:
    """Return the draft with each suggestion's place replaced, edits applied from the end."""
    for suggestion, words in sorted(zip(suggestions, chosen, strict=True), key=lambda pair: -pair[0].start):
        text = text[: suggestion.start] + words + _spaced(words, text[suggestion.end :])
    return text


def _spaced(words: str, rest: str) -> str:
    """Return what follows, with a space where the option would touch it."""
    return " " + rest if rest[:1].isalnum() and words else rest
