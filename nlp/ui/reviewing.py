"""What one window does on the page Review: the list it looks at, its steps back, what it is about to delete or import."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .. import versions
from ..errors import FeedbackError, GentleDraftError
from ..examples import Phrase
from ..feedback import Kept, Preview, Sample, State, Step, Store, preview_text
from ..feedback.database import Database
from ..feedback.exchange import FileFormat, export
from ..schema import LABELS, Label
from . import words
from .advice import Advice
from .edits import moved, writable
from .sift import Sift

Act = Mapping[str, Any]
_STEPS_KEPT = 200


@dataclass(slots=True)
class Reviewing:
    """The state of one window; the examples themselves are only in the store."""

    answered: str = ""
    status: str = ""
    error: str = ""
    sift: Sift = field(default_factory=Sift)
    past: list[Step] = field(default_factory=list)
    preview: Preview | None = None
    #: A file to be saved by the browser: (number, name, text); sent once.
    file: tuple[str, str, str] | None = None
    advice: Advice = field(default_factory=Advice)

    def answer(self, ask: Act) -> None:
        """Do what the page asks, once and in order; what goes wrong becomes one sentence."""
        if ask.get("id") == self.answered:
            return
        self.answered, self.status, self.error, self.file = str(ask.get("id", "")), "", "", None
        for act in ask.get("acts", []):
            try:
                self._do(str(act.get("do", "")), act)
            except GentleDraftError as error:
                self.error = str(error)
            except Exception:  # noqa: BLE001
                # The exception may hold the user's words, so it is neither shown nor logged.
                self.error = words.NOT_DONE

    def clear(self) -> None:
        """Forget what this window looked at; what is kept stays kept."""
        self.past, self.preview, self.file, self.advice = [], None, None, Advice()

    def kept(self) -> list[Kept]:
        """Return everything kept; looking creates no file."""
        return Store().find() if Database().path.exists() else []

    def _do(self, what: str, act: Act) -> None:
        match what:
            case "accept" | "skip" | "relabel" | "reword":
                self._step(_change(what, act))
            case "undo":
                self._undo()
            case "sift":
                self.sift = Sift.of(act)
            case "delete":
                self._delete([int(id) for id in act["ids"]], bool(act.get("models")))
            case "delete-all":
                self._delete_all(bool(act.get("models")))
            case "add":
                self._add(act)
            case "preview":
                blob = base64.b64decode(str(act["data"]), validate=True)
                self.preview = preview_text(blob, str(act["name"]), self.kept())
            case "import" if self.preview is not None:
                count = len(Store().add(self.preview.samples))
                self.preview, self.status = None, words.imported(count)
            case "close":
                self.preview = None
            case "export":
                form = FileFormat(act["form"])
                self.file = (self.answered, f"examples.{form}", export(self.kept()[::-1], form))
            case "advise":
                self.advice.look(self.kept())
            case "settle":
                self._settle(int(act["keep"]), [int(id) for id in act["drop"]])
            case "leave":
                self.advice.left.add(str(act["key"]))
            case "ask-again":
                Store().withdraw_consent()
                self.status = words.ASKED_AGAIN

    def _step(self, step: Step) -> None:
        self.past = [*self.past, step][-_STEPS_KEPT:]

    def _undo(self) -> None:
        if not self.past:
            self.status = words.NOTHING_TO_UNDO
            return
        Store().undo(self.past.pop())
        self.status = words.UNDONE

    def _delete(self, ids: Sequence[int], with_models: bool) -> None:
        trained = versions.trained_on(ids) if with_models else []
        gone = Store().delete(ids)
        # Neither may a step back, which holds the old words, outlive the example.
        self.past = [step for step in self.past if step.id not in set(ids)]
        for name in trained:
            versions.remove(name)
        self.status = words.deleted(gone, trained)

    def _delete_all(self, with_models: bool) -> None:
        # Also what cannot be read any more, so not by their ids.
        own = [v.name for v in versions.versions() if v.name != versions.SHIPPED] if with_models else []
        gone = Store().delete_all()
        self.past, self.advice = [], Advice()
        for name in own:
            versions.remove(name)
        self.status = words.deleted(gone, own)

    def _settle(self, keep: int, drop: Sequence[int]) -> None:
        self._step(Store().accept(keep))
        self._delete(drop, with_models=False)

    def _add(self, act: Act) -> None:
        labels = _labels(act["labels"])
        self._step(Store().add([Sample(writable(str(act["text"])), labels, state=State.changed)])[0])
        self.status = words.LABELLED


def _change(what: str, act: Act) -> Step:
    store, id = Store(), int(act["id"])
    if what == "accept":
        return store.accept(id)
    if what == "skip":
        return store.skip(id)
    if what == "relabel":
        return store.relabel(id, _labels(act["labels"]), _phrases(act["phrases"]))
    kept = store.get(id).sample
    text = writable(str(act["text"])).strip()
    before, after = (writable(str(act.get(name) or "")).strip() or None for name in ("before", "after"))
    return store.reword(id, text, _carried(kept.phrases, kept.text, text), (before, after))


def _carried(phrases: Sequence[Phrase], old: str, new: str) -> list[Phrase]:
    """Return the marked words where they stand after an edit; those that were edited themselves are marked no more."""
    found = []
    for phrase in phrases:
        place = moved(phrase.start, phrase.end, old, new)
        if place is not None:
            found.append(Phrase(*place, phrase.label, phrase.sign))
    return found


def _labels(names: Sequence[str]) -> tuple[Label, ...]:
    return tuple(label for label in LABELS if label in names)


def _phrases(rows: Sequence[Mapping[str, Any]]) -> tuple[Phrase, ...]:
    found = []
    for row in rows:
        labels = _labels([str(row["label"])])
        if not labels:
            raise FeedbackError(words.NOT_DONE)
        found.append(Phrase(int(row["start"]), int(row["end"]), labels[0], str(row.get("sign", ""))))
    return tuple(found)
