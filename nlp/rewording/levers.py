"""The lever of a sentence: what is threatened or only presses; it goes, and its facts with it."""

import re

from spacy.tokens import Doc, Token

from .clauses import rules
from .spoken import Spoken

ULTIMATA = {"forced-choice", "last-chance", "conditional-threat", "retaliation", "threatened-exit"}
_TURNS = ("or", "otherwise", "else")
_CONDITIONS = ("if", "unless", "until", "till")


def lever(sentence: Spoken) -> set[int]:
    """Return the tokens of an ultimatum that are its lever: after "or", outside the condition, else the flagged phrase."""
    doc = sentence.doc
    if "ultimatum" not in sentence.labels:
        return _threat_after_or(doc) if "pressure" in sentence.labels else set()
    turn = next(
        (t.i for t in doc if t.lower_ in _TURNS and t.i and doc[t.i - 1].lower_ not in ("yes", "whether")), None
    )
    if turn is not None:
        return set(range(turn, len(doc)))
    inside = {t.i for verb in doc if _is_condition(verb) for t in verb.subtree}
    if inside:
        return set(range(len(doc))) - inside
    flagged = [(a, b, sign) for a, b, sign in sentence.phrases if sign in ULTIMATA]
    found = {t.i for t in doc if any(a <= sentence.place([t])[0] < b for a, b, _ in flagged)}
    # A forced choice has two sides: where a whole sentence was taken for one, it was not that, and its facts stay.
    one_sided = {sign for *_, sign in flagged} == {"forced-choice"} and all(t.i in found for t in doc if t.is_alpha)
    return set() if one_sided else found


def _threat_after_or(doc: Doc) -> set[int]:
    """Return what stands after the "or" of "tell me or I'm going": a lever, though only pressure was found."""
    turn = next((t.i for t in doc[:-1] if t.lower_ in _TURNS and doc[t.i + 1].lower_ in ("i", "we", "it")), None)
    return set() if turn is None else set(range(turn, len(doc)))


def told(sentence: Spoken) -> str:
    """Return the sender's words of a sentence without its lever and its deadlines: what a rewording should keep."""
    out = lever(sentence)
    words = " ".join(sentence.typed([t]) for t in sentence.doc if t.i not in out and not t.is_space)
    pressing = sentence.labels & {"pressure", "ultimatum"}
    return re.sub(str(rules()["trims"]["deadlines"]), " ", words, flags=re.I) if pressing else words


def _is_condition(verb: Token) -> bool:
    return any(c.lower_ in _CONDITIONS and c.dep_ in ("mark", "advmod", "case") for c in verb.children)
