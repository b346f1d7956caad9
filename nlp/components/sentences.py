"""Component `chat_sentences`: sentence starts as chat text needs them."""

from spacy.language import Language
from spacy.tokens import Doc

from ..segmentation import sentence_bounds
from .extensions import declare

declare()


def chat_sentences(doc: Doc) -> Doc:
    """Keep the sentences' characters on the Doc and mark their first tokens, so that the parser stays inside them."""
    doc._.bounds = sentence_bounds(doc.text)
    starts = iter([start for start, _ in doc._.bounds])
    waiting = next(starts, None)
    for token in doc:
        token.is_sent_start = token.i == 0
        if waiting is not None and token.idx + len(token) > waiting:
            token.is_sent_start = True
            waiting = next(starts, None)
    return doc


Language.component("chat_sentences", assigns=["doc._.bounds", "token.is_sent_start"], func=chat_sentences)
