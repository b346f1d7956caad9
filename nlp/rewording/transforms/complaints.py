"""Complaints become wishes: "you never X" → X; "you always X" → what would be wanted instead, or what is hard."""

from collections.abc import Iterator

from spacy.tokens import Token

from .. import inflection
from ..clauses import (
    adverbs,
    aux,
    copula,
    is_negated,
    is_you,
    phrase,
    positive,
    rules,
    softened,
    subject,
    tail,
    trimmed,
    words_of,
)
from ..patterns import without
from ..pieces import Piece
from ..spoken import Spoken
from .demands import is_asked, unwanted
from .registry import rule

_ALWAYS = {"always", "constantly", "forever", "again", "still", "every", "everytime", "usually", "just", "only"}


@rule("never")
def never(sentence: Spoken) -> Iterator[Piece]:
    """Yield what the partner is said not to do, as a wish; said of the past, as a hope."""
    for verb in sentence.doc:
        if not _is_yours(verb) or not is_negated(verb) or verb.dep_ not in ("ROOT", "conj", "parataxis"):
            continue
        asked = " or did you not " in sentence.doc.text.lower()
        if asked or any(c.lower_ in ("if", "when", "unless", "because") for c in verb.children):
            continue
        words = phrase(_wanted(_done(verb)))
        if not words:
            continue
        where = sentence.place(list(verb.subtree))
        words = softened(words)
        if not is_asked(words):
            yield from _dear(verb, where)
            continue
        helpers = set(aux(verb))
        is_past = bool(helpers & {"did", "could", "have", "'ve", "has", "was", "were"}) or verb.tag_ in ("VBD", "VBN")
        wish = positive(words)
        once = "never" not in adverbs(verb) or verb.tag_ == "VBD"
        if is_past and once:
            yield Piece("hoped", words, "", *where)
        if wish or not is_past or not once:
            yield Piece("ask", wish or words, "", *where)


def _wanted(verb: Token) -> Token:
    """Return the act of "never want to X", else the verb."""
    if inflection.base(verb.text, verb.lemma_) not in ("want", "like", "bother"):
        return verb
    return next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), verb)


@rule("always")
def always(sentence: Spoken) -> Iterator[Piece]:
    """Yield an unwanted habit: "you always X", "you keep X-ing", "you're always X"."""
    for verb in sentence.doc:
        if not is_you(subject(verb)) or is_negated(verb) or verb.dep_ in ("acl:relcl",):
            continue
        where = sentence.place(list(verb.subtree))
        if verb.lemma_.lower() == "keep":
            inner = next((c for c in verb.children if c.tag_ == "VBG"), None)
            if inner is not None:
                yield from unwanted(phrase(inner) or "", inner, where)
            continue
        habitual = bool(adverbs(verb) & _ALWAYS) or "every" in sentence.doc.text.lower()
        being = copula(verb)
        present = verb.tag_ in ("VBP", "VB", "VBG") or (being is not None and being.lower_ in ("are", "'re"))
        if habitual and present and not set(aux(verb)) & {"would", "will", "could", "'d", "'ll", "can", "do", "did"}:
            words = phrase(verb)
            if words and not (
                copula(verb) is not None and verb.tag_ in ("JJ", "NN", "NNS") and positive(words) is None
            ):
                yield from unwanted(words, verb, where)


@rule("late-acts")
def past_duty(sentence: Spoken) -> Iterator[Piece]:
    """Yield what "you could/should have done", "you said you'd do", "you promised to do", as a hope."""
    for verb in sentence.doc:
        helpers = set(aux(verb))
        if (
            is_you(subject(verb))
            and verb.tag_ in ("VBN", "VBD")
            and helpers & {"could", "should", "might"}
            and helpers & {"have", "of", "'ve"}
        ) or _promised(verb):
            words = phrase(verb)
        else:
            continue
        if words and is_asked(words):
            yield Piece("hoped", softened(words), "", *sentence.place(list(verb.subtree)))


@rule("forgot")
def forgot(sentence: Spoken) -> Iterator[Piece]:
    """Yield what was forgotten, as a hope: "forgot to pay the electric again"."""
    for verb in sentence.doc:
        if verb.lower_ not in ("forgot", "forgotten", "forget") or not (subject(verb) is None or is_you(subject(verb))):
            continue
        inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VB"), None)
        where = sentence.place(list(verb.subtree))
        if inner is not None:
            words = phrase(inner)
            if words:
                yield Piece("hoped", words, "", *where)
        else:
            rest = trimmed(without("about", words_of(tail(verb))))
            if (
                rest
                and verb.lower_ != "forget"
                and rest.split()[0].lower() in ("my", "our", "the", "her", "his", "your")
            ):
                yield Piece("hoped", f"remember {rest}", "", *where)


@rule("used-to")
def used_to(sentence: Spoken) -> Iterator[Piece]:
    """Yield what the partner used to do, as something loved."""
    for verb in sentence.doc:
        head = verb.head
        if verb.dep_ == "xcomp" and head.lower_ == "used" and is_you(subject(head)) and verb.tag_ == "VB":
            words = phrase(verb)
            if words and words.split()[0] not in ("be", "have", "love", "care", "think"):
                yield Piece("loved", words, "", *sentence.place(list(head.subtree)))


def _done(verb: Token) -> Token:
    """Return the act itself where it is only thought of or bothered with: "you never think to call"."""
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)
    return inner if inner is not None and verb.lemma_.lower() in ("think", "bother", "want", "try", "care") else verb


def _is_yours(verb: Token) -> bool:
    """Tell whether the partner does the verb, or it follows "can't you", "won't you"."""
    return is_you(subject(verb)) and (verb.pos_ in ("VERB", "AUX") or copula(verb) is not None)


def _promised(verb: Token) -> bool:
    head = verb.head
    if (
        head.lemma_.lower() not in ("say", "promise", "swear", "tell", "agree")
        or not is_you(subject(head))
        or is_negated(head)
    ):
        return False
    if verb.dep_ == "xcomp" and verb.tag_ == "VB":
        return True
    return (
        verb.dep_ in ("ccomp", "parataxis")
        and is_you(subject(verb))
        and bool(set(aux(verb)) & {"would", "'d"})
        and not is_negated(verb)
    )


def _dear(verb: Token, where: tuple[int, int]) -> Iterator[Piece]:
    """Yield what the partner is said not to care about."""
    if verb.lemma_.lower() not in ("care", "love", "respect", "appreciate", "value", "trust"):
        return
    rest = trimmed(without("about-or-for", words_of(tail(verb)))) if tail(verb) else "me"
    if rest and rest.lower() in ("me", "us", "me or the kids", "this"):
        yield Piece("dear", {"this": "us"}.get(rest.lower(), rest), "", *where)
    elif rest and rest.split()[0].lower() in ("my", "our", "your", "the", "this") and len(rest.split()) < 6:
        yield Piece("dear", rest, "", *where)


__all__ = ["always", "forgot", "inflection", "never", "past_duty", "rules", "used_to"]
