"""A grammar check of options: agreement and verb forms from the parse, and patterns that are broken English."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from ..wording import read_words

_SINGULAR = {"he", "she", "it", "this", "that"}
_PLURAL = {"i", "you", "we", "they", "these", "those"}


def problems(doc: Doc) -> list[str]:
    """Return what is wrong with a parsed text in plain English, each problem in a word or two."""
    return [
        *_broken(doc.text),
        *(p for token in doc for p in _agreement(token)),
        *(p for token in doc for p in _forms(token)),
    ]


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    rows = read_words("grammar.toml")["broken"]
    return [(row["name"], re.compile(row["pattern"], re.I if row.get("any_case", True) else 0)) for row in rows]


def _broken(text: str) -> Iterator[str]:
    for name, pattern in _patterns():
        if pattern.search(text):
            yield name


def _agreement(token: Token) -> Iterator[str]:
    """Find a pronoun subject whose verb does not agree with it."""
    if token.dep_ not in ("nsubj", "nsubj:pass"):
        return
    verb = _finite(token.head)
    if verb is None or verb.i < token.i:
        return
    if token.lower_ in _PLURAL and verb.tag_ == "VBZ" and verb.lower_ not in ("'s",):
        yield f"agreement: {token.text} {verb.text}"
    if token.lower_ in _SINGULAR and verb.tag_ == "VBP":
        yield f"agreement: {token.text} {verb.text}"
    if token.lower_ in ("i", "we") and verb.lower_ in (
        {"are", "were", "is"} if token.lower_ == "i" else {"am", "was", "is"}
    ):
        yield f"agreement: {token.text} {verb.text}"


def _finite(head: Token) -> Token | None:
    helpers = [c for c in head.children if c.dep_ in ("aux", "cop", "aux:pass")]
    return helpers[0] if helpers else (head if head.tag_ in ("VBZ", "VBP", "VBD") else None)


def _forms(token: Token) -> Iterator[str]:
    """Find a bare verb missing after a modal, also in a question, or "to"."""
    if token.tag_ == "MD" and token.i + 1 < len(token.doc):
        following = token.doc[token.i + 1]
        if following.tag_ in ("VBZ", "VBD", "VBG") and following.i != token.i and following.head == token.head:
            yield f"form: {token.text} {following.text}"
    asked = token.doc[token.i + 1 : token.i + 3]
    if token.tag_ == "MD" and [t.tag_ for t in asked] in (["PRP", "VBZ"], ["PRP", "VBD"], ["PRP", "VBG"]):
        yield f"form: {token.text} {asked.text}"
    if token.tag_ == "TO" and token.i + 1 < len(token.doc) and token.doc[token.i + 1].tag_ in ("VBZ", "VBD"):
        yield f"form: {token.text} {token.doc[token.i + 1].text}"
