"""Reproaches give back what is under them: a feeling, a wish to come first, what was given, what others have."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from .. import inflection
from ..clauses import aux, is_negated, rules, trimmed
from ..patterns import before, match, without
from ..pieces import Piece
from ..spoken import Spoken
from .registry import rule
from .rivals import rival

#: What comes first is said in at most so many words.
MOST_RIVAL = 6


@rule("made-me-feel")
def made_me_feel(sentence: Spoken) -> Iterator[Piece]:
    """Yield the owned feeling of "you made me feel X"."""
    hit = match("made-me-feel", sentence.doc.text)
    if not hit:
        return
    said = without("feeling-degree", before("feeling-ends", hit[1]).strip())
    feeling, rest = true_feeling(said)
    if not feeling and match("feeling-image", said) and (image := trimmed(f"I felt {said}")):
        yield Piece("own", image, "", *sentence.place(list(sentence.doc)))
    if feeling:
        where = trimmed(rest) if rest else ""
        allowed = where and match("feeling-place", where)
        yield Piece(
            "felt", f"{feeling} {where}".strip() if allowed else feeling, "", *sentence.place(list(sentence.doc))
        )


def true_feeling(said: str) -> tuple[str, str]:
    """Return the feeling under the words, and what follows them; faux feelings are put right."""
    for pattern, feeling in rules()["felt"]["like"]:
        hit = re.match(rf"{pattern}\b", said, re.I)
        if hit:
            return feeling, said[hit.end() :].strip()
    first = said.split(" ")[0].lower() if said else ""
    return (first, said[len(first) :].strip()) if first in rules()["felt"]["plain"] else ("", "")


@rule("comes-first")
def comes_first(sentence: Spoken) -> Iterator[Piece]:
    """Yield what seems to come before the sender: "you care more about X than me"."""
    yield from rival(sentence, "comes-first", "rival-lead", "no-rival", MOST_RIVAL)


@rule("after-all")
def after_all(sentence: Spoken) -> Iterator[Piece]:
    """Yield what the sender gave, as a plain fact: "after all I did for Y" → I did a lot for Y."""
    hit = match("after-all", sentence.doc.text)
    if hit:
        rest = before("given-ends", without("for-you", hit[2], r"\1 YOU")).strip().replace("YOU", "you")
        kept = trimmed(f"I {rules()['given'][hit[1].lower()]} {rest}".strip())
        if kept:
            yield Piece("own", kept, "", *sentence.place(list(sentence.doc)))


@rule("others")
def others(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish in a comparison: "Leanne's fella runs her a bath" → run me a bath."""
    for verb in sentence.doc:
        if (
            verb.tag_ != "VBZ"
            or verb.pos_ != "VERB"
            or is_negated(verb)
            or verb.dep_ not in ("ROOT", "parataxis", "conj")
        ):
            continue
        own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if own is None or not _is_other(own) or set(aux(verb)):
            continue
        rest = [t for t in verb.subtree if t.i > verb.i]
        words = _swapped(verb.doc, rest)
        said = trimmed(f"{inflection.base(verb.text, verb.lemma_)} {words}".strip()) if words is not None else None
        if said:
            yield Piece("ask", said, "", *sentence.place(list(sentence.doc)))


def _is_other(token: Token) -> bool:
    return token.lower_ in rules()["others"]["people"] or any(
        c.lower_ in rules()["others"]["people"] for c in token.children if c.dep_ in ("flat", "appos", "compound")
    )


_SWAPS = {"her": "me", "him": "me", "she": "I", "he": "I", "them": "us", "they": "we", "his": "my", "their": "our"}


def _swapped(doc: Doc, rest: list[Token]) -> str | None:
    """Return the words with the other couple's persons turned to ours; None where they speak of more."""
    out = []
    for token in rest:
        if token.text in (";", ":", "-", "–", "—", "?", "!", ".", "…", "..."):
            break
        word = token.lower_
        if word == "her" and token.dep_ == "nmod:poss":
            out.append("my" + token.whitespace_)
        elif word == "'s" and token.i and doc[token.i - 1].lower_ in ("she", "he"):
            out.append(("'ve" if token.lemma_.lower() == "have" else "'m") + token.whitespace_)
        elif word in ("is", "was", "has") and doc[token.i - 1].lower_ in ("she", "he"):
            out.append({"is": "am", "was": "was", "has": "have"}[word] + token.whitespace_)
        elif token.tag_ == "VBZ":
            out.append(inflection.base(token.text, token.lemma_) + token.whitespace_)
        elif word in ("you", "i", "me", "my", "your"):
            return None
        else:
            out.append(_SWAPS.get(word, token.text) + token.whitespace_)
    return "".join(out).strip(" ,")
