"""The order of the steps: understand → choose → say → check → rank, for each place and for the whole message."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from ..decoder import Order, Written, shipped_decoder
from ..schema import Reflection, Rewrite, Style, Suggestion
from ..wording import Situation, situations, wording
from .analogies import analogies
from .check import Checker, vector_of
from .choose import Chooser
from .lines import stands_in, used_in
from .patterns import match
from .pieces import Piece
from .places import Place, find_places, place_at
from .prompts import prompt_of
from .rank import SHOWN
from .say import Manner, Said, Wish, parted
from .typed import as_typed
from .understand import Understanding, thanks_of, understand
from .whole import Spot, whole

if TYPE_CHECKING:
    from ..pipeline import Assistant

#: A situation less likely than this is not named.
SURE_ENOUGH = 0.9
#: Notes under which nothing is reworded: what tells of danger is not made gentler, and a threat is never polished.
SILENT = ("safety", "safety-sender", "thread", "language")
#: From this chance of danger on nothing is made gentler, though no notice speaks of it: one in twelve flagged drafts, and
#: one in three of those that tell of danger (dev and gate).
DOUBT = 0.1
#: Under this chance that a place is heard so, only the question is shown: a rewording of what was meant well spoils it.
SURE = 0.5
#: What the decoder is asked to write for a place, and besides where it presses: words that leave time.
ORDERS = (
    *(Order(freedom=freedom) for freedom in (0.0, 0.4, 0.5, 0.6, 0.7)),
    *(Order(asks=False, freedom=freedom) for freedom in (0.0, 0.5)),
)
UNHURRIED = tuple(Order(unhurried=True, freedom=freedom) for freedom in (0.0, 0.4, 0.6))
#: So many options are shown at most.
MOST = 3
#: A sender who asks for a rewording of some words, or for another, sees also what would not be shown unasked.
ASKED_FOR = SHOWN - 5.0


class Reworder:
    """Offers rewordings; everything it offers has been read again by the assistant that flagged the draft."""

    def __init__(self, assistant: "Assistant") -> None:
        """Take the assistant whose pipeline reads the candidates."""
        self._assistant = assistant
        self.chooser = Chooser(Checker(assistant.read_all, assistant.parse_all, assistant.thresholds))

    def reword(self, doc: Doc, reflection: Reflection) -> Reflection:
        """Return the reflection with suggestions and rewrites."""
        places = find_places(reflection.text, reflection.sentences, reflection.flags)
        if not places or any(note.kind in SILENT for note in reflection.notes):
            return reflection
        said, spots, thanks = Said(), [], self._thanks(reflection)
        doubtful = [doc._.danger >= DOUBT or _chance(reflection, place) < SURE for place in places]
        for place, is_doubtful in zip(places, doubtful, strict=True):
            known = self.understand(doc, reflection, place, thanks, likened=not is_doubtful)
            spots.append(_asked(known, place) if is_doubtful else self._suggest(reflection, known, place, said))
        suggestions = tuple(spot.suggestion for spot in spots)
        # What is left to its sender in one place is not said for them in the whole message either.
        rewrites = () if any(doubtful) else tuple(self._rewrites(reflection, spots))
        return replace(reflection, suggestions=suggestions, rewrites=rewrites)

    def steer(
        self,
        doc: Doc,
        reflection: Reflection,
        start: int,
        end: int,
        wish: Wish,
        style: Style | None,
        shown: Sequence[str],
    ) -> Suggestion | None:
        """Return the place between two characters with options as the sender steers them; None where none is offered."""
        place = place_at(reflection, start, end)
        if place is None or any(note.kind in SILENT for note in reflection.notes):
            return None
        known = self.understand(doc, reflection, place)
        if doc._.danger >= DOUBT:
            return _asked(known, place).suggestion
        hint = None
        if wish.appreciation and not self._is_kind(wish.appreciation):
            wish, hint = replace(wish, appreciation=None), wording().hint_unclear
        if style == "warm" and not (wish.appreciation or known.has_ground):
            style, hint = "brief", hint or wording().hint_warm
        if not place.flags and not wish.is_given:
            # Nothing is flagged, perhaps a need was taken back: only its sender can say it.
            return Suggestion(known.start, known.end, (), (), prompt_of(known), hint)
        said = Said(lines=used_in(shown) | _templates_in(known, shown), texts=frozenset(shown))
        manners = [Manner(style, wish)] if style else self.manners(known, said, wish)
        found = self.chooser.best(reflection, known, manners, said, least=-99.0 if wish.says_it else ASKED_FOR)
        options = tuple(ranked.candidate.option for good in found for ranked in good)[:MOST]
        return Suggestion(known.start, known.end, place.flags, options, None if options else prompt_of(known), hint)

    def understand(
        self,
        doc: Doc,
        reflection: Reflection,
        place: Place,
        thanks: Mapping[int, Sequence[Piece]] | None = None,
        likened: bool = True,
    ) -> Understanding:
        """Return what the engine knows about a place, likened to the phrasebook and given to the decoder or not.

        What the draft thanks for may be known from another place.
        """
        known = understand(
            self._assistant.parse_plain,
            reflection.text,
            reflection.sentences,
            reflection.flags,
            place,
            self.chooser.checker.clear_alone,
            self._situations(doc, place),
            self._thanks(reflection) if thanks is None else thanks,
        )
        return replace(
            known,
            vector=vector_of(doc, known.start, known.end),
            analogies=tuple(analogies(known.text, known.sentences, known.pieces)) if likened and place.flags else (),
            written=self._written(reflection, known) if likened and place.flags else (),
        )

    def _written(self, reflection: Reflection, known: Understanding) -> tuple[Written, ...]:
        bounds = [(s.start, s.end) for s in reflection.sentences]
        orders = [*ORDERS, *(UNHURRIED if known.labels & {"pressure", "ultimatum"} else ())]
        found = shipped_decoder().write(reflection.text, bounds, known.start, known.end, orders)
        return tuple(replace(written, text=as_typed(written.text, known)) for written in found)

    def _is_kind(self, words: str) -> bool:
        """Tell whether words of appreciation read as clear by themselves, and are no dislike."""
        return not match("dislike", words) and all(self.chooser.checker.clear_alone([words]))

    def _thanks(self, reflection: Reflection) -> dict[int, tuple[Piece, ...]]:
        return thanks_of(self._assistant.parse_plain, reflection.text, reflection.sentences)

    def _situations(self, doc: Doc, place: Place) -> tuple[Situation, ...]:
        chooser = self._assistant.model.estimator.situations
        rows = doc._.features[list(place.sentences)]
        likely = chooser.likeliest(rows.mean(axis=0, keepdims=True), 1, SURE_ENOUGH)[0]
        return tuple(situations()[name] for name in likely if name in situations())

    def _suggest(self, reflection: Reflection, known: Understanding, place: Place, said: Said) -> Spot:
        found = self.chooser.best(reflection, known, self.manners(known, said), said)
        best = [good[0].candidate for good in found if good]
        options = [candidate.option for candidate in best]
        if options:
            said.lines |= {line for candidate in best for line in candidate.lines}
            said.asked = said.asked or best[0].asks
            said.warm = said.warm or any(option.style == "warm" for option in options)
        prompt = None if options else prompt_of(known)
        suggestion = Suggestion(known.start, known.end, place.flags, tuple(options[:MOST]), prompt)
        return Spot(suggestion, known, best[:MOST])

    def manners(self, known: Understanding, said: Said, wish: Wish | None = None) -> list[Manner]:
        """Return the manners in which a place is reworded, the first the one to show first."""
        wish = wish or Wish()
        found = [Manner("warm" if wish.appreciation else "brief", wish)]
        if known.labels & {"pressure", "ultimatum"}:
            found.append(Manner("space", wish))
        if "ultimatum" in known.labels:
            found.append(Manner("brief", wish, limit=True))
        if known.has_ground and not (wish.appreciation or said.warm):
            found.append(Manner("warm", wish))
        return found

    def _rewrites(self, reflection: Reflection, spots: Sequence[Spot]) -> list[Rewrite]:
        """Return the first whole message that reads as clear, if there is one."""
        for text, style in whole(reflection, spots, self.chooser):
            if self._is_clear(self._assistant.read(text), reflection):
                return [Rewrite(style, text)]
        return []

    def _is_clear(self, doc: Doc, reflection: Reflection) -> bool:
        """Tell whether nothing in a whole message is flagged, and what the draft did not say is clear with a margin."""
        old = {reflection.text[s.start : s.end].strip() for s in reflection.sentences}
        for labels, roles, (start, end) in zip(doc._.labels, doc._.roles, doc._.bounds, strict=True):
            is_new = doc.text[start:end].strip() not in old
            if (labels and "safety" not in roles) or (is_new and not self.chooser.checker.is_clear(doc, start, end)):
                return False
        return True


def _chance(reflection: Reflection, place: Place) -> float:
    """Return how likely the surest flag of a place is."""
    return max(max(reflection.sentences[n].scores.values()) for n in place.sentences)


def _asked(known: Understanding, place: Place) -> Spot:
    """Return a place with the question that helps its sender to write, and no option."""
    return Spot(Suggestion(known.start, known.end, place.flags, (), prompt_of(known)), known, ())


def _templates_in(known: Understanding, shown: Sequence[str]) -> set[str]:
    """Return the rewordings of the phrasebook that stand in options which have been shown."""
    found = set()
    for analogy in known.analogies if shown else ():
        for text, template in zip(analogy.rewordings, analogy.entry.rewordings, strict=True):
            body, ask = parted(text)
            if stands_in(known.register.apply(body or ask), shown):
                found.add(template)
    return found
