"""The whole message, reworded: clear sentences stay where they are, each place takes its option, one ask in all."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..schema import Option, Reflection, Style, Suggestion
from .choose import Chooser
from .matter import content
from .say import Candidate, Manner, Said
from .understand import Understanding

#: Combinations of options that are tried for a whole message.
TRIES = 4
#: A place with at most so many words of matter only hurts: it may go where something else speaks.
BARE = 2
_HURTS = {"contempt", "character", "chasing", "diagnosis", "shaming-question"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what was found for it, best first."""

    suggestion: Suggestion
    known: Understanding
    found: Sequence[Candidate]

    @property
    def asks_itself(self) -> bool:
        """Tell whether its best option asks for what the draft itself asks."""
        return bool(self.found) and self.found[0].request is not None

    @property
    def asks(self) -> bool:
        """Tell whether its best option asks at all."""
        return bool(self.found) and self.found[0].option.parts.request is not None


def whole(reflection: Reflection, spots: Sequence[Spot], chooser: Chooser) -> Iterator[tuple[str, Style]]:
    """Yield whole messages, the likeliest first; none where a place has no fitting option and cannot go."""
    for chosen in itertools.islice(_chosen(reflection, spots, chooser), TRIES):
        styles = [option.style for option in chosen if option]
        texts = [option.text if option else "" for option in chosen]
        text = replaced(reflection.text, [spot.suggestion for spot in spots], texts)
        if text.strip():
            yield text, styles[0] if styles else "brief"


def _chosen(reflection: Reflection, spots: Sequence[Spot], chooser: Chooser) -> Iterator[tuple[Option | None, ...]]:
    """Yield what the places become together, the likeliest first."""
    for asking in _asking(spots):
        choices = _choices(reflection, spots, chooser, asking)
        if all(choices):
            yield from itertools.product(*choices)


def _choices(
    reflection: Reflection, spots: Sequence[Spot], chooser: Chooser, asking: Spot | None
) -> list[list[Option | None]]:
    """Return what each place may become where one of them asks; each feeling is said once."""
    said = Said(asked=True)
    found: list[list[Option | None]] = []
    for spot in spots:
        asks = spot is asking
        fitting = [c for c in spot.found if asks or not c.option.parts.request]
        if not asks and (not fitting or spot.known.mood in said.felt):
            (ranked,) = chooser.best(reflection, spot.known, [Manner(asks=False)], said)
            fitting = [r.candidate for r in ranked] or fitting
        options: list[Option | None] = [candidate.option for candidate in fitting]
        if _only_hurts(reflection, spot.suggestion, spot.known):
            # Where another place or a clear sentence asks, nothing is lost with it.
            options = [None, *options] if len(spots) > 1 else [*options, *([None] if spot.known.asks_elsewhere else [])]
        found.append(options)
        for candidate in fitting[:1]:
            said.lines |= set(candidate.lines)
            said.felt |= {spot.known.mood} if candidate.option.parts.feeling else set()
    return found


def _asking(spots: Sequence[Spot]) -> list[Spot | None]:
    """Return the places that may keep their ask, those that say the draft's own first; none where a clear sentence asks."""
    if any(spot.known.asks_elsewhere for spot in spots):
        return [None]
    return [*sorted((spot for spot in spots if spot.asks), key=lambda spot: not spot.asks_itself)] or [None]


def _only_hurts(reflection: Reflection, suggestion: Suggestion, known: Understanding) -> bool:
    words = reflection.text[suggestion.start : suggestion.end]
    hurts = {reflection.flags[n].sign for n in suggestion.flags} <= _HURTS
    return hurts and not known.facts and len(content(words)) <= BARE


def replaced(text: str, suggestions: Sequence[Suggestion], chosen: Sequence[str]) -> str:
    """Return the draft with each suggestion's place replaced, edits applied from the end."""
    for suggestion, words in sorted(zip(suggestions, chosen, strict=True), key=lambda pair: -pair[0].start):
        rest = text[suggestion.end :]
        text = text[: suggestion.start] + (words + _spaced(words, rest) if words else rest.lstrip(" "))
    return re.sub(r"[ \t]+(?=\n|$)", "", text)


def _spaced(words: str, rest: str) -> str:
    """Return what follows, with a space where the option would touch it."""
    return " " + rest if rest[:1].isalnum() and words else rest
