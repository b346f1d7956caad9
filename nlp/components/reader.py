"""Component `encoder`: one pass of the encoder over the Doc, and the features of each sentence."""

from collections.abc import Sequence

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

    def read_all(self, docs: Sequence[Doc]) -> None:
        """Read several Docs in one pass."""
        encodings = self.encoder.encode_batch([(doc.text, doc._.bounds) for doc in docs])
        for doc, encoding in zip(docs, encodings, strict=True):
            doc._.encoding = encoding
            doc._.features = sentence_features(doc.text, doc._.bounds, encoding)

    def __call__(self, doc: Doc) -> Doc:
        """Read the Doc."""
        doc._.encoding = self.encoder.encode(doc.text, doc._.bounds)
        doc._.features = sentence_features(doc.text, doc._.bounds, doc._.encoding)
        return doc
