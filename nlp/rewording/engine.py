"""The order of the steps: understand → choose → say → check → rank, for each place and for the whole message."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from ..schema import Reflection, Rewrite, Style, Suggestion
from ..wording import Situation, situations
from .analogies import analogies
from .check import Checker, vector_of
from .choose import Chooser
from .lines import used_in
from .places import Place, find_places, place_at
from .prompts import prompt_of
from .rank import SHOWN
from .say import Manner, Said, Wish
from .understand import Understanding, understand
from .whole import Spot, whole

if TYPE_CHECKING:
    from ..pipeline import Assistant

#: A situation less likely than this is not named.
SURE_ENOUGH = 0.9
#: Notes under which nothing is reworded: a threat by the sender is never polished.
SILENT = ("safety-sender", "thread", "language")


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
        said, spots = Said(), []
        for place in places:
            known = self.understand(doc, reflection, place)
            spots.append(self._suggest(reflection, known, place, said))
        suggestions = tuple(spot.suggestion for spot in spots)
        return replace(reflection, suggestions=suggestions, rewrites=tuple(self._rewrites(reflection, spots)))

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
        if not place.flags and not wish.is_given:
            # Nothing is flagged, perhaps a need was taken back: only its sender can say it.
            return Suggestion(known.start, known.end, (), (), prompt_of(known))
        said = Said(lines=used_in(shown), texts=frozenset(shown))
        manners = [Manner(style, wish)] if style else self.manners(known, wish)
        if not (wish.appreciation or known.appreciates or known.repairs):
            # Warmth needs a ground: praise is never invented.
            manners = [replace(m, style="brief") if m.style == "warm" else m for m in manners]
        found = self.chooser.best(reflection, known, manners, said, least=-99.0 if wish.is_given else SHOWN)
        options = tuple(ranked.candidate.option for good in found for ranked in good)
        return Suggestion(known.start, known.end, place.flags, options, None if options else prompt_of(known))

    def understand(self, doc: Doc, reflection: Reflection, place: Place) -> Understanding:
        """Return what the engine knows about a place."""
        known = understand(
            self._assistant.parse_plain,
            reflection.text,
            reflection.sentences,
            reflection.flags,
            place,
            self.chooser.checker.clear_alone,
            self._situations(doc, place),
        )
        return replace(
            known,
            vector=vector_of(doc, known.start, known.end),
            analogies=tuple(analogies(known.text, known.sentences, known.pieces)) if place.flags else (),
        )

    def _situations(self, doc: Doc, place: Place) -> tuple[Situation, ...]:
        chooser = self._assistant.model.estimator.situations
        rows = doc._.features[list(place.sentences)]
        likely = chooser.likeliest(rows.mean(axis=0, keepdims=True), 1, SURE_ENOUGH)[0]
        return tuple(situations()[name] for name in likely if name in situations())

    def _suggest(self, reflection: Reflection, known: Understanding, place: Place, said: Said) -> Spot:
        found = self.chooser.best(reflection, known, self.manners(known), said)
        best = [good[0].candidate for good in found if good]
        options = [candidate.option for candidate in best]
        if options:
            said.lines |= {line for candidate in best for line in candidate.lines}
            said.asked = said.asked or options[0].parts.request is not None
        prompt = None if options else prompt_of(known)
        suggestion = Suggestion(known.start, known.end, place.flags, tuple(options[:3]), prompt)
        return Spot(suggestion, known, best[:3])

    def manners(self, known: Understanding, wish: Wish | None = None) -> list[Manner]:
        """Return the manners in which a place is reworded, the first the one to show first."""
        wish = wish or Wish()
        found = [Manner("brief", wish)]
        if known.labels & {"pressure", "ultimatum"}:
            found.append(Manner("space", wish))
        if wish.appreciation or known.appreciates or known.repairs:
            found.append(Manner("warm", wish))
        if "ultimatum" in known.labels:
            found.append(Manner("brief", wish, limit=True))
        return found

    def _rewrites(self, reflection: Reflection, spots: Sequence[Spot]) -> list[Rewrite]:
        """Return the first whole message in which nothing is flagged, if there is one."""
        for text, style in whole(reflection, spots, self.chooser):
            doc = self._assistant.read(text)
            safety = ["safety" in roles for roles in doc._.roles]
            if not any(labels and not safe for labels, safe in zip(doc._.labels, safety, strict=True)):
                return [Rewrite(style, text)]
        return []
