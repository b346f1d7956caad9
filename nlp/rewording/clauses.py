"""Look at a clause of the parse: who does what, how often, and its verb phrase in any form."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from spacy.tokens import Token

from ..wording import read_words
from . import inflection

SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "expl")
#: Dependents that are not part of what a verb says.
SIDE = ("cc", "conj", "parataxis", "punct", "discourse", "vocative", "dep", "list", "appos")
MOST_WORDS = 16
YOU = ("you", "ya", "u")


@cache
def rules() -> dict[str, dict[str, Any]]:
    """Return the word lists of `data/rules.toml`."""
    return read_words("rules.toml")


def subject(verb: Token) -> Token | None:
    """Return the subject of a verb or predicate, if it has one of its own."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS), None)


def is_you(token: Token | None) -> bool:
    """Tell whether a token is the partner."""
    return token is not None and token.lower_ in YOU


def aux(verb: Token) -> list[str]:
    """Return the auxiliaries of a verb, as lower-case words."""
    return [c.lower_ for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]


def adverbs(verb: Token) -> set[str]:
    """Return the adverbs and negations of a verb, as lower-case words."""
    return {c.lower_ for c in verb.children if c.dep_ in ("advmod", "neg", "det", "aux") or c.tag_ == "RB"}


def is_negated(verb: Token) -> bool:
    """Tell whether a verb is negated."""
    return bool(adverbs(verb) & {"not", "n't", "nt", "never", "no", "hardly", "rarely", "barely", "nor"})


def copula(verb: Token) -> Token | None:
    """Return the copula of a predicate ("late" in "you are late"), if it is one."""
    if verb.tag_ in ("VB", "VBP", "VBD", "VBZ"):
        # "All I ask is call me": what the parser takes for a copula stands before a verb of its own.
        return None
    return next((c for c in verb.children if c.dep_ == "cop"), None)


def tail(verb: Token) -> list[Token]:
    """Return the words that belong to a verb and stand right of it, without side clauses."""
    begin = copula(verb)
    left = begin.i if begin is not None else verb.i
    dropped = _side(verb)
    own = subject(verb)
    if own is not None and own.i > left:
        dropped |= {t.i for t in own.subtree}
    words = [t for t in verb.subtree if t.i > left and t.i not in dropped]
    return _unbroken(words)


def _side(verb: Token) -> set[int]:
    """Return the tokens of clauses that only stand beside a verb's own; a second act of the same doer stays."""
    dropped: set[int] = set()
    for child in verb.children:
        linked = any(c.dep_ == "cc" and c.lower_ == "and" for c in child.children)
        joined = child.dep_ == "conj" and linked and subject(child) is None and child.tag_ == verb.tag_
        if (child.dep_ in SIDE and not joined and child.dep_ != "cc") or (
            child.dep_ == "advcl" and _is_condition(child)
        ):
            dropped |= {t.i for t in child.subtree}
        elif joined:
            comma = [t for t in child.children if t.dep_ == "punct"]
            dropped |= {t.i for t in comma} | _side(child)
    return dropped


def _is_condition(verb: Token) -> bool:
    return any(c.lower_ in ("if", "unless", "because", "or", "since", "otherwise") for c in verb.children)


def _unbroken(words: Sequence[Token]) -> list[Token]:
    """Return the words up to a break in the sentence: a dash, a colon, a stop, a comma before a new thought."""
    kept: list[Token] = []
    for word in words:
        if word.text in (";", ":", "-", "–", "—", "(", ")", "...", "…", "!", "?", ".", '"', "“", "”") or (
            word.text == "," and not kept
        ):
            break
        if kept and _begins_anew(word, kept[-1]):
            break
        kept.append(word)
    if len(kept) > 1 and kept[-1].tag_ == "NNP" and kept[-2].lower_ in ("me", "back", "up", "now"):
        # "Ring me Anjali": who is called, not a part of the act.
        kept.pop()
    while kept and (kept[-1].is_punct or kept[-1].lower_ in ("and", "or", "but", "so", "then", "cause", "because")):
        kept.pop()
    return kept


def _begins_anew(word: Token, before: Token) -> bool:
    """Tell whether a word begins a clause that only lacks its full stop ("pick up I'm outside")."""
    starts = word.lower_ in ("i", "we", "it", "there") and word.dep_ in (*SUBJECTS, "reparandum")
    loose = before.tag_ in ("RP", "RB", "UH", "PRP", "CC") or before.lower_ in (
        "anything",
        "something",
        "nothing",
        "now",
    )
    return (starts and loose) or word.lower_ in ("or", "otherwise")


def words_of(tokens: Sequence[Token]) -> str:
    """Return tokens as text, with single spaces where words were left out between them."""
    out = ""
    for token, following in zip(tokens, [*tokens[1:], *tokens[-1:]], strict=True):
        gap = token.whitespace_ or following.i > token.i + 1
        out += token.text + (" " if gap else "")
    return re.sub(r"\s+([,'’])", r"\1", re.sub(r"\s+", " ", out)).strip()


def phrase(verb: Token) -> str | None:
    """Return a clause's verb phrase with the bare verb ("text me back"), trimmed; None where it would not stand."""
    head = "be" if copula(verb) is not None else inflection.base(verb.text, verb.lemma_)
    return fitted(head, tail(verb), verb)


def fitted(head: str, words: list[Token], verb: Token) -> str | None:
    """Return head and words, trimmed; where they would not stand, side remarks at their end are left off."""
    while True:
        said = trimmed(f"{head} {words_of(words)}".strip())
        if said is not None or not words:
            return said
        last = words[-1]
        while last.head in words and last.head != last and last.dep_ not in ("acl:relcl", "acl", "advcl"):
            last = last.head
        if last.dep_ in ("obj", "xcomp", "iobj", "cop") or last == verb:
            return None
        lost = {t.i for t in last.subtree}
        words = [t for t in words if t.i not in lost]


def trimmed(words: str, deadlines: bool = False, most: int = MOST_WORDS) -> str | None:
    """Return a phrase without urgency and sharpeners; None where it is empty, long, or unkind."""
    for pattern in rules()["trims"]["patterns"]:
        words = re.sub(pattern, " ", words, flags=re.I)
    if deadlines:
        words = re.sub(str(rules()["trims"]["deadlines"]), " ", words, flags=re.I)
    words = re.sub(r"\s+([,.'’])", r"\1", re.sub(r"\s+", " ", words)).strip(" ,.;:!?-–—…'\"“”")
    words = re.sub(r"\b(?:with |for |about |to )?(?:why|what|where|who|how|when|which)$", "", words).strip(" ,")
    words = re.sub(r"(?:,|\band\b|\bor\b|\bbut\b|\bto\b(?<!want to)|\bthat\b)\s*$", "", words).strip(" ,")
    words = re.sub(r"\b(\w+(?: \w+){0,3}?)(?:,? \1)+\b", r"\1", words, flags=re.I)
    count = len(words.split())
    if not 1 <= count <= most or is_unkind(words):
        return None
    return words


def is_unkind(words: str) -> bool:
    """Tell whether a phrase has a word that hurts wherever it stands."""
    return bool(set(re.findall(r"[a-z']+", words.lower())) & set(rules()["loaded"]["words"]))


def softened(words: str) -> str:
    """Return a negated phrase as a positive one: "anything" becomes "something"."""
    for sharp, soft in rules()["trims"]["swaps"]:
        words = re.sub(rf"\b{sharp}\b", soft, words)
    return words


@cache
def _positives() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(row["what"] + r"\Z", re.I), row["ask"]) for row in read_words("positives.toml")["positive"]]


def positive(words: str) -> str | None:
    """Return the wish in an unwanted act, where `data/positives.toml` knows one."""
    for pattern, ask in _positives():
        match = pattern.match(words)
        if match:
            wish = match.expand(ask)
            return None if is_unkind(wish) else wish
    return None


def is_addressed(token: Token) -> bool:
    """Tell whether a name is who is spoken to: set off by a comma at an edge of the sentence."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    ends = after is None or after.is_punct
    begins = before is None or before.is_punct
    return token.dep_ == "vocative" or (begins and ends and (before is None or after is None or before.text == ","))
