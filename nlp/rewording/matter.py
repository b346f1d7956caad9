"""The matter of a place: the words that tell what it is about."""

import re
from collections.abc import Sequence
from functools import cache

from .clauses import copula, is_you, rules, subject
from .plain import straight
from .spoken import Spoken

_WORD = re.compile(r"[a-z0-9£$€'][a-z0-9£$€']{2,}")
#: A place with at most so many words of matter only hurts or chases; with more where the sentence before it tells.
BARE = 1
BARE_AFTER = 2
#: … and with at most so many in all, levers counted.
BARE_IN_ALL = 5
BARE_LENGTH = 9
#: A sentence before the place tells the matter with at least so many words of it.
TELLING = 4
#: Signs whose sentences may hold no matter; the others say that something happened.
BARE_SIGNS = {
    "character",
    "diagnosis",
    "contempt",
    "shaming-question",
    "absolutes",
    "retaliation",
    "chasing",
    "urgency",
    "forced-decision",
    "last-chance",
    "threatened-exit",
    "overload",
    "forced-opening",
}
_PRESS = {"chasing", "urgency", "forced-decision"}
#: Signs whose few words often hint at a matter.
_VEILED = {"contempt", "shaming-question", "retaliation"}
_ONLY_HURT = {"character", "diagnosis", "contempt"}


def content(text: str) -> frozenset[str]:
    """Return the words of a text that carry its matter, without endings."""
    return frozenset(_stem(word) for word in words_in(text))


def words_in(text: str) -> list[str]:
    """Return the words of a text that carry matter, in order."""
    return [word for word in _WORD.findall(straight(text)) if word not in _empty()]


def matter_of(text: str, told: str, signs: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Return where the words of matter stand in a place, without endings; what only hurts or presses is none."""
    chased = set(signs) <= _PRESS
    gone = {*rules()["loaded"]["words"], *(rules()["matter"]["chased"] if chased else ())}
    kept = content(told)
    found = ((m.start(), m[0]) for m in _WORD.finditer(straight(text)))
    return tuple((at, _stem(word)) for at, word in found if word not in _empty() | gone and _stem(word) in kept)


def is_bare(matter: Sequence[object], text: str, before: str, sentences: Sequence[Spoken]) -> bool:
    """Tell whether a place holds no matter of its own: a bare insult, a bare "hello??"."""
    if any(_VEILED & set(sentence.signs) for sentence in sentences):
        most = 0
    else:
        most = BARE_AFTER if len(content(before)) >= TELLING else BARE
    return (len(matter) <= most and len(content(text)) <= BARE_IN_ALL and len(text.split()) <= BARE_LENGTH) or all(
        map(_is_name_calling, sentences)
    )


def _is_name_calling(sentence: Spoken) -> bool:
    """Tell whether a sentence only says what the partner is: "you are a small boy"."""
    root = next((t for t in sentence.doc if t.dep_ == "ROOT"), None)
    if root is None or not sentence.signs or not set(sentence.signs) <= _ONLY_HURT:
        return False
    clauses = any(t.dep_ in ("advcl", "ccomp", "acl:relcl", "conj", "parataxis") for t in sentence.doc)
    return copula(root) is not None and is_you(subject(root)) and not clauses


@cache
def _empty() -> frozenset[str]:
    return frozenset(rules()["matter"]["empty"])


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "'s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
