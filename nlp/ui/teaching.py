"""What the user says about the reading of a draft: right, wrong, rather something else, or missed; kept if allowed.

An answer is remembered by the sentence's words, so it still stands beside them when the draft is read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..errors import FeedbackError, GentleDraftError
from ..examples import Phrase
from ..feedback import Sample, State, Store
from ..schema import LABELS, Label, Reflection
from . import words
from .sentence import Place, place_of_flag, place_over

Verdict = Literal["right", "wrong", "rather"]
Act = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one flag; `phrase` is what it is rather."""

    verdict: Verdict
    phrase: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """All that was said about one sentence, and the number under which it is kept."""

    id: int | None = None
    answers: Mapping[Phrase, Answer] = field(default_factory=dict)
    missed: tuple[Phrase, ...] = ()

    def sample(self, place: Place) -> Sample:
        """Return the sentence with the labels and phrases that it has now."""
        phrases = [self._now(phrase) for phrase in place.phrases]
        found = tuple(dict.fromkeys([*(p for p in phrases if p is not None), *self.missed]))
        agreed = not self.missed and all(answer.verdict == "right" for answer in self.answers.values())
        return Sample(
            text=place.text,
            labels=tuple(label for label in LABELS if label in {p.label for p in found}),
            phrases=found,
            before=place.before,
            after=place.after,
            state=State.accepted if agreed else State.changed,
            said=place.said,
        )

    def _now(self, phrase: Phrase) -> Phrase | None:
        answer = self.answers.get(phrase)
        if answer is None or answer.verdict == "right":
            return phrase
        return answer.phrase


@dataclass(slots=True)
class Teaching:
    """One window's answers, in memory; the store keeps what they make of a sentence."""

    answered: str = ""
    error: str = ""
    #: What waits for the answer to the one question.
    pending: Act | None = None
    taught: dict[str, Taught] = field(default_factory=dict)

    def answer(self, ask: Act, reflection: Reflection | None) -> None:
        """Do what the page asks, once; what goes wrong becomes one sentence."""
        if ask.get("id") == self.answered:
            return
        self.answered, self.error = str(ask.get("id", "")), ""
        for act in ask.get("acts", []):
            try:
                self._do(act, reflection)
            except GentleDraftError as error:
                self.error = str(error)
            except Exception:  # noqa: BLE001
                # The exception may hold the user's words, so it is neither shown nor logged.
                self.error = words.NOT_KEPT

    def clear(self) -> None:
        """Forget the answers of this window; what is kept stays kept."""
        self.pending, self.taught, self.error = None, {}, ""

    def _do(self, act: Act, reflection: Reflection | None) -> None:
        match act.get("do"):
            case "consent":
                Store().give_consent(bool(act.get("neighbours")))
                waiting, self.pending = self.pending, None
                if waiting is not None:
                    self._do(waiting, reflection)
            case "decline":
                self.pending = None
            case _ if reflection is not None:
                self._say(act, reflection)

    def _say(self, act: Act, reflection: Reflection) -> None:
        if Store().consent() is None:
            self.pending = act
            return
        self.refresh()
        if "flag" in act:
            place, phrase = place_of_flag(reflection, int(act["flag"]))
            self._settle(place, _answered(self._of(place), phrase, act))
        else:
            place, phrase = place_over(reflection, int(act["start"]), int(act["end"]), _label(act))
            self._settle(place, _with_missed(self._of(place), phrase, act))

    def _of(self, place: Place) -> Taught:
        return self.taught.get(place.text, Taught())

    def _settle(self, place: Place, taught: Taught) -> None:
        """Write what is now known about a sentence: keep, change or, where nothing is said any more, delete."""
        store = Store()
        if not taught.answers and not taught.missed:
            self.taught.pop(place.text, None)
            if taught.id is not None:
                store.delete([taught.id])
            return
        sample = taught.sample(place)
        if taught.id is None:
            taught = replace(taught, id=store.keep(sample).id)
        else:
            store.relabel(taught.id, sample.labels, sample.phrases, sample.state)
        self.taught[place.text] = taught

    def refresh(self) -> None:
        """Forget answers whose example was deleted, here on Review or by a command."""
        if self.taught:
            there = {kept.id for kept in Store().find()}
            self.taught = {text: taught for text, taught in self.taught.items() if taught.id in there}


def _answered(taught: Taught, phrase: Phrase, act: Act) -> Taught:
    """Return the answers with the one that is given now, or without the one that is taken back."""
    others = {key: value for key, value in taught.answers.items() if key != phrase}
    match act["do"]:
        case "right" | "wrong":
            others[phrase] = Answer(act["do"])
        case "rather":
            others[phrase] = Answer("rather", Phrase(int(act["start"]), int(act["end"]), _label(act), ""))
        case "undo":
            pass
        case _:
            raise FeedbackError(words.NOT_KEPT)
    return replace(taught, answers=others)


def _with_missed(taught: Taught, phrase: Phrase, act: Act) -> Taught:
    others = tuple(each for each in taught.missed if each != phrase)
    return replace(taught, missed=others if act["do"] == "undo" else (*others, phrase))


def _label(act: Act) -> Label:
    for label in LABELS:
        if act.get("label") == label:
            return label
    raise FeedbackError(words.NOT_KEPT)
