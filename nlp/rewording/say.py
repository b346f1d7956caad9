"""Say it: compose many candidates from kept clauses, pieces in their lines, an owned feeling and one ask."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from ..decoder import Written
from ..schema import FillIn, Option, Parts, Style
from ..wording import feelings, needs, wording
from .analogies import Analogy
from .lines import filled, is_unhurried, lines, ordered, sentence
from .patterns import match
from .pieces import Piece
from .plain import straight
from .request import Request, lines_for, piece_of
from .tone import Softness, felt_as, toned
from .understand import Understanding

_OPENINGS = ("felt", "being", "scene", "fact", "hoped", "hard", "rival", "loved", "dear", "that")
#: Openings whose lines always say the feeling.
_FELT = {"felt", "being", "scene", "fact", "hard", "that"}
#: Nouns that only may be the matter: for a prompt to name, not to ask about.
_LOOSE = ("matter", "matter-own")
#: Fewer words than this are no frame.
_FRAME = 3
_WORD = re.compile(r"[\w']+")
_ASK_KINDS = ("ask", "we", "if", "wonder", "matter")


@dataclass(slots=True)
class Said:
    """What has been said in this message already: no line twice, one ask."""

    lines: set[str] = field(default_factory=set)
    asked: bool = False
    #: Moods whose feeling has been said in the whole message.
    felt: set[str] = field(default_factory=set)
    #: Options that have been shown and are not wanted again.
    texts: frozenset[str] = frozenset()
    #: Whether a warm option has been offered: once is enough.
    warm: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the sender steers: a feeling and how softly it is said, a need, the ask and a word of appreciation."""

    feeling: str | None = None
    need: str | None = None
    request: Request | None = None
    #: Something they value about the partner, in their own words.
    appreciation: str | None = None
    softness: Softness | None = None

    @property
    def is_given(self) -> bool:
        """Tell whether the sender steers at all."""
        return bool(self.says_it or self.appreciation or self.softness)

    @property
    def says_it(self) -> bool:
        """Tell whether the sender says themself what is felt, needed or asked."""
        return bool(self.feeling or self.need or self.request)


@dataclass(frozen=True, slots=True)
class Manner:
    """How an option is made: its style, what the sender steers, whether it ends in a limit of the sender's own, and asks."""

    style: Style = "brief"
    wish: Wish = Wish()
    limit: bool = False
    #: Whether it may ask for something: a whole message asks once.
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """An option before it is checked: its lines and pieces, for the ranking and against repetition."""

    option: Option
    opening: tuple[Piece, ...]
    request: Piece | None
    lines: tuple[str, ...]
    plain: str
    #: What it was found to say by analogy, and how alike that is to its place.
    analogy: Analogy | None = None
    #: Whether it tells a feeling, in its own part or in its opening.
    feels: bool = False
    #: How the decoder wrote it, if it did.
    written: Written | None = None

    @property
    def asks(self) -> bool:
        """Tell whether it asks, wherever in it."""
        text = self.option.text
        softly = self.written is not None and match("asks-softly", text) is not None
        return softly or self.option.parts.request is not None or "?" in text or match("asks", text) is not None

    @property
    def template(self) -> str | None:
        """Return the rewording of the phrasebook that it was filled from, if it was."""
        return self.lines[0] if self.analogy is not None else None

    @property
    def frame(self) -> str:
        """Return the option without the draft's own words: its lines."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class _Opening:
    text: str
    lines: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


def candidates(known: Understanding, manner: Manner, said: Said) -> Iterator[Candidate]:
    """Yield candidates made in a manner; none that is warm without a ground, or leaves time for what has to be soon."""
    if manner.style == "warm" and not _value(known, manner, said)[1]:
        return
    for candidate in _candidates(known, manner, said):
        parts = candidate.option.parts
        if manner.style != "space" or not match("soon", f"{parts.observation or ''} {parts.request or ''}"):
            yield candidate


def _candidates(known: Understanding, manner: Manner, said: Said) -> Iterator[Candidate]:
    yield from _by_analogy(known, manner, said)
    yield from _by_decoder(known, manner, said)
    for opening in _openings(known, said):
        if _says_feeling(opening) and (known.mood in said.felt or manner.wish.feeling):
            continue
        for ask in _asks(known, said, opening, manner):
            for feeling in _feelings(known, said, opening, ask, manner.wish):
                yield _compose(known, manner, said, opening, feeling, ask)


def _by_analogy(known: Understanding, manner: Manner, said: Said) -> Iterator[Candidate]:
    """Yield what the phrasebook would say, after the clauses of the place that can stay."""
    own = [p for p in known.kept if p.kind == "own"]
    for analogy in (a for a in known.analogies if a.is_sure):
        before = _merged(apart([p for p in own if p.end <= analogy.start]), known)
        beside = _merged(apart([p for p in own if p.end <= analogy.end]), known)
        for text, template in zip(analogy.rewordings, analogy.entry.rewordings, strict=True):
            body, ask = parted(text)
            if template in said.lines or not (body or manner.asks):
                continue
            if known.mood in said.felt and match("feels", body):
                continue
            if said.asked or known.asks_elsewhere or not manner.asks:
                if match("asks", body):
                    continue
                ask = "" if body else ask
            piece = Piece("said", body or ask, "phrasebook", analogy.start, analogy.end)
            for kept in [before, beside] if beside != before else [before]:
                words = " ".join([*(sentence(p.text) for p in kept), body]).strip()
                made = _wished(known, manner, said, _Opening(words, (template,), (*kept, piece)), ask)
                yield replace(made, analogy=analogy, feels=True)


def _by_decoder(known: Understanding, manner: Manner, said: Said) -> Iterator[Candidate]:
    """Yield what the decoder wrote for a place, in the manners that it was asked for."""
    told_already = said.asked or known.asks_elsewhere or not manner.asks
    for written in known.written:
        body, ask = parted(written.text)
        frame = _frame(written.text, known)
        if frame in said.lines:
            continue
        if manner.limit or written.order.unhurried != (manner.style == "space"):
            continue
        if known.mood in said.felt and match("feels", body):
            continue
        piece = Piece("written", body or ask, "decoder", known.start, known.end)
        # What was to be written without hurry needs no line more that leaves time.
        plain = replace(manner, style="brief") if manner.style == "space" else manner
        made = _wished(known, plain, said, _Opening(body, (frame,) if frame else (), (piece,)), ask)
        option = replace(made.option, style=manner.style, points=(*made.option.points, *_leaves_time(manner)))
        candidate = replace(made, option=option, feels=match("feels", body) is not None, written=written)
        if not (told_already and candidate.asks):
            yield candidate


def _wished(known: Understanding, manner: Manner, said: Said, opening: _Opening, ask: str) -> Candidate:
    """Return what was found for a place with what the sender chose put in: a feeling for its own, a need, an ask."""
    wish, feeling = manner.wish, ""
    if wish.feeling:
        other = felt_as(opening.text, feelings()[wish.feeling][wish.softness or "soft"])
        feeling = "" if other else _felt(wish)
        opening = replace(opening, text=other or opening.text)
    asks = _asks(known, said, opening, manner) if wish.request else [_Ask(ask, "", None)]
    return _compose(known, manner, said, opening, " ".join(p for p in (feeling, _needed(wish)) if p), asks[0])


def _frame(text: str, known: Understanding) -> str:
    """Return a text with the draft's own words taken out: what it would have in common with others; empty for too little."""
    own = set(_WORD.findall(straight(known.draft)))
    words = ("…" if word in own else word for word in _WORD.findall(straight(text)))
    kept = [word for word, _ in groupby(words)]
    return " ".join(kept) if len([word for word in kept if word != "…"]) >= _FRAME else ""


def _leaves_time(manner: Manner) -> tuple[str, ...]:
    return ("leave-time",) if manner.style == "space" else ()


def parted(text: str) -> tuple[str, str]:
    """Return what a rewording says before it asks, and the rest from its first question on."""
    sentences = re.split(r"(?<=[.!?…])\s+", text)
    first = next((n for n, words in enumerate(sentences) if "?" in words), len(sentences))
    return " ".join(sentences[:first]), " ".join(sentences[first:])


def _openings(known: Understanding, said: Said) -> list[_Opening]:
    own = [p for p in known.kept if p.kind == "own"]
    joined = _merged(apart(own), known)
    starts = [_Opening(" ".join(sentence(p.text) for p in joined), (), tuple(joined))] if joined else []
    if len(joined) > 1:
        starts += [_Opening(sentence(p.text), (), (p,)) for p in joined[:2]]
    turned = []
    for piece in known.of(*_OPENINGS):
        if piece.kind == "fact" and piece not in known.kept:
            continue
        for line in _fresh(_opening_lines(piece), known, said)[:2]:
            after = _fresh(lines()["after"]["lines"], known, said)[0] if "{after}" in line else ""
            text = filled(line, [piece], after=after)
            turned.append(_Opening(text, (line.replace("{after}", after),), (piece,)))
            before = [p for p in joined if p.end <= piece.start or p.start >= piece.end]
            if before:
                turned.append(
                    _Opening(
                        " ".join([*(sentence(p.text) for p in before), text]),
                        (line.replace("{after}", after),),
                        (*before, piece),
                    )
                )
    return [*starts, *turned, _Opening("")]


def _opening_lines(piece: Piece) -> Sequence[str]:
    table = lines()["opening"]
    if piece.kind == "dear" and piece.text.lower() in ("me", "us"):
        found: Sequence[str] = table[piece.text.lower()]
        return found
    lines_: Sequence[str] = table[piece.kind]
    return lines_


def apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the longest clauses that do not overlap, in order."""
    found: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: -len(p.text)):
        if all(piece.end <= other.start or piece.start >= other.end for other in found):
            found.append(piece)
    return sorted(found, key=lambda p: p.start)[:4]


def _merged(pieces: Sequence[Piece], known: Understanding) -> list[Piece]:
    """Return the clauses with those made one that only a comma or an "and" parts."""
    found: list[Piece] = []
    for piece in pieces:
        between = known.text[found[-1].end - known.start : piece.start - known.start] if found else "."
        if re.fullmatch(r"[\s,]*(?:and|n|but|so)?\s*", between):
            before = found.pop()
            text = known.text[before.start - known.start : piece.end - known.start]
            piece = Piece("own", text, piece.rule, before.start, piece.end)
        found.append(piece)
    return found


@dataclass(frozen=True, slots=True)
class _Ask:
    text: str
    line: str
    piece: Piece | None


def _asks(known: Understanding, said: Said, opening: _Opening, manner: Manner) -> list[_Ask]:
    if not manner.asks:
        return [_Ask("", "", None)]
    if manner.wish.request:
        piece = piece_of(manner.wish.request)
        return [
            _Ask(filled(line, [piece]), line, piece) for line in _fresh(lines_for(manner.wish.request), known, said)[:3]
        ]
    found: list[_Ask] = []
    for kind in _ASK_KINDS:
        pieces = [p for p in known.of(kind) if not _told_already(p, opening) and p.rule not in _LOOSE]
        for number, piece in enumerate(_asked_at_once(pieces)[:3]):
            for line in _fresh(lines()["ask"][kind], known, said)[2 * number : 2 * number + 2]:
                found.append(_Ask(filled(line, [piece]), line, piece))
    alone = known.is_bare and not opening.text
    usual = [*(ask for s in known.situations for ask in s.asks), *lines()["ask"][known.mood]]
    general = list(lines()["bare-ask"][known.mood]) if alone else usual
    if not (alone and found):
        found += [_Ask(sentence(line), line, None) for line in _fresh(general, known, said)[:3]]
    # Without an ask of its own where another place or the rest of the draft asks already.
    if said.asked or known.asks_elsewhere:
        found.append(_Ask("", "", None))
    return found


def _asked_at_once(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, questions first joined to one: where you were and who you were with."""
    if len(pieces) < 2 or pieces[0].kind != "wonder":
        return pieces
    joined = pieces[:3]
    text = f"{', '.join(p.text for p in joined[:-1])} and {joined[-1].text}"
    return [Piece("wonder", text, joined[0].rule, joined[0].start, joined[-1].end), *pieces]


def _told_already(piece: Piece, opening: _Opening) -> bool:
    """Tell whether an opening speaks for the same words: said twice, it would sound like a list."""
    return piece.kind != "matter" and any(
        p.kind != "own" and p.start < piece.end and piece.start < p.end and p.kind != "hard" for p in opening.pieces
    )


def _feelings(known: Understanding, said: Said, opening: _Opening, ask: _Ask, wish: Wish) -> list[str]:
    if wish.feeling or wish.need:
        return [" ".join(part for part in (_felt(wish), _needed(wish)) if part)]
    if opening.text and known.mood in said.felt:
        return [""]
    impacts = _fresh(_impacts(known, opening, ask), known, said)
    if _says_feeling(opening):
        return [""]
    if match("feels", ask.text):
        return ["", impacts[0]] if impacts else [""]
    return impacts[:2]


def _says_feeling(opening: _Opening) -> bool:
    """Tell whether what a line made of a piece says the feeling already; the sender's own clauses do not count."""
    kinds = {p.kind for p in opening.pieces}
    return bool(kinds & _FELT or (kinds & set(_OPENINGS) and match("feels", opening.text)))


def _impacts(known: Understanding, opening: _Opening, ask: _Ask) -> list[str]:
    """Return the feelings that fit: said in full where nothing before them tells what they are about."""
    if not opening.text and ask.piece is not None:
        return list(lines()["lead"][known.mood])
    if known.is_bare and not opening.text:
        return list(lines()["bare"][known.mood])
    return [*(i for s in known.situations for i in s.impacts), *lines()["impact"][known.mood]]


def _felt(wish: Wish) -> str:
    """Return the feeling that the sender chose, in plain words."""
    return f"I feel {feelings()[wish.feeling][wish.softness or 'soft']}." if wish.feeling else ""


def _needed(wish: Wish) -> str:
    """Return the need that the sender chose, in plain words."""
    return f"I'd like {needs()[wish.need]['wish']}." if wish.need else ""


def _fresh(choices: Sequence[str], known: Understanding, said: Said) -> list[str]:
    return [line for line in ordered(choices, known.text) if line not in said.lines]


def _compose(known: Understanding, manner: Manner, said: Said, opening: _Opening, feeling: str, ask: _Ask) -> Candidate:
    own = " ".join(part for part in (opening.text, feeling, ask.text) if part)
    value_line, value = _value(known, manner, said)
    last = _last(known, manner, said, own)
    plain = toned(" ".join(part for part in (value, own, last) if part), manner.wish.softness)
    text = known.register.apply(_greeted(plain, known), known.ends_line)
    need = _needed(manner.wish)
    points = (
        ("impact", feeling or opening.lines),
        ("positive-ask", ask.text),
        ("validate", value),
        ("own-limit", manner.limit),
        ("leave-time", manner.style == "space"),
    )
    option = Option(
        style=manner.style,
        text=text,
        parts=Parts(opening.text or None, feeling.removesuffix(need).strip() or None, need or None, ask.text or None),
        points=tuple(point for point, holds in points if holds),
        to_fill=tuple(fill_ins(text, known.text)),
    )
    used = tuple(line for line in (*opening.lines, feeling, ask.line, value_line, last) if line)
    feels = bool(feeling or _says_feeling(opening) or match("feels", opening.text))
    return Candidate(option, opening.pieces, ask.piece, used, plain, feels=feels)


def _greeted(text: str, known: Understanding) -> str:
    """Return a text after the greeting that its place begins with."""
    greets = match("greets", known.text)
    if greets is None or not text or match("greets", text):
        return text
    keeps = text[:2] in ("I ", "I'") or any(text.startswith(fact) for fact in known.facts)
    return f"{greets[0]} {text if keeps else text[0].lower() + text[1:]}"


def _last(known: Understanding, manner: Manner, said: Said, before: str) -> str:
    """Return the sentence that ends an option in a manner: a limit without a lever, or room where none was left before."""
    if manner.limit:
        choices: list[str] = [*(limit for s in known.situations for limit in s.boundary), *lines()["limit"]["lines"]]
    elif manner.style == "space" and not is_unhurried(before):
        choices = [*(room for s in known.situations for room in s.space), *lines()["room"]["lines"]]
    else:
        choices = []
    return next(iter(_fresh(choices, known, said)), "")


def _value(known: Understanding, manner: Manner, said: Said) -> tuple[str, str]:
    """Return a line and what it says first: what the sender values, in their words, in any style.

    A warm option without such words points back to what the draft says already.
    """
    if manner.wish.appreciation:
        return "", sentence(manner.wish.appreciation)
    grounds = (("valued", known.valued), ("thanks", known.appreciates), ("part", known.repairs))
    kind = next((kind for kind, holds in grounds if holds), "")
    if manner.style != "warm" or not kind:
        return "", ""
    line = next(iter(_fresh(lines()["warm"][kind], known, said)), "")
    return line, filled(line, known.valued[:1])


def fill_ins(text: str, draft: str = "") -> Iterator[FillIn]:
    """Yield the generic words of a text that the sender may make specific; what the draft says itself is no generic."""
    fillers = {f.words: f for f in wording().fillers}
    longest_first = sorted(fillers, key=len, reverse=True)
    for hit in re.finditer(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", text, flags=re.I):
        filler = fillers[hit[0].lower()]
        if not re.search(rf"\b{re.escape(filler.words)}\b", draft, flags=re.I):
            yield FillIn(hit.start(), hit.end(), filler.kind, filler.choices)
