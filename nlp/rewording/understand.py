"""Understand a place in its draft: what its sentences give back as pieces, what must survive, how it is typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Doc

from ..decoder import Written
from ..notes import is_appreciation
from ..schema import Flag, Sentence
from ..wording import Situation
from ..words import Floats
from .analogies import Analogy
from .facts import facts_of
from .levers import told
from .lines import mood_of
from .matter import BARE_SIGNS, is_bare, matter_of
from .pieces import Piece
from .places import Place
from .register import Register, register_of
from .spoken import Spoken, spoken
from .transforms import RULES, pieces_of


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the engine knows about one place."""

    text: str
    #: Its words without threats and deadlines: what should not be lost.
    told: str
    start: int
    end: int
    #: The whole draft.
    draft: str
    signs: tuple[str, ...]
    labels: frozenset[str]
    #: The group of feelings that fits its signs.
    mood: str
    pieces: tuple[Piece, ...]
    #: The sender's own clauses and facts that read as clear by themselves.
    kept: tuple[Piece, ...]
    #: Numbers, days and names that a rewording should not lose, as typed and in order.
    facts: tuple[str, ...]
    register: Register
    #: The rest of the draft asks for something already.
    asks_elsewhere: bool
    #: What the rest of the draft values in the partner, as noun phrases in the sender's words; and its own part.
    valued: tuple[Piece, ...]
    appreciates: bool
    repairs: bool
    #: Nothing follows the place on its line.
    ends_line: bool
    #: Situations named only when sure.
    situations: tuple[Situation, ...] = ()
    sentences: tuple[Spoken, ...] = field(default=(), repr=False)
    #: Its meaning, as the encoder sees it.
    vector: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32), repr=False, compare=False)
    #: Where its words of matter stand in it, and the words without endings.
    matter: tuple[tuple[int, str], ...] = ()
    #: What the phrasebook says that is like it, the most alike first.
    analogies: tuple[Analogy, ...] = ()
    #: What the decoder wrote for it, typed as the draft types.
    written: tuple[Written, ...] = ()
    #: It holds no matter of its own, or what comes before has told it.
    is_bare: bool = False

    @property
    def has_ground(self) -> bool:
        """Tell whether the rest of the draft gives a ground for warmth: praise is never invented."""
        return self.appreciates or self.repairs

    def of(self, *kinds: str) -> list[Piece]:
        """Return the pieces of some kinds, in order."""
        return [piece for piece in self.pieces if piece.kind in kinds]


def understand(
    parse: Callable[[str], Doc],
    text: str,
    sentences: Sequence[Sentence],
    flags: Sequence[Flag],
    place: Place,
    clear: Callable[[Sequence[str]], list[bool]],
    situations: Sequence[Situation] = (),
    thanks: Mapping[int, Sequence[Piece]] | None = None,
) -> Understanding:
    """Return the understanding of a place of a draft; `thanks` is what the draft's own thanks are for."""
    start, end = sentences[place.sentences[0]].start, sentences[place.sentences[-1]].end
    own = [flags[n] for n in place.flags]
    rest = [s for n, s in enumerate(sentences) if n not in place.sentences and not s.labels]
    given = [pieces for n, pieces in (thanks or {}).items() if n not in place.sentences]
    signs = tuple(f.sign for f in own)
    # What is not flagged is not turned: only what the sender adds is said there.
    read = tuple(spoken(parse, [_row(text, sentences[n], own) for n in place.sentences]))
    words = " ".join(told(sentence) for sentence in read)
    matter = matter_of(text[start:end], words, signs) or matter_of(text[start:end], text[start:end], signs)
    pieces = tuple(piece for sentence in read for piece in pieces_of(sentence)) if own else ()
    # Who the partner is measured against may go where the wish in it is said.
    compared = {p.start for p in pieces if p.rule == "others"}
    told_by = [s for s in read if not any(s.start <= at < s.start + len(s.plain.raw) for at in compared)]
    facts = tuple(dict.fromkeys(fact for sentence in told_by for fact in facts_of(sentence)))
    return Understanding(
        text=text[start:end],
        told=words,
        start=start,
        end=end,
        draft=text,
        signs=signs,
        labels=frozenset(f.label for f in own),
        mood=mood_of(signs),
        pieces=pieces,
        kept=tuple(_kept(pieces, clear)),
        facts=facts,
        register=register_of(text),
        asks_elsewhere=any("request" in s.roles for s in rest),
        valued=tuple(piece for pieces in given for piece in pieces),
        appreciates=bool(given),
        repairs=any("repair" in s.roles for s in rest),
        ends_line=not text[end:].split("\n")[0].strip(),
        situations=tuple(situations),
        sentences=read,
        matter=matter,
        is_bare=not facts
        and set(signs) <= BARE_SIGNS
        and is_bare(matter, text[start:end], _before(text, sentences, place.sentences[0]), read),
    )


def thanks_of(parse: Callable[[str], Doc], text: str, sentences: Sequence[Sentence]) -> dict[int, tuple[Piece, ...]]:
    """Return what each clear sentence that thanks surely is about, by the number of the sentence."""
    thanking = {n: s for n, s in enumerate(sentences) if not s.labels and is_appreciation(s)}
    return {n: tuple(_matters(parse, text, s)) for n, s in thanking.items()}


def _matters(parse: Callable[[str], Doc], text: str, sentence: Sentence) -> list[Piece]:
    """Return what a sentence surely is about, the likeliest first."""
    read = spoken(parse, [_row(text, sentence, ())])
    return [p for one in read for p in RULES["matter"](one) if p.rule in ("matter-own", "matter-about")]


def _before(text: str, sentences: Sequence[Sentence], first: int) -> str:
    """Return the sentence before a place where it plainly states something."""
    last = sentences[first - 1] if first else None
    if last is None or last.labels or set(last.roles) & {"appreciation", "request", "safety"}:
        return ""
    words = text[last.start : last.end]
    return "" if words.endswith("?") else words


def _kept(pieces: Sequence[Piece], clear: Callable[[Sequence[str]], list[bool]]) -> list[Piece]:
    own = [piece for piece in pieces if piece.kind == "own"]
    good = [
        piece
        for piece, passed in zip(own, clear([p.text for p in own]), strict=True)
        if passed or piece.rule == "after-all"
    ]
    return [*good, *(piece for piece in pieces if piece.kind == "fact")]


def _row(
    text: str, sentence: Sentence, flags: Sequence[Flag]
) -> tuple[str, int, frozenset[str], tuple[tuple[int, int, str], ...]]:
    inside = [f for f in flags if sentence.start <= f.start < sentence.end]
    phrases = tuple((f.start, f.end, f.sign) for f in inside)
    return text[sentence.start : sentence.end], sentence.start, frozenset(f.label for f in inside), phrases
