"""Demands become asks: "Call me now" → call me; "you need to X" → X; "don't X" → the wish in it."""

from collections.abc import Iterator

from spacy.tokens import Token

from ...encoder import is_common
from ..clauses import aux, copula, is_negated, is_you, phrase, positive, rules, softened, subject
from ..patterns import match, without
from ..pieces import Piece
from ..spoken import Spoken
from .registry import rule

#: What may stand before an order: "next time maybe don't X".
_LEADS = ("please", "just", "now", "do", "n't", "not", "never", "so", "then", "always", "maybe", "next", "time", "only")
_MODALS = ("must", "should", "will", "better", "shall", "'ll", "ought")
_WANTING = ("need", "want", "expect", "require", "ask", "beg", "like", "tell")


@rule("demand")
def demand(sentence: Spoken) -> Iterator[Piece]:
    """Yield the act of an imperative."""
    for verb in sentence.doc:
        if not is_imperative(verb):
            continue
        words = phrase(verb)
        if words is None or match("to-tell", words):
            continue
        where = sentence.place(list(verb.subtree))
        if is_negated(verb) and verb.lemma_.lower() in ("expect", "tell", "think", "pretend"):
            continue
        if is_negated(verb):
            yield from unwanted(words, verb, where)
        elif verb.lemma_.lower() in ("stop", "quit") and (inner := _stopped(verb)) is not None:
            yield from unwanted(phrase(inner) or "", inner, where)
        elif is_asked(words):
            yield Piece("ask", positive(words) or words, "", *where)


@rule("must")
def must(sentence: Spoken) -> Iterator[Piece]:
    """Yield the act of "you need to X", "you will X", "I need you to X"."""
    for verb in sentence.doc:
        owner = _obliged(verb)
        if owner is None or (_mocks(sentence) and set(aux(verb)) & {"will", "'ll", "should", "must"}):
            continue
        words = phrase(verb)
        if words and is_asked(words):
            where = sentence.place(list(owner.subtree))
            yield Piece("ask", positive(words) or words, "", *where)


def _mocks(sentence: Spoken) -> bool:
    """Tell whether a sentence only mocks: "you'll manage that for the gaffer" asks for nothing."""
    return bool(sentence.signs) and set(sentence.signs) <= {"contempt", "shaming-question", "motive", "retaliation"}


def is_imperative(verb: Token) -> bool:
    """Tell whether a verb is an order: bare, without a subject, at the head of its clause."""
    if verb.tag_ not in ("VB", "VBP") or subject(verb) is not None or verb.dep_ not in ("ROOT", "conj", "parataxis"):
        return False
    if verb.dep_ == "conj" and (verb.head.tag_ != "VB" or not is_imperative(verb.head)):
        return False
    if not _begins(verb):
        return False
    helpers = set(aux(verb)) - {"do"}
    before = [
        t for t in verb.doc[: verb.i] if t.head == verb and t.dep_ not in ("punct", "discourse", "vocative", "cc")
    ]
    return not helpers and all(t.lower_ in _LEADS for t in before)


def _begins(verb: Token) -> bool:
    """Tell whether a clause can begin here: after nothing, a stop, a joint, or a word that leads in, not inside a phrase."""
    before = verb.doc[verb.i - 1] if verb.i else None
    if before is None:
        return True
    if before.lower_ == "then" and any(is_you(t) for t in verb.doc[: verb.i]):
        # "You go quiet, then come back": a tale, no order.
        return False
    joint = before.is_punct or before.is_space or before.tag_ in ("CC", "RB", "UH", "RP", "PRP")
    return is_common(verb.lower_) and (joint or before.lower_ in ("please", "n't", "or", "now", "then"))


def is_asked(words: str) -> bool:
    """Tell whether an act can be asked for: nobody can love, or stop existing, because they were told."""
    first = words.split()[0]
    if words in rules()["imperatives"]["incomplete"]:
        return False
    if any(words.startswith(known) for known in rules()["imperatives"]["unless"]):
        return True
    if positive(words):
        return True
    if words.startswith(("let's", "let us")):
        return False
    return first not in rules()["imperatives"]["unasked"] and first not in rules()["heart"]["verbs"]


def unwanted(words: str, verb: Token, where: tuple[int, int]) -> Iterator[Piece]:
    """Yield the wish in an unwanted act, and the act as something hard."""
    words = without("that-thing", words)
    wish = positive(words)
    if wish:
        yield Piece("ask", wish, "", *where)
    first = words.split()[0] if words else ""
    if (
        len(words.split()) > 1
        and first != "have"
        and first not in rules()["loaded"]["verbs"]
        and first not in rules()["heart"]["verbs"]
    ):
        yield Piece("hard", f"you {'are' + words[2:] if words.startswith('be ') else words}", "", *where)


def _stopped(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG"), None)


def _obliged(verb: Token) -> Token | None:
    """Return the verb that carries the obligation, where a verb is obliged on the partner."""
    if is_you(subject(verb)) and verb.tag_ == "VB" and set(aux(verb)) & set(_MODALS) and not is_negated(verb):
        return verb
    head = verb.head
    if verb.dep_ not in ("xcomp", "ccomp") or verb.tag_ != "VB" or copula(head) is not None or is_negated(head):
        return None
    lemma = head.lemma_.lower()
    if is_you(subject(head)) and lemma in ("need", "have", "go", "get", "suppose", "owe"):
        return head
    for_you = any(
        c.lower_ in ("you", "u") and c.dep_ in ("obj", "iobj", "nsubj") for c in (*head.children, *verb.children)
    )
    own = subject(head)
    if own is not None and own.lower_ in ("i", "we") and lemma in _WANTING and for_you:
        return head
    return None


@rule("we")
def together(sentence: Spoken) -> Iterator[Piece]:
    """Yield the act of "let's X", "we need to X", "we are going to X"."""
    for verb in sentence.doc:
        own = subject(verb)
        head = verb.head
        let = (
            head.lemma_.lower() == "let"
            and head.i == verb.i - 2
            and any(c.lower_ in ("us", "'s") for c in (*head.children, *verb.children))
        )
        of_head = subject(head)
        duty = verb.dep_ in ("xcomp", "ccomp") and head.lemma_.lower() in ("need", "have", "go", "get")
        obliged = duty and of_head is not None and of_head.lower_ == "we"
        modal = own is not None and own.lower_ == "we" and bool(set(aux(verb)) & {"must", "should", "will", "'ll"})
        if verb.tag_ == "VB" and (let or obliged or modal) and not is_negated(verb) and not is_negated(head):
            words = phrase(verb)
            if words and words.split()[0] not in ("see", "hope", "face", "say", "think", "be", "pretend"):
                yield Piece("we", words, "", *sentence.place(list(verb.subtree)))


@rule("least")
def least(sentence: Spoken) -> Iterator[Piece]:
    """Yield the act of "the least you can do is X", "all I ask is that you X", "all you had to do was X"."""
    hit = match("least", sentence.doc.text)
    if hit:
        verb = next((t for t in sentence.doc if t.idx >= hit.end()), None)
        if verb is not None and verb.pos_ == "VERB":
            words = phrase(verb)
            if words and is_asked(words):
                yield Piece("ask", positive(words) or softened(words), "", *sentence.place(list(sentence.doc)))
