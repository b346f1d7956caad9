"""Make treebank sentences look like text messages while the parser is trained."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

SHORT_FORMS = {
    "you": "u",
    "your": "ur",
    "are": "r",
    "please": "pls",
    "because": "cuz",
    "though": "tho",
    "about": "abt",
    "tomorrow": "tmrw",
    "tonight": "tonite",
    "with": "w",
    "and": "n",
    "to": "2",
    "for": "4",
    "thanks": "thx",
    "message": "msg",
    "people": "ppl",
    "want": "wanna",
    "know": "kno",
    "what": "wat",
    "right": "rite",
}


@spacy.registry.augmenters("gentle_draft.chat_augmenter.v1")
def create_chat_augmenter(
    lower: float, no_punctuation: float, no_apostrophe: float, short_form: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """Return an augmenter that yields each example and, by chance, one copy in chat style.

    Each argument is a probability: `lower` and `no_punctuation` of a sentence, `no_apostrophe` and
    `short_form` of a token in a sentence that is lower-cased.
    """

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        yield example
        strip, lowered = random.random() < no_punctuation, random.random() < lower
        if strip or lowered:
            reference = chat_copy(example.reference, strip, lowered, no_apostrophe, short_form)
            if reference is not None:
                yield Example(nlp.make_doc(reference.text), reference)

    return augment


def chat_copy(doc: Doc, strip: bool, lowered: bool, no_apostrophe: float, short_form: float) -> Doc | None:
    """Return a copy of a gold Doc in chat style, or None where nothing would be left of it."""
    with_children = {token.head.i for token in doc if token.head.i != token.i}
    kept = [t for t in doc if not (strip and t.dep_ == "punct" and t.i not in with_children)]
    if not kept:
        return None
    place = {token.i: i for i, token in enumerate(kept)}
    words = [_chat_word(t.text, lowered, no_apostrophe, short_form) for t in kept]
    columns: dict[str, Any] = {
        "words": words,
        # A word keeps the space after the punctuation that followed it and is gone.
        "spaces": [_space_after(doc, t.i, kept, n) for n, t in enumerate(kept)],
        "tags": [t.tag_ for t in kept],
        "pos": [t.pos_ for t in kept],
        "morphs": [str(t.morph) for t in kept],
        "lemmas": [t.lemma_ for t in kept],
        "heads": [place[t.head.i] for t in kept],
        "deps": [t.dep_ for t in kept],
    }
    return Doc(doc.vocab, **columns)


def _space_after(doc: Doc, index: int, kept: list[Any], number: int) -> bool:
    end = kept[number + 1].i if number + 1 < len(kept) else len(doc)
    return any(bool(doc[i].whitespace_) for i in range(index, end))


def _chat_word(word: str, lowered: bool, no_apostrophe: float, short_form: float) -> str:
    if not lowered:
        return word
    word = word.lower()
    if word in SHORT_FORMS and random.random() < short_form:
        return SHORT_FORMS[word]
    if len(word) > 1 and "'" in word and random.random() < no_apostrophe:
        return word.replace("'", "") or word
    return word
