"""The whole message, reworded: clear sentences stay where they are, each place takes its option, one ask in all."""

from collections.abc import Sequence

from ..schema import Suggestion


def whole(text: str, suggestions: Sequence[Suggestion]) -> str | None:
    """Return the draft with the first option of every place; None where a place has none."""
    if not suggestions or not all(s.options for s in suggestions):
        return None
    return replaced(text, suggestions, [s.options[0].text for s in suggestions])


def replaced(text: str, suggestions: Sequence[Suggestion], chosen: Sequence[str]) -> str:
    """Return the draft with each suggestion's place replaced, edits applied from the end."""
    for suggestion, words in sorted(zip(suggestions, chosen, strict=True), key=lambda pair: -pair[0].start):
        text = text[: suggestion.start] + words + _spaced(words, text[suggestion.end :])
    return text


def _spaced(words: str, rest: str) -> str:
    """Return what follows, with a space where the option would touch it."""
    return " " + rest if rest[:1].isalnum() and words else rest
