"""Understand a place in its draft: what it is about, what must survive, and which of its words can stay."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from ..schema import Flag, Sentence
from ..wording import Situation, wording
from .places import Place
from .register import Register, register_of

_NUMBER = re.compile(r"[£$€]?\d[\d.,:]*\s?(?:am|pm|k|%)?", re.I)
_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    r"|\b(?:january|february|april|june|july|august|september|october|november|december)\b",
    re.I,
)
MIN_WORDS, MAX_WORDS = 3, 22
#: Dependents that are not part of what a verb says.
_SIDE = ("conj", "cc", "parataxis", "punct", "discourse", "vocative")


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the engine knows about one place."""

    text: str
    start: int
    end: int
    situations: tuple[Situation, ...]
    signs: tuple[str, ...]
    labels: frozenset[str]
    #: The sender's own words that carry no flag, as whole clauses.
    kept: tuple[str, ...]
    #: A neutral fact out of the flagged words ("You got home at nine"), without its stop.
    observations: tuple[str, ...]
    #: What is said not to be done, as a wish ("text me back").
    wishes: tuple[str, ...]
    #: Numbers, days and names that a rewording must not lose, as typed and in order.
    facts: tuple[str, ...]
    register: Register
    #: The rest of the draft asks for something already.
    asks_elsewhere: bool
    appreciation: str | None
    #: Nothing follows the place on its line.
    ends_line: bool


def understand(
    doc: Doc, sentences: Sequence[Sentence], flags: Sequence[Flag], place: Place, situations: tuple[Situation, ...]
) -> Understanding:
    """Return the understanding of a place of a parsed Doc."""
    start, end = sentences[place.sentences[0]].start, sentences[place.sentences[-1]].end
    own = [flags[n] for n in place.flags]
    rest = [s for n, s in enumerate(sentences) if n not in place.sentences and not s.labels]
    thanks = [doc.text[s.start : s.end] for s in rest if "appreciation" in s.roles]
    return Understanding(
        text=doc.text[start:end],
        start=start,
        end=end,
        situations=situations,
        signs=tuple(f.sign for f in own),
        labels=frozenset(f.label for f in own),
        kept=tuple(_kept(doc, sentences, own, place)),
        observations=tuple(_observations(doc, own)),
        wishes=tuple(_wishes(doc, own, end)),
        facts=facts_of(doc, start, end),
        register=register_of(doc.text),
        asks_elsewhere=any("request" in s.roles for s in rest),
        appreciation=thanks[0] if thanks else None,
        ends_line=not doc.text[end:].split("\n")[0].strip(),
    )


def facts_of(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """Return the numbers, days and names between two characters, as typed and in order."""
    text = doc.text[start:end]
    found = {m.start(): m[0].strip().rstrip(".,:") for pattern in (_NUMBER, _DAY) for m in pattern.finditer(text)}
    for name in _names(doc.char_span(start, end, alignment_mode="expand") or ()):
        found.setdefault(name.start_char - start, name.text)
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))


def _names(tokens: Iterable[Token]) -> Iterable[Span]:
    """Yield runs of name tokens, across hyphens: "Rose-Hill" is one name."""
    run: list[Token] = []
    for token in tokens:
        joined = bool(run) and token.i == run[-1].i + 1 and not run[-1].whitespace_ and token.text == "-"
        if _is_name(token) or joined:
            run.append(token)
        elif run:
            yield _span(run)
            run = []
    if run:
        yield _span(run)


def _span(run: list[Token]) -> Span:
    last = run[-1] if run[-1].text != "-" else run[-2]
    return run[0].doc[run[0].i : last.i + 1]


def _is_name(token: Token) -> bool:
    """Tell whether a token is a name: a proper noun with a capital that no sentence start explains, not shouted."""
    return (
        token.tag_ in ("NNP", "NNPS")
        and token.text[0].isupper()
        and not token.text.isupper()
        and len(token) > 1
        and not (token.is_sent_start and token.lower_ in token.vocab.strings and token.is_stop)
    )


def _kept(doc: Doc, sentences: Sequence[Sentence], flags: Sequence[Flag], place: Place) -> Iterable[str]:
    """Yield the stretches between flagged phrases that are clauses of their own."""
    for number in place.sentences:
        start, end = sentences[number].start, sentences[number].end
        edges = [start]
        for flag in sorted((f for f in flags if start <= f.start < end), key=lambda f: f.start):
            edges += [flag.start, flag.end]
        edges.append(end)
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            piece = trimmed(doc, left, right)
            if piece is not None and _is_clause(piece):
                yield piece.text


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """Return the words between two characters without the joints that would hang in the air."""
    span = doc.char_span(start, end, alignment_mode="contract") if start < end else None
    if span is None:
        return None
    first, last = span.start, span.end
    while first < last and (doc[first].is_punct or doc[first].is_space or doc[first].lower_ in wording().leading):
        first += 1
    while last > first and (
        doc[last - 1].is_punct or doc[last - 1].is_space or doc[last - 1].lower_ in wording().trailing
    ):
        last -= 1
    return doc[first:last] if first < last else None


def _is_clause(span: Span) -> bool:
    """Tell whether the words are a sentence by themselves: a finite verb with its subject, and a subject first."""
    words = [t for t in span if t.is_alpha]
    if not MIN_WORDS <= len(words) <= 3 * MAX_WORDS:
        return False
    subjects = [t for t in span if t.dep_ in ("nsubj", "nsubj:pass", "expl") and t.head in span]
    if not subjects:
        return False
    first = subjects[0]
    # Everything before the subject belongs to it or to its verb: no stray half of another clause.
    before = doc_range(span, first)
    return all(t.head in span for t in before) and not _leaves_open(span)


def doc_range(span: Span, token: Token) -> list[Token]:
    """Return the tokens of a span before one of them."""
    return [t for t in span if t.i < token.i]


def _leaves_open(span: Span) -> bool:
    """Tell whether a word inside needs one outside to its right (an object, a complement)."""
    return any(
        c.i >= span.end and c.dep_ in ("obj", "xcomp", "ccomp", "obl", "acl:relcl") for t in span for c in t.children
    )


def _observations(doc: Doc, flags: Sequence[Flag]) -> Iterable[str]:
    """Yield neutral past-tense clauses about what the partner did, out of the flagged phrases."""
    for flag in flags:
        span = doc.char_span(flag.start, flag.end, alignment_mode="expand")
        for token in span or ():
            if _is_plain_past(token):
                clause = _clause_text(token, span)
                if clause:
                    yield clause


def _wishes(doc: Doc, flags: Sequence[Flag], end: int) -> Iterable[str]:
    """Yield what the partner is said never to do, as a bare verb phrase, out of the flagged phrases."""
    for flag in flags:
        for token in doc.char_span(flag.start, flag.end, alignment_mode="expand") or ():
            if _is_undone(token):
                side = {t.i for c in token.children if c.dep_ in _SIDE for t in c.subtree}
                rest = [t for t in token.subtree if t.i > token.i and t.i not in side]
                kept = [t for t in rest if t.lower_ not in wording().sharpeners and t.lower_ not in ("ever", "anymore")]
                # "You never tell me anything": the words for nothing do not stand in a wish.
                if any(t.lower_.startswith("any") for t in kept) or (rest and rest[-1].idx >= end):
                    continue
                if len(kept) <= MAX_WORDS:
                    tail = "".join(t.text_with_ws for t in kept).strip(" ,;:.!?…–—-")
                    yield re.sub(r"\s+", " ", f"{token.lemma_.lower()} {tail}").strip()


def _is_undone(token: Token) -> bool:
    """Tell whether a verb is something that "you" never do or don't do, in the present."""
    children = list(token.children)
    return (
        token.pos_ == "VERB"
        and token.tag_ in ("VB", "VBP")
        and token.lemma_.lower() not in wording().unasked
        and any(c.dep_ == "nsubj" and c.lower_ in ("you", "u", "ya") for c in children)
        and any(c.lower_ in ("never", "not", "n't", "nt") for c in children)
        and not any(
            c.lower_ in ("did", "would", "could", "should", "ca", "wo", "will", "can", "must") for c in children
        )
        and token.dep_ in ("ROOT", "conj", "parataxis", "ccomp")
    )


def _is_plain_past(token: Token) -> bool:
    subject = [c for c in token.children if c.dep_ == "nsubj"]
    negated = any(
        (c.dep_ == "advmod" and c.lemma_.lower() in ("not", "n't", "never")) or c.lower_ in ("n't", "not", "never")
        for c in token.children
    )
    return (
        token.tag_ == "VBD"
        and bool(subject)
        and subject[0].lower_ in ("you", "u")
        and not negated
        and token.lemma_.lower() not in wording().loaded
        and token.dep_ in ("ROOT", "conj", "parataxis", "advcl", "ccomp")
    )


def _clause_text(verb: Token, span: Span) -> str | None:
    """Return the verb's own clause, from its subject on, without sharpeners and side clauses."""
    subject = next(c for c in verb.children if c.dep_ == "nsubj")
    dropped: set[int] = set()
    for child in verb.children:
        if child.dep_ in ("conj", "cc", "parataxis", "punct", "advcl", "discourse", "vocative", "mark"):
            dropped |= {t.i for t in child.subtree}
    tokens = [t for t in verb.subtree if t.i >= subject.i and t.i not in dropped]
    last = tokens[-1].i if tokens else -1
    kept = [t for t in tokens if t.lower_ not in wording().sharpeners]
    words = [t for t in kept if t.is_alpha or t.like_num]
    if last >= span.end + 4 or not MIN_WORDS <= len(words) <= MAX_WORDS or any(t.tag_ in ("WP", "WRB") for t in kept):
        return None
    text = "".join(t.text + (" " if t.whitespace_ or t.i + 1 in dropped else "") for t in kept)
    return re.sub(r"\s+", " ", text).strip(" ,;:–—-") or None
