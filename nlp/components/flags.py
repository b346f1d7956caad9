"""Component `flags`: the phrases of each labelled sentence, each with its sign and its reason."""

from spacy.tokens import Doc

from ..estimator import Estimator
from ..knowledge import signs
from ..phrases import phrase_bounds
from ..schema import LABELS, Flag, Label
from .extensions import declare

declare()

#: The sign where a model knows none of a label's.
USUAL_SIGN: dict[Label, str] = {"blame": "accusation", "pressure": "demand", "ultimatum": "conditional-threat"}


class FlagsComponent:
    """Keep the flags on the Doc, sorted by place."""

    def __init__(self, estimator: Estimator) -> None:
        """Take a fitted estimator."""
        self.estimator = estimator

    def __call__(self, doc: Doc) -> Doc:
        """Find the flags of the Doc."""
        found = []
        for number, labels in enumerate(doc._.labels):
            for label in labels:
                found += self._flags(doc, number, label)
        doc._.found = sorted(found, key=lambda f: (f.start, f.end, LABELS.index(f.label)))
        return doc

    def _flags(self, doc: Doc, number: int, label: Label) -> list[Flag]:
        chooser = self.estimator.signs.get(label)
        name = chooser.predict(doc._.features[number : number + 1])[0] if chooser else USUAL_SIGN[label]
        sign = signs()[name]
        score = doc._.scores[number][label]
        places = phrase_bounds(doc.text, doc._.bounds[number], doc._.encoding.tokens[number], label)
        return [Flag(start, end, label, score, sign.id, sign.point, sign.message) for start, end in places]
