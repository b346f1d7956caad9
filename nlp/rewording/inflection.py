"""Inflect English verbs: an irregular table (`data/verbs.toml`) and the spelling rules."""

import re
from functools import cache

from ..wording import read_words

_VOWELS = "aeiou"


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    return {base: (past, participle) for base, (past, participle) in read_words("verbs.toml")["forms"].items()}


@cache
def _bases() -> dict[str, str]:
    """Return the base of each irregular form; a form that is a base itself ("put") is its own."""
    found = {
        "am": "be",
        "is": "be",
        "are": "be",
        "were": "be",
        "has": "have",
        "does": "do",
        "goes": "go",
        "lying": "lie",
        "dying": "die",
        "tying": "tie",
    }
    for base, forms in _irregular().items():
        for form in forms:
            found.setdefault(form, base)
    return {**found, **{base: base for base in _irregular()}}


def base(form: str, lemma: str) -> str:
    """Return the base form of a verb form; the parser's lemma is put right where its spelling betrays it."""
    form, lemma = form.lower(), lemma.lower()
    if (form in _bases() and form not in ("left", "felt", "found", "saw", "lay")) or lemma in _irregular():
        return _bases().get(form, lemma)
    if re.search(r"(?:(?![lsz])([b-z])\1)(?:ing|ed)$", form) and lemma == form.removesuffix("ing").removesuffix("ed"):
        return lemma[:-1]
    return _bases().get(form, lemma) if form in ("left", "felt", "found", "saw") else lemma


def past(verb: str) -> str:
    """Return the simple past of a base form."""
    return _irregular()[verb][0] if verb in _irregular() else _with_ed(verb)


def participle(verb: str) -> str:
    """Return the past participle of a base form."""
    return _irregular()[verb][1] if verb in _irregular() else _with_ed(verb)


def gerund(verb: str) -> str:
    """Return the -ing form of a base form."""
    if verb in ("be", "see", "agree", "flee") or verb.endswith(("ee", "oe", "ye")):
        return verb + "ing"
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e"):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def third(verb: str) -> str:
    """Return the third person singular of a base form."""
    special = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in special:
        return special[verb]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _doubled(verb: str) -> str:
    """Return the verb with its last letter doubled where English does so ("stop" → "stopp")."""
    short = re.fullmatch(r"[^aeiou]*(?:qu)?[aeiou][bdgklmnprtv]", verb)
    return verb + verb[-1] if short or verb in read_words("verbs.toml")["doubling"]["long"] else verb
