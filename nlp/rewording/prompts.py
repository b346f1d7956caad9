"""The prompt where no option is good enough: a question of the sign's, and what the sender has told already."""

import re

from ..knowledge import signs
from ..wording import wording
from .facts import missing
from .say import apart
from .understand import Understanding

#: A clause of fewer or more words than this is not worth quoting in a prompt.
FEWEST = 4
MOST = 16
#: So many facts are named.
MOST_FACTS = 3
#: A noun phrase that can be named to the sender.
_TALKED = re.compile(r"(?:your|our|my|the|his|her|their) (?:[\w']+ ?){1,4}\Z", re.I)
_YOURS = {"your": "their", "my": "your"}
_CLOSE = ("matter-about", "matter-own")


def prompt_of(known: Understanding) -> str:
    """Return the question to the sender of a place, with their own plain words or the matter where there are any."""
    if not known.signs:
        return wording().prompt_silenced
    ask = signs()[known.signs[0]].ask
    facts = [fact for fact in known.facts if not fact.isdigit()][:MOST_FACTS]
    clauses = [p.text for p in apart(known.kept) if p.kind == "own" and FEWEST <= len(p.text.split()) <= MOST]
    if clauses:
        return _mentioning(wording().prompt_with_words.format(ask=ask, words=clauses[0]), facts)
    matters = [p.text for p in known.of("matter") if p.rule in _CLOSE and _TALKED.match(p.text)]
    if matters:
        return _mentioning(wording().prompt_with_matter.format(ask=ask, matter=_seen_by_sender(matters[0])), facts)
    if facts:
        return wording().prompt_with_facts.format(ask=ask, facts=" and ".join(facts))
    return wording().prompt_plain.format(ask=ask)


def _mentioning(prompt: str, facts: list[str]) -> str:
    """Return a prompt that reminds of the facts which it does not quote."""
    left = missing(facts, prompt)
    return f"{prompt} {wording().prompt_mention.format(facts=' and '.join(left))}" if left else prompt


def _seen_by_sender(matter: str) -> str:
    """Return a noun phrase of the draft as it is said to its sender: "my mum" is "your mum", "your phone" is "their phone"."""
    return re.sub(r"\b(?:your|my)\b", lambda m: _YOURS[m[0].lower()], matter, flags=re.I)
