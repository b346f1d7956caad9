"""What seems to come before the sender, as a noun phrase."""

from collections.abc import Iterator

from ..clauses import trimmed
from ..patterns import match, matches, without
from ..pieces import Piece
from ..spoken import Spoken


def rival(sentence: Spoken, name: str, lead: str, unless: str, most: int) -> Iterator[Piece]:
    """Yield what stands in the group of a pattern, freed of what leads it in, if it is a short noun phrase."""
    for hit in matches(name, sentence.doc.text):
        words = trimmed(without(lead, hit[1].strip()))
        if words and len(words.split()) <= most and not match(unless, words):
            yield Piece("rival", named(words), "", *sentence.place(list(sentence.doc)))
            return


def named(words: str) -> str:
    """Return a noun phrase with a plain determiner: no "that", "this", "some", "another"."""
    return without("belittling", without("pointing", words, "the "))
