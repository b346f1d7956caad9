"""The order of the components, and the Assistant that runs them: a draft in, a Reflection out."""

from collections.abc import Collection, Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from .components.flags import FlagsComponent
from .components.judge import EstimatorComponent
from .components.reader import EncoderComponent
from .components.sentences import chat_sentences
from .encoder import shipped_encoder
from .errors import DraftTooLongError
from .knowledge import one_of
from .language import is_plainly_foreign
from .model_store import StoredModel, load_active
from .notes import find_notes, find_strengths, note
from .paths import shipped_dir
from .rewording import SOFTNESSES, Reworder, Softness, Wish, appreciation_of, request_of
from .schema import LABELS, MAX_CHARACTERS, OPTIONAL_NOTES, STYLES, Model, Reflection, Sentence, Style, Suggestion
from .segmentation import sentence_bounds
from .wording import feelings, needs
from .worth import worth


@cache
def shipped_parser() -> Language:
    """Return the shipped spaCy pipeline (tags, morphology, lemmas, dependencies), opened once."""
    return spacy.load(shipped_dir("models") / "parser")


class Assistant:
    """Reads drafts. One instance serves many; it keeps nothing of what it read."""

    def __init__(self, model: StoredModel) -> None:
        """Take the model that decides."""
        self.model = model
        self.thresholds: dict[str, float] = dict(
            zip(LABELS, map(float, model.estimator.labels.thresholds_), strict=True)
        )
        self._tokenizer = spacy.blank("en")
        self._encoder = EncoderComponent(shipped_encoder())
        self._judge = EstimatorComponent(model.estimator)
        self._components = (chat_sentences, self._encoder, self._judge, FlagsComponent(model.estimator))
        self.reworder = Reworder(self)

    @classmethod
    def load(cls) -> "Assistant":
        """Return an assistant with the active model; `model.problem` says where the shipped one had to stand in."""
        return cls(load_active())

    def read(self, text: str) -> Doc:
        """Return the Doc with sentences, scores, labels, roles and flags."""
        doc = self._tokenizer.make_doc(text)
        for component in self._components:
            doc = component(doc)
        return doc

    def read_all(self, texts: Sequence[str]) -> list[Doc]:
        """Return the Docs of several texts, as `read` does, in one pass of the encoder."""
        docs = [chat_sentences(self._tokenizer.make_doc(text)) for text in texts]
        self._encoder.read_all(docs)
        self._judge.judge_all(docs)
        return docs

    def parse_plain(self, text: str) -> Doc:
        """Return the Doc with tags, lemmas and dependencies of words in plain spelling; the parser is opened on first use."""
        return shipped_parser()(text)

    def parse_all(self, texts: Sequence[str]) -> list[Doc]:
        """Return the Docs of several texts, as `parse_plain` does, in one pass of the parser."""
        return list(shipped_parser().pipe(texts))

    def reflect(
        self, text: str, rewrite: bool = True, id: str | None = None, *, off: Collection[str] = ()
    ) -> Reflection:
        """Return everything found in a draft, without notes of the kinds in `off`; raise DraftTooLongError over the limit."""
        for kind in off:
            one_of(kind, OPTIONAL_NOTES)
        if len(text) > MAX_CHARACTERS:
            raise DraftTooLongError(
                f"This draft has {len(text):,} characters; up to {MAX_CHARACTERS:,} can be read. Paste a shorter part."
            )
        model = Model(self.model.card.version)
        if is_plainly_foreign(text):
            unread = tuple(Sentence(start, end, dict.fromkeys(LABELS, 0.0)) for start, end in sentence_bounds(text))
            return Reflection(text, unread, (), (), (), (note("language"),), (), model, id)
        doc = self.read(text)
        sentences = sentences_of(doc)
        flags = tuple(doc._.found)
        small = list(worth().small([text[s.start : s.end] for s in sentences], doc._.encoding.vectors))
        notes, waiting = find_notes(text, sentences, flags, doc._.distress, self.thresholds, small, off)
        strengths = tuple(find_strengths(sentences))
        reflection = Reflection(text, sentences, flags, (), (), tuple(notes), strengths, model, id, tuple(waiting))
        return self.reworder.reword(doc, reflection) if rewrite else reflection

    def reword(
        self,
        text: str,
        start: int,
        end: int,
        *,
        feeling: str | None = None,
        need: str | None = None,
        request: str | None = None,
        appreciation: str | None = None,
        style: Style | None = None,
        softness: Softness | None = None,
        shown: Sequence[str] = (),
    ) -> Suggestion | None:
        """Return other options for the words from start to end, as the sender steers them; None where none is offered.

        `feeling` and `need` are ids of the closed lists, `request` the ask and `appreciation` something
        they value about the partner, in the sender's words; `softness` tells how a feeling is said; `shown` are options
        that are not wanted again.
        """
        for name, names in ((feeling, feelings()), (need, needs()), (style, STYLES), (softness, SOFTNESSES)):
            if name:
                one_of(name, names)
        asks, values = request_of(request, self.parse_plain), appreciation_of(appreciation, self.parse_plain)
        wish = Wish(feeling or None, need or None, asks, values, softness or None)
        reflection = self.reflect(text, rewrite=False)
        return self.reworder.steer(self.read(text), reflection, start, end, wish, style, shown)


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """Return the sentences of a read Doc."""
    rows = zip(doc._.bounds, doc._.scores, doc._.labels, doc._.roles, strict=True)
    return tuple(Sentence(start, end, scores, labels, roles) for (start, end), scores, labels, roles in rows)
