"""Say it: compose candidate options from the sender's kept words, an owned impact and a doable ask."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..schema import FillIn, Option, Parts, Style
from ..wording import Situation, wording
from .understand import Understanding


@dataclass(slots=True)
class Said:
    """What has been said in this message already: no formula twice, one ask."""

    sentences: set[str] = field(default_factory=set)
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option before it is checked, and what it took from the inventory."""

    option: Option
    used: frozenset[str]


def candidates(known: Understanding, style: Style, said: Said) -> Iterator[Candidate]:
    """Yield candidates of a style, the likeliest first."""
    facts = [*known.kept, *known.observations]
    openings = [_sentence(o) for o in known.observations]
    if known.kept and known.observations:
        openings.insert(0, _joined([*known.kept, known.observations[0]]))
    openings = list(dict.fromkeys([_joined(known.kept), *openings, ""])) if facts else [""]
    for situation in known.situations:
        for impact, ask in _pairs(situation, known, said):
            for opening in openings:
                yield _compose(known, style, situation, opening, impact, ask, said)


def _pairs(situation: Situation, known: Understanding, said: Said) -> Iterator[tuple[str, str]]:
    """Yield (impact, ask) in an order that differs from draft to draft and is the same for the same draft."""
    impacts = [s for s in _shuffled(situation.impacts, known.text) if s not in said.sentences]
    patterns = [s for s in _shuffled(wording().wishes, known.text) if s not in said.sentences]
    asks = [pattern.format(wish=wish) for wish in known.wishes[:1] for pattern in patterns]
    asks += [s for s in _shuffled(situation.asks, known.text) if s not in said.sentences]
    for number in range(min(8, len(impacts), len(asks))):
        yield impacts[number], asks[number]


def _compose(
    known: Understanding, style: Style, situation: Situation, opening: str, impact: str, ask: str, said: Said
) -> Candidate:
    # A wish is what the flagged words were about: left out, the matter itself would be lost.
    wants_ask = bool(known.wishes) or not (said.asked or known.asks_elsewhere)
    room = _shuffled(situation.space, known.text)[0]
    parts = {
        "brief": [opening, impact, ask if wants_ask else ""],
        "warm": [opening, impact, ask if wants_ask else ""],
        "space": [opening, impact, ask if wants_ask else "", room],
    }[style]
    plain = _joined(parts)
    text = known.register.apply(plain, known.ends_line)
    points = ["impact", *(["positive-ask"] if wants_ask else []), *(["leave-time"] if style == "space" else [])]
    option = Option(
        style=style,
        text=text,
        parts=Parts(opening or None, impact, None, ask if wants_ask else None),
        points=tuple(points),
        to_fill=tuple(fill_ins(text)),
    )
    return Candidate(option, frozenset({impact, *([ask] if wants_ask else [])}))


def fill_ins(text: str) -> Iterator[FillIn]:
    """Yield the generic words of a text that the sender may make specific; they never overlap."""
    taken = 0
    for match in re.finditer("|".join(re.escape(f.words) for f in wording().fillers), text, flags=re.I):
        filler = next(f for f in wording().fillers if f.words == match[0].lower())
        if match.start() >= taken:
            yield FillIn(match.start(), match.end(), filler.kind, filler.choices)
            taken = match.end()


def _joined(parts: Sequence[str]) -> str:
    return " ".join(_sentence(p) for p in parts if p)


def _sentence(words: str) -> str:
    """Return the words with a capital and a stop."""
    words = words.strip()
    if not words:
        return ""
    closed = words if words[-1] in ".!?…" else words + "."
    return closed[0].upper() + closed[1:]


def _shuffled(sentences: Sequence[str], text: str) -> list[str]:
    """Return the sentences in an order that depends on the draft alone."""
    return sorted(sentences, key=lambda s: hashlib.sha256((text + s).encode()).digest())
