"""The whole message, reworded: clear sentences stay where they are, each place takes its option, one ask in all."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..schema import Option, Reflection, Style, Suggestion
from .choose import Chooser
from .matter import content
from .rank import SHOWN
from .say import Candidate, Manner, Said
from .understand import Understanding

#: Places that are tried as the one that asks, and combinations of options that are tried for each.
ASKERS = 2
TRIES = 3
#: What says no ask is worth less to readers by itself; here another place asks, so the bar is lower by this.
ASKED_ELSEWHERE = 1.0
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
        return bool(self.found) and self.found[0].asks

    def only_hurts(self, reflection: Reflection) -> bool:
        """Tell whether nothing is lost where it goes."""
        words = reflection.text[self.suggestion.start : self.suggestion.end]
        hurts = {reflection.flags[n].sign for n in self.suggestion.flags} <= _HURTS
        return hurts and not self.known.facts and len(content(words)) <= BARE


def whole(reflection: Reflection, spots: Sequence[Spot], chooser: Chooser) -> Iterator[tuple[str, Style]]:
    """Yield whole messages, the likeliest first; none where a place has no option and cannot go."""
    message = _Message(reflection, spots, chooser)
    if not all(message.can_become(number) for number in range(len(spots))):
        return
    for asking in _asking(spots)[:ASKERS]:
        for chosen in itertools.islice(message.told(asking), TRIES):
            texts = [option.text if option else "" for option in chosen]
            text = replaced(reflection.text, [spot.suggestion for spot in spots], texts).strip()
            if text:
                yield text, next((option.style for option in chosen if option), "brief")


@dataclass(slots=True)
class _Message:
    """What the places of a message may become together."""

    reflection: Reflection
    spots: Sequence[Spot]
    chooser: Chooser
    #: Of each place, whether it may go.
    goes: list[bool] = field(init=False)
    #: What a place says without an ask, by its number and whether its feeling was said before.
    _quiet: dict[tuple[int, bool], list[Candidate]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.goes = [spot.only_hurts(self.reflection) for spot in self.spots]

    def can_become(self, number: int) -> bool:
        """Tell whether a place has an option, can go, or can be said without an ask."""
        return bool(self.spots[number].found or self.goes[number] or self._without_ask(number, Said(asked=True)))

    def told(self, asking: Spot | None) -> Iterator[tuple[Option | None, ...]]:
        """Yield what the places become where one of them asks, the likeliest first; never nothing at all without an ask."""
        asks_elsewhere = any(spot.known.asks_elsewhere for spot in self.spots)
        for chosen in itertools.product(*self._choices(asking)):
            if any(chosen) or asks_elsewhere:
                yield chosen

    def _choices(self, asking: Spot | None) -> list[list[Option | None]]:
        """Return what each place may become; each feeling is said once, and what speaks first does not go first."""
        said = Said(asked=True)
        found: list[list[Option | None]] = []
        speaker = asking
        for number, spot in enumerate(self.spots):
            fitting = [c for c in spot.found if spot is asking or not c.asks]
            if spot is not asking and (not fitting or spot.known.mood in said.felt):
                fitting = self._without_ask(number, said) or fitting
            if speaker is None and fitting:
                speaker = spot
            options: list[Option | None] = [candidate.option for candidate in fitting]
            if self.goes[number]:
                options = [*options, None] if spot is speaker else [None, *options]
            if not options:
                return [[]]
            found.append(options)
            if fitting and options[0]:
                said.lines |= set(fitting[0].lines)
                said.felt |= {spot.known.mood} if fitting[0].feels else set()
        return found

    def _without_ask(self, number: int, said: Said) -> list[Candidate]:
        """Return what a place says without an ask, found once."""
        known = self.spots[number].known
        key = number, known.mood in said.felt
        if key not in self._quiet:
            (ranked,) = self.chooser.best(
                self.reflection, known, [Manner(asks=False)], said, least=SHOWN - ASKED_ELSEWHERE
            )
            self._quiet[key] = [r.candidate for r in ranked if not r.candidate.asks]
        return [candidate for candidate in self._quiet[key] if not said.lines & set(candidate.lines)]


def _asking(spots: Sequence[Spot]) -> list[Spot | None]:
    """Return the places that may keep their ask, those that say the draft's own first; none where a clear sentence asks."""
    if any(spot.known.asks_elsewhere for spot in spots):
        return [None]
    return [*sorted((spot for spot in spots if spot.asks), key=lambda spot: not spot.asks_itself)] or [None]


def replaced(text: str, suggestions: Sequence[Suggestion], chosen: Sequence[str]) -> str:
    """Return the draft with each suggestion's place replaced, edits applied from the end."""
    for suggestion, words in sorted(zip(suggestions, chosen, strict=True), key=lambda pair: -pair[0].start):
        before, rest = text[: suggestion.start], text[suggestion.end :]
        text = before + words + _spaced(words, rest) if words else _joined(before, rest)
    return re.sub(r"[ \t]+(?=\n|$)", "", text)


def _joined(before: str, rest: str) -> str:
    """Return what stands around a place that is gone, with the wider of the two gaps between them."""
    left, right = before.rstrip(), rest.lstrip()
    gaps = before[len(left) :], rest[: len(rest) - len(right)]
    return left + (max(gaps, key=lambda gap: (gap.count("\n"), len(gap))) if left and right else "") + right


def _spaced(words: str, rest: str) -> str:
    """Return what follows, with a space where the option would touch it."""
    return " " + rest if rest[:1].isalnum() and words else rest
