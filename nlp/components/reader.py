"""Component `encoder`: one pass of the encoder over the Doc, and the features of each sentence."""

from spacy.tokens import Doc

from ..encoder import Encoder
from ..features import sentence_features
from .extensions import declare

declare()


class EncoderComponent:
    """Keep `encoding` and `features` on the Doc."""

    def __init__(self, encoder: Encoder) -> None:
        """Take an opened encoder."""
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Read the Doc."""
        doc._.encoding = self.encoder.encode(doc.text, doc._.bounds)
        doc._.features = sentence_features(doc.text, doc._.bounds, doc._.encoding)
        return doc
