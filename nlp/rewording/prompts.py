"""The prompt where no option is good enough: a question of the sign's, and what the sender has told already."""

from ..knowledge import signs
from ..wording import wording
from .say import apart
from .understand import Understanding

#: A clause of fewer or more words than this is not worth quoting in a prompt.
FEWEST = 4
MOST = 16
_CLOSE = ("matter-about", "matter-own")


def prompt_of(known: Understanding) -> str:
    """Return the question to the sender of a place, with their own plain words or the matter where there are any."""
    if not known.signs:
        return wording().prompt_silenced
    ask = signs()[known.signs[0]].ask
    clauses = [p.text for p in apart(known.kept) if p.kind == "own" and FEWEST <= len(p.text.split()) <= MOST]
    if clauses:
        return wording().prompt_with_words.format(ask=ask, words=clauses[0])
    matters = [p.text for p in known.of("matter") if p.rule in _CLOSE]
    if matters:
        return wording().prompt_with_matter.format(ask=ask, matter=matters[0])
    facts = [fact for fact in known.facts if not fact.isdigit()]
    if facts:
        return wording().prompt_with_facts.format(ask=ask, facts=" and ".join(facts[:3]))
    return wording().prompt_plain.format(ask=ask)
