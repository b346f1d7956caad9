"""The order of the steps: understand → choose → say → check, for each place and for the whole message."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from ..knowledge import signs
from ..schema import Option, Reflection, Rewrite, Style, Suggestion
from ..wording import Situation, fallbacks, situations, wording
from .check import Checker
from .places import Place, find_places
from .say import Candidate, Said, candidates
from .understand import Understanding, understand
from .whole import replaced

if TYPE_CHECKING:
    from ..pipeline import Assistant

#: Candidates tried for one style before it is left out.
TRIES = 12
SITUATIONS = 2
#: A place of at most so many words is bare: it tells nothing that general words would lose.
BARE_WORDS = 7
#: A situation less likely than this is not named; the sign's own words are used instead.
SURE_ENOUGH = 0.9


def grounded(known: Understanding, option: Option) -> bool:
    """Tell whether an option stands on the draft: its words, its situation, or so little that nothing is lost.

    A sentence that tells something needs an option that tells it too; general words would drop the sender's matter.
    """
    named = any(option.parts.feeling in situation.impacts for situation in known.situations if situation.about)
    wished = any(wish in (option.parts.request or "") for wish in known.wishes)
    return bool(option.parts.observation) or wished or named or len(known.text.split()) <= BARE_WORDS


class Reworder:
    """Offers rewordings; everything it offers has been read again by the assistant that flagged the draft."""

    def __init__(self, assistant: "Assistant") -> None:
        """Take the assistant whose pipeline reads the candidates."""
        self._assistant = assistant
        self._checker = Checker(assistant.read, assistant.thresholds)

    def reword(self, doc: Doc, reflection: Reflection) -> Reflection:
        """Return the reflection with suggestions and rewrites."""
        places = find_places(reflection.text, reflection.sentences, reflection.flags)
        if not places or any(note.kind in ("safety-sender", "thread") for note in reflection.notes):
            return reflection
        parsed = self._assistant.parse(reflection.text)
        said, suggestions = Said(), []
        for place in places:
            own = [reflection.flags[number].sign for number in place.flags]
            found = self._situations(doc, place, own)
            known = understand(parsed, reflection.sentences, reflection.flags, place, found)
            suggestions.append(self._suggest(reflection.text, known, place, said))
        rewrites = self._rewrites(reflection, suggestions)
        return replace(reflection, suggestions=tuple(suggestions), rewrites=tuple(rewrites))

    def _situations(self, doc: Doc, place: Place, signs_: Sequence[str]) -> tuple[Situation, ...]:
        chooser = self._assistant.model.estimator.situations
        rows = doc._.features[list(place.sentences)]
        likely = chooser.likeliest(rows.mean(axis=0, keepdims=True), SITUATIONS, SURE_ENOUGH)[0]
        named = [situations()[name] for name in likely if name in situations()]
        return (*named, *(fallbacks()[sign] for sign in dict.fromkeys(signs_) if sign in fallbacks()))

    def _suggest(self, text: str, known: Understanding, place: Place, said: Said) -> Suggestion:
        options: list[Option] = []
        used: set[str] = set()
        for style in self._styles(known):
            found = self._first_good(text, known, style, Said(said.sentences | used, said.asked))
            if found is not None:
                options.append(found.option)
                used |= found.used
        if options:
            said.sentences |= used
            said.asked = said.asked or options[0].parts.request is not None
        prompt = None if options else self._prompt(known)
        return Suggestion(known.start, known.end, place.flags, tuple(options), prompt)

    def _styles(self, known: Understanding) -> Sequence[Style]:
        pushes = bool(known.labels & {"pressure", "ultimatum"})
        return ("space", "brief") if pushes else ("brief",)

    def _first_good(self, text: str, known: Understanding, style: Style, said: Said) -> Candidate | None:
        for candidate in islice(candidates(known, style, said), TRIES):
            if not grounded(known, candidate.option):
                continue
            if self._checker.passes(text, known, candidate.option):
                return candidate
        return None

    def _prompt(self, known: Understanding) -> str:
        ask = signs()[known.signs[0]].ask if known.signs else ""
        facts = ", ".join(known.facts)
        pattern = wording().prompt_with_facts if facts else wording().prompt_plain
        return pattern.format(ask=ask, facts=facts)

    def _rewrites(self, reflection: Reflection, suggestions: Sequence[Suggestion]) -> list[Rewrite]:
        """Return a whole message where every place has an option and nothing in it is flagged."""
        if not suggestions or not all(s.options for s in suggestions):
            return []
        chosen = [s.options[0] for s in suggestions]
        text = replaced(reflection.text, suggestions, [o.text for o in chosen])
        doc = self._assistant.read(text)
        safety = ["safety" in roles for roles in doc._.roles]
        if any(labels and not safe for labels, safe in zip(doc._.labels, safety, strict=True)):
            return []
        return [Rewrite(chosen[0].style, text)]
