"""Threats give back the wish that was tied to them: "if you don't X, …" → X; "X or I'm gone" is read as a demand."""

from collections.abc import Iterator

from spacy.tokens import Token

from .. import inflection
from ..clauses import (
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
from ..patterns import before, match
from ..pieces import Piece
from ..spoken import Spoken
from .demands import is_asked, unwanted
from .registry import rule
from .rivals import rival

#: What is chosen against the sender is said in at most so many words.
MOST_CHOICE = 5


@rule("if-not")
def if_not(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish in "if you don't X", "unless you X", "until you X"."""
    for verb in sentence.doc:
        if not is_you(subject(verb)):
            continue
        mark = next(
            (c.lower_ for c in verb.children if c.lower_ in ("if", "unless", "until", "till", "once", "before")), None
        )
        wanted = (mark == "if" and is_negated(verb)) or mark in ("unless", "until", "till")
        if mark is None or (mark == "if" and not is_negated(verb)):
            continue
        words = trimmed(before("threat-begins", phrase(verb) or ""), deadlines=True) if wanted else None
        if words and is_asked(softened(words)):
            yield Piece("ask", positive(words) or softened(words), "", *sentence.place(list(verb.subtree)))


@rule("if-you")
def if_you(sentence: Spoken) -> Iterator[Piece]:
    """Yield what is unwanted in "if you X again, I'm gone"."""
    for verb in sentence.doc:
        if not is_you(subject(verb)) or is_negated(verb):
            continue
        mark = next((c for c in verb.children if c.lower_ in ("if", "when")), None)
        if mark is None or mark.lower_ != "if":
            continue
        inside = {t.i for t in verb.subtree}
        rest = {t.lower_ for t in sentence.doc if t.i not in inside}
        if rest & set(rules()["threat"]["words"]):
            # "if you'd rather", "if you loved me": no act that is unwanted.
            words = trimmed(before("threat-begins", phrase(verb) or ""), deadlines=True)
            if words and match("if-not", sentence.following) and is_asked(words):
                yield Piece("ask", positive(words) or words, "", *sentence.place(list(verb.subtree)))
            elif words and match("one-day", words):
                continue
            elif (words and verb.tag_ in ("VBP", "VB", "VBG")) or (
                words and copula(verb) is not None and verb.tag_ not in ("JJ",)
            ):
                yield from unwanted(words or "", verb, sentence.place(list(verb.subtree)))


@rule("loved-me")
def loved_me(sentence: Spoken) -> Iterator[Piece]:
    """Yield the act that is made a proof: "if you loved me you'd X", "someone who cared would X"."""
    if not match("proof", sentence.doc.text.lower()):
        return
    for verb in sentence.doc:
        helpers = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        if verb.pos_ == "VERB" and helpers & {"would", "'d", "wouldn't"} and verb.tag_ == "VB":
            words = phrase(verb)
            if words and is_asked(words):
                where = sentence.place(list(verb.subtree))
                if is_negated(verb):
                    yield from unwanted(words, verb, where)
                else:
                    yield Piece("ask", positive(words) or words, "", *where)


@rule("either")
def either(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish in "either you X or I Y", "you X or it's over"."""
    hit = match("either-you", sentence.doc.text)
    verb = next((t for t in sentence.doc if hit and t.idx >= hit.end()), None)
    if (
        hit
        and verb is not None
        and verb.tag_ in ("VB", "VBP")
        and verb.dep_ != "advcl"
        and "ultimatum" in sentence.labels
    ):
        words = trimmed(before("or-begins", phrase(verb) or ""), deadlines=True)
        if words and is_asked(words):
            yield Piece("ask", positive(words) or words, "", *sentence.place(list(sentence.doc)))


@rule("if-it")
def if_it(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish about something else: "either the calls end at nine or …" → the calls ended at nine."""
    for verb in sentence.doc:
        own = subject(verb)
        if (
            own is None
            or is_you(own)
            or own.lower_ in ("i", "it", "this", "that")
            or verb.tag_ not in ("VBZ", "VBP")
            or aux(verb)
        ):
            continue
        first = min((t.i for t in own.subtree), default=own.i)
        mark = verb.doc[first - 1].lower_ if first else ""
        if mark not in ("either", "unless") and not any(c.lower_ in ("either", "unless") for c in verb.children):
            continue
        who = words_of([t for t in own.subtree if t.lower_ not in ("either", "unless")])
        words = trimmed(f"{who} {inflection.past(inflection.base(verb.text, verb.lemma_))} {words_of(tail(verb))}")
        if words:
            yield Piece("if", words, "", *sentence.place(list(verb.subtree)))


@rule("rather-than-me")
def choice(sentence: Spoken) -> Iterator[Piece]:
    """Yield what seems to come first: "it's X or me", "me or X", "choose between me and X"."""
    yield from rival(sentence, "or-me", "choice-lead", "no-choice", MOST_CHOICE)


def threatens(token: Token) -> bool:
    """Tell whether a word stands in what follows a condition."""
    return token.lower_ in rules()["threat"]["words"]
