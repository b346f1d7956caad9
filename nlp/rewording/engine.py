"""The order of the steps: understand → choose → say → check → rank, for each place and for the whole message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from ..knowledge import signs
from ..schema import Option, Reflection, Rewrite, Sentence, Style, Suggestion
from ..wording import Situation, situations, wording
from .check import Checker, Reading, passes
from .features import features
from .places import Place, find_places
from .rank import SHOWN, score
from .say import Candidate, Said, Wish, candidates
from .understand import Understanding, understand
from .whole import whole

if TYPE_CHECKING:
    from ..pipeline import Assistant

#: Candidates of one place that are read again, in passes of so many, until an option of each style is found.
READ = 6
PASSES = 3
#: A situation less likely than this is not named.
SURE_ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate that may be shown, with its reading and score."""

    candidate: Candidate
    reading: Reading
    score: float


class Reworder:
    """Offers rewordings; everything it offers has been read again by the assistant that flagged the draft."""

    def __init__(self, assistant: "Assistant") -> None:
        """Take the assistant whose pipeline reads the candidates."""
        self._assistant = assistant
        self._checker = Checker(assistant.read_all, assistant.parse_plain, assistant.thresholds)

    def reword(self, doc: Doc, reflection: Reflection) -> Reflection:
        """Return the reflection with suggestions and rewrites."""
        places = find_places(reflection.text, reflection.sentences, reflection.flags)
        if not places or any(note.kind in ("safety-sender", "thread") for note in reflection.notes):
            return reflection
        said, suggestions = Said(), []
        for place in places:
            known = self.understand(doc, reflection, place)
            suggestions.append(self._suggest(reflection, known, place, said))
        rewrites = self._rewrites(reflection, suggestions)
        return replace(reflection, suggestions=tuple(suggestions), rewrites=tuple(rewrites))

    def understand(self, doc: Doc, reflection: Reflection, place: Place) -> Understanding:
        """Return what the engine knows about a place."""
        found = self._situations(doc, place)
        return understand(
            self._assistant.parse_plain, reflection.text, reflection.sentences, reflection.flags, place, found
        )

    def best(
        self, reflection: Reflection, known: Understanding, style: Style, said: Said, wish: Wish | None = None, most: int = 1, least: float = SHOWN
    ) -> list[Ranked]:
        """Return the best candidates of a style that may be shown, best first."""
        kept = self._clear(known)
        drafted = list(candidates(known, style, said, kept, wish))
        drafted.sort(key=lambda c: -score(features(known, c)))
        before, after = _around(reflection, known)
        found: list[Ranked] = []
        for turn in range(PASSES):
            some = drafted[turn * READ : (turn + 1) * READ]
            if not some:
                break
            for candidate, reading in zip(some, self._checker.read(before, known, after, some), strict=True):
                worth = score(features(known, candidate, reading))
                if passes(known, reflection.text, candidate, reading) and (worth >= least or wish):
                    found.append(Ranked(candidate, reading, worth))
            found = self._correct(found, most)
            if len(found) >= most:
                break
        return found

    def _correct(self, found: list[Ranked], most: int) -> list[Ranked]:
        """Return the best that are correct English; parsing is dear, so the best are looked at first."""
        good = (r for r in sorted(found, key=lambda r: -r.score) if self._checker.is_correct(r.candidate))
        return list(islice(good, most))

    def _clear(self, known: Understanding) -> list:  # type: ignore[type-arg]
        """Return the sender's clauses that read as clear by themselves."""
        pieces = known.of("own")
        clear = self._checker.clear_alone([p.text for p in pieces])
        return [*(piece for piece, good in zip(pieces, clear, strict=True) if good), *known.of("fact")]

    def _situations(self, doc: Doc, place: Place) -> tuple[Situation, ...]:
        chooser = self._assistant.model.estimator.situations
        rows = doc._.features[list(place.sentences)]
        likely = chooser.likeliest(rows.mean(axis=0, keepdims=True), 1, SURE_ENOUGH)[0]
        return tuple(situations()[name] for name in likely if name in situations())

    def _suggest(self, reflection: Reflection, known: Understanding, place: Place, said: Said) -> Suggestion:
        options: list[Option] = []
        used: set[str] = set()
        for style in self._styles(known):
            found = self.best(reflection, known, style, Said(said.lines | used, said.asked))
            if found:
                options.append(found[0].candidate.option)
                used |= set(found[0].candidate.lines)
        if options:
            said.lines |= used
            said.asked = said.asked or options[0].parts.request is not None
        prompt = None if options else self._prompt(known)
        return Suggestion(known.start, known.end, place.flags, tuple(options), prompt)

    def _styles(self, known: Understanding) -> Sequence[Style]:
        styles: list[Style] = ["brief"]
        if known.labels & {"pressure", "ultimatum"}:
            styles.insert(0, "space")
        if known.appreciation:
            styles.append("warm")
        return styles

    def _prompt(self, known: Understanding) -> str:
        ask = signs()[known.signs[0]].ask if known.signs else ""
        facts = ", ".join(known.facts)
        pattern = wording().prompt_with_facts if facts else wording().prompt_plain
        return pattern.format(ask=ask, facts=facts)

    def _rewrites(self, reflection: Reflection, suggestions: Sequence[Suggestion]) -> list[Rewrite]:
        """Return a whole message where every place has an option and nothing in it is flagged."""
        text = whole(reflection.text, suggestions)
        if text is None:
            return []
        doc = self._assistant.read(text)
        safety = ["safety" in roles for roles in doc._.roles]
        if any(labels and not safe for labels, safe in zip(doc._.labels, safety, strict=True)):
            return []
        return [Rewrite(suggestions[0].options[0].style, text)]


def _around(reflection: Reflection, known: Understanding) -> tuple[str, str]:
    """Return the words just before and after a place: enough to read an option in its place."""
    before = [s for s in reflection.sentences if s.end <= known.start]
    after = [s for s in reflection.sentences if s.start >= known.end]
    start = _start(before, known)
    end = after[0].end if after and after[0].end - known.end < 200 else known.end
    return reflection.text[start : known.start], reflection.text[known.end : end]


def _start(before: Sequence[Sentence], known: Understanding) -> int:
    return before[-1].start if before and known.start - before[-1].start < 200 else known.start
