"""The matter: the noun phrase that a sentence is about, with a plain determiner, so that general lines can carry it."""

from collections.abc import Iterator

from spacy.tokens import Token

from ...encoder import is_common
from ..clauses import is_addressed, is_unkind, rules, trimmed, words_of
from ..levers import lever
from ..pieces import Piece
from ..spoken import Spoken
from .registry import rule
from .rivals import named

_ROLES = {
    "obj": 3,
    "obl": 2,
    "nsubj": 2,
    "nmod": 1,
    "ROOT": 2,
    "conj": 1,
    "nsubj:pass": 2,
    "obl:unmarked": 1,
    "parataxis": 1,
}
_MOST_WORDS = 6
#: Signs whose nouns are more often an image than the matter.
_VEILED = {"contempt", "comparison", "shaming-question", "character", "diagnosis", "motive", "retaliation"}


@rule("matter")
def matter(sentence: Spoken) -> Iterator[Piece]:
    """Yield the noun phrases of a sentence that can be talked about, the likeliest first."""
    pressed = lever(sentence)
    found = [(score, -head.i, head) for head in sentence.doc if head.i not in pressed and (score := _score(head)) > 0]
    for _, _, head in sorted(found, key=lambda row: row[:2], reverse=True):
        if _VEILED & set(sentence.signs) and not _is_own(head):
            continue
        tokens = _phrase(head)
        words = trimmed(named(words_of(tokens))) if tokens else None
        if (
            words
            and words.lower() not in ("a", "an", "the", "my", "your", "our")
            and len(words.split()) <= _MOST_WORDS
            and not is_unkind(words)
            and not _is_pointed(words)
        ):
            yield Piece(
                "matter",
                _with_article(words, head),
                _name(head),
                *sentence.place(tokens),
            )


def _score(head: Token) -> float:
    if head.tag_ not in ("NN", "NNS", "NNP", "NNPS") or head.lower_ in rules()["matter"]["weak"] or len(head.text) < 3:
        return 0.0
    if not (is_common(head.lower_) or head.text[0].isupper()) or any(
        t.text in "\"“”'" for t in head.doc[max(0, head.i - 4) : head.i]
    ):
        return 0.0
    if head.i == 0 and head.tag_.startswith("NNP") and is_common(head.lower_):
        return 0.0
    if is_addressed(head) or head.dep_ not in _ROLES or head.lower_ in rules()["others"]["people"]:
        return 0.0
    loose = head.dep_ in ("obl", "nmod", "obl:unmarked", "conj") and not _is_close(head)
    return 0.0 if loose else _ROLES[head.dep_] + 2 * _is_close(head)


def _name(head: Token) -> str:
    if any(c.dep_ == "case" and c.lower_ in ("about", "over", "regarding") for c in head.children):
        return "matter-about"
    return "matter-own" if _is_close(head) else "matter"


def _is_own(head: Token) -> bool:
    """Tell whether a noun is somebody's own or is talked about."""
    own = any(c.dep_ == "nmod:poss" and c.lower_ in ("my", "our", "your") for c in head.children)
    return (own and head.dep_ in ("obj", "nsubj", "ROOT")) or any(
        c.dep_ == "case" and c.lower_ in ("about", "over", "regarding") for c in head.children
    )


def _is_close(head: Token) -> bool:
    """Tell whether a noun is surely a matter between the two: somebody's own, a name, or what is talked about."""
    own = any(c.dep_ == "nmod:poss" for c in head.children)
    own = own and not any(
        c.dep_ == "case" and c.lower_ in ("in", "from", "by", "of", "like", "into") for c in head.children
    )
    name = head.tag_ in ("NNP", "NNPS") and head.text[0].isupper()
    return own or name or any(c.dep_ == "case" and c.lower_ in ("about", "over", "regarding") for c in head.children)


def _phrase(head: Token) -> list[Token]:
    """Return the words of a noun phrase: its determiner, what stands before it, and what belongs closely after it."""
    kept = []
    for child in head.children:
        if (
            child.dep_ in ("det", "amod", "nmod:poss", "compound", "nummod", "flat")
            and child.lower_
            not in (
                "all",
                "every",
                "what",
                "which",
                "no",
                "own",
            )
        ) or (
            child.dep_ == "nmod" and child.i > head.i and all(t.dep_ not in ("acl:relcl", "acl") for t in child.subtree)
        ):
            kept += list(child.subtree)
    kept.append(head)
    kept.sort(key=lambda t: t.i)
    return kept if kept[-1].i - kept[0].i + 1 - len(kept) <= 1 else []


def _is_pointed(words: str) -> bool:
    lower = f" {words.lower()} "
    return any(
        w in lower
        for w in (
            " you ",
            " i ",
            " me ",
            " who ",
            " that ",
            " which ",
            " better ",
            " worse ",
            " own ",
            " one ",
            " such ",
            " more ",
            "@",
            "#",
        )
    )


def _with_article(words: str, head: Token) -> str:
    """Return a bare singular noun with "the"; names, possessives and plurals stand alone."""
    first = words.split()[0].lower()
    if _name(head) == "matter-about" and not any(c.dep_ == "det" for c in head.children):
        return words
    determined = (
        first in ("the", "a", "an", "my", "your", "our", "his", "her", "their", "its") or "'s" in words.split()[0]
    )
    if first in ("a", "an"):
        return "the " + words.split(" ", 1)[1] if " " in words else words
    if (
        determined
        or (head.text[0].isupper() and head.i)
        or head.tag_ in ("NNP", "NNPS")
        or any(c.dep_ == "nmod:poss" for c in head.children)
    ):
        return words
    return f"the {words}"
