"""Take over what the sender types while steering: an ask, a word of appreciation."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc

from .lines import filled, lines, sentence
from .patterns import match
from .pieces import Kind, Piece

Parse = Callable[[str], Doc]


@dataclass(frozen=True, slots=True)
class Request:
    """What would help, in the sender's words, and how a line takes it up: what `you` or `we` do, a thing, or a sentence."""

    words: str
    kind: Kind = "ask"


def tidy(words: str | None) -> str | None:
    """Return a sentence as typed by the sender, on one line; None where nothing is said."""
    return " ".join((words or "").split()) or None


def request_of(words: str | None, parse: Parse) -> Request | None:
    """Return an ask as typed without what the line will say: "Could you call me?" becomes call me; None for nothing."""
    typed = tidy(words)
    begins = match("request-begins", typed or "")
    bare = ((typed or "")[begins.end() if begins else 0 :]).strip(" .?!")
    if not bare:
        return None
    plain = _small(bare, parse)
    refused = match("request-not", plain)
    if refused:
        return Request(f"not {plain[refused.end() :]}")
    together = match("request-we", plain)
    if together:
        return Request(plain[together.end() :], "we")
    if any(token.dep_ in ("nsubj", "nsubj:pass", "expl") for token in parse(plain)):
        return Request(sentence(bare), "said")
    return Request(plain, "ask" if parse(f"Could you {plain}?")[2].tag_ == "VB" else "thing")


def lines_for(request: Request) -> list[str]:
    """Return the lines that take a request up."""
    return ["{said}"] if request.kind == "said" else list(lines()["ask"][request.kind])


def piece_of(request: Request) -> Piece:
    """Return a request as a piece for its lines."""
    return Piece(request.kind, request.words)


def appreciation_of(words: str | None, parse: Parse) -> str | None:
    """Return what the sender values as a sentence: "your laugh" is loved; None for nothing."""
    typed = tidy(words)
    if typed is None or match("thanks-begin", typed) or any(t.tag_[:2] in ("VB", "MD") for t in parse(typed)):
        return typed
    return filled(lines()["warm"]["named"][0], [Piece("matter", _small(typed, parse))])


def _small(words: str, parse: Parse) -> str:
    """Return words without the capital that a phone gives a first word; a name keeps it, and so does "I"."""
    first = parse(words)[0]
    keeps = first.tag_ in ("NNP", "NNPS") or re.match(r"I\b", words) or words[1:2].isupper()
    return words if keeps else words[0].lower() + words[1:]
