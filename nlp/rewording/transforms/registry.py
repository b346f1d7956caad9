"""The rules that turn a sentence into pieces: each has a name, and must-work examples in `data/transforms.toml`."""

from collections.abc import Callable, Iterator

from ..pieces import Piece
from ..spoken import Spoken

Rule = Callable[[Spoken], Iterator[Piece]]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a rule under a name."""

    def register(function: Rule) -> Rule:
        RULES[name] = function
        return function

    return register


def pieces_of(sentence: Spoken) -> Iterator[Piece]:
    """Yield what every rule makes of a sentence, each piece once."""
    seen = set()
    for name, function in RULES.items():
        for piece in function(sentence):
            if (piece.kind, piece.text.lower()) not in seen:
                seen.add((piece.kind, piece.text.lower()))
                yield Piece(piece.kind, piece.text, piece.rule or name, piece.start, piece.end)
