"""What one window has on its desk: the draft, what was found in it, and the steps back. In memory only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from ..errors import GentleDraftError
from ..schema import Reflection, Rewrite, Suggestion
from . import evening, words
from .edits import filled, moved, put, writable
from .samples import samples

Reader = Callable[[str], Reflection]
#: Rewords the characters from start to end of a text as the sender steers it.
Reworder = Callable[..., Suggestion | None]
#: What the sender chose at a place, by name.
Chosen = dict[str, str | None]
_STEPS_KEPT = 100
_CHOICES = ("feeling", "softness", "need", "request", "appreciation", "style")


@dataclass(frozen=True, slots=True)
class Turn:
    """A reading and the choices in it before the sender steered the options of a place."""

    place: int
    reflection: Reflection
    chosen: dict[int, Chosen]


@dataclass(slots=True)
class Desk:
    """The state of one window. It lives in Streamlit's session, so it dies with it; nothing is written to disk."""

    draft: str = ""
    reflection: Reflection | None = None
    status: str = ""
    error: str = ""
    # Changes whenever this side puts words into the text box; the page then takes them over.
    revision: str = ""
    # The last thing asked: a page that lost its connection asks again, and must not get it twice.
    answered: str = ""
    past: list[str] = field(default_factory=list)
    future: list[str] = field(default_factory=list)
    # What the sender chose at a place, by the place's number, and every option that was shown there.
    chosen: dict[int, Chosen] = field(default_factory=dict)
    shown: dict[int, list[str]] = field(default_factory=dict)
    # What stood there before the sender steered, newest last: a choice can be taken back.
    turns: list[Turn] = field(default_factory=list)

    def answer(self, ask: Mapping[str, Any], read: Reader, reword: Reworder | None = None) -> None:
        """Do what the page asks; what goes wrong becomes one sentence, and no word of the draft is lost."""
        asked = str(ask.get("id", ""))
        if asked and asked == self.answered:
            return
        self.answered, self.status, self.error = asked, "", ""
        typed = writable(str(ask.get("text", "")))
        try:
            if ask.get("do") in ("steer", "unsteer"):
                self._turn(ask, read, reword)
            else:
                self._do(str(ask.get("do", "")), typed, ask, read)
        except GentleDraftError as error:
            self._set_aside(typed)
            self.error = str(error)
        except Exception:  # noqa: BLE001
            # Whatever it is, a tired person gets a sentence; the exception may hold their words, so it is not logged.
            self._set_aside(typed)
            self.error = words.BROKEN

    def _do(self, what: str, typed: str, ask: Mapping[str, Any], read: Reader) -> None:
        if what == "clear":
            self.clear()
        elif what == "read":
            self._step(typed)
            self._read(read)
        elif what == "sample":
            self._put(typed, samples()[int(ask["sample"])].text, words.SAMPLE_IN, read)
        elif what == "use":
            self._use(typed, int(ask["suggestion"]), int(ask["option"]), list(ask.get("picks", [])), read)
        elif what == "rewrite" and self.reflection is not None:
            self._put(typed, self.reflection.rewrites[int(ask["rewrite"])].text, words.REWRITE_IN, read)
        elif what == "undo":
            self._undo(typed, read)
        elif what == "redo" and self.future:
            self._go(typed, self.future.pop(), self.past, words.REDONE, read)
        elif what == "aside":
            evening.put_aside(typed)
            self._put(typed, "", words.PUT_ASIDE, read)
        elif what == "again":
            self._put(typed, evening.waiting_text(int(ask["waiting"])), words.READ_AGAIN, read)
        elif what == "drop":
            evening.drop(int(ask["waiting"]))
            self.status = words.DROPPED

    def clear(self) -> None:
        """Forget everything; a new revision empties the text box too."""
        self.draft, self.reflection, self.status, self.error = "", None, "", ""
        self.past, self.future, self.revision = [], [], uuid4().hex
        self._forget_turns()

    def _use(self, typed: str, number: int, choice: int, picks: list[int | str | None], read: Reader) -> None:
        """Put a rewording where its sentences now stand; where they were changed, read again first."""
        if self.reflection is None:
            return
        suggestion = self.reflection.suggestions[number]
        place = moved(suggestion.start, suggestion.end, self.reflection.text, typed)
        if place is None:
            self._step(typed)
            self._read(read)
            self.status = words.CHANGED_MEANWHILE
            return
        self._put(typed, put(typed, *place, filled(suggestion.options[choice], picks)), words.REWORDING_IN, read)

    def _turn(self, ask: Mapping[str, Any], read: Reader, reword: Reworder | None) -> None:
        """Offer other options for one place as the sender steers them, or the ones before."""
        if ask["do"] == "unsteer" and self.turns:
            turn = self.turns.pop()
            self.reflection, self.chosen, self.status = turn.reflection, turn.chosen, words.TAKEN_BACK
        elif ask["do"] == "steer" and self.reflection is not None and reword is not None:
            self._steer(self.reflection, ask, read, reword)

    def _steer(self, reflection: Reflection, ask: Mapping[str, Any], read: Reader, reword: Reworder) -> None:
        places, number = list(reflection.suggestions), ask.get("suggestion")
        if number is None:
            # A sentence that is not flagged, whose sender wants to say it after all.
            number = len(places)
            places.append(Suggestion(int(ask["start"]), int(ask["end"]), ()))
        number = int(number)
        old = places[number]
        seen = [*self.shown.get(number, []), *(option.text for option in old.options)]
        chosen: Chosen = {name: ask.get(name) or None for name in _CHOICES}
        new = reword(reflection.text, old.start, old.end, shown=seen if ask.get("another") else [], **chosen)
        hint = (new.hint or "") if new else ""
        if new is None or not new.options:
            self.status = hint or words.NO_OTHER
            return
        rewrites = tuple(_carried(each, seen, new.options[0].text, read) for each in reflection.rewrites)
        self.turns.append(Turn(number, reflection, dict(self.chosen)))
        self.shown[number] = seen
        self.chosen[number] = chosen
        places[number] = replace(old, options=new.options, prompt=None)
        self.reflection = replace(reflection, suggestions=tuple(places), rewrites=rewrites)
        self.status = f"{words.OTHER_IN} {hint}".strip()

    def _forget_turns(self) -> None:
        self.turns, self.chosen, self.shown = [], {}, {}

    def _undo(self, typed: str, read: Reader) -> None:
        # What was typed since the last reading is the newest step.
        if typed != self.draft:
            self._go(typed, self.draft, self.future, words.UNDONE, read)
        elif self.past:
            self._go(typed, self.past.pop(), self.future, words.UNDONE, read)

    def _go(self, typed: str, text: str, other: list[str], status: str, read: Reader) -> None:
        """Go a step back or forth: what stands there now is put on the other pile."""
        other.append(typed)
        self.draft, self.revision, self.status = text, uuid4().hex, status
        self._read(read)

    def _put(self, typed: str, text: str, status: str, read: Reader) -> None:
        """Put new words into the text box and read them."""
        self._step(typed)
        self._step(text)
        self.revision, self.status = uuid4().hex, status
        self._read(read)

    def _step(self, text: str) -> None:
        """Make `text` the draft; what stood there before becomes a step back."""
        if text == self.draft:
            return
        self.past = [*self.past, self.draft][-_STEPS_KEPT:]
        self.draft, self.future = text, []

    def _set_aside(self, typed: str) -> None:
        self.draft, self.reflection = typed, None

    def _read(self, read: Reader) -> None:
        self._forget_turns()
        self.reflection = read(self.draft) if self.draft.strip() else None


def _carried(rewrite: Rewrite, old: Sequence[str], new: str, read: Reader) -> Rewrite:
    """Return a whole message with a place's new words for its old ones, where it says them once and stays clear.

    It goes on asking once: an ask is not put beside another.
    """
    for words_then in sorted(old, key=len, reverse=True):
        if rewrite.text.count(words_then) == 1:
            text = rewrite.text.replace(words_then, new)
            asks_more = text.count("?") > max(1, rewrite.text.count("?"))
            return rewrite if asks_more or not read(text).is_clear else replace(rewrite, text=text)
    return rewrite
