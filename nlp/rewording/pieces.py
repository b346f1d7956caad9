"""Pieces: what a rule of rewording makes of the sender's words, ready to stand in a line of `data/lines.toml`."""

from dataclasses import dataclass
from typing import Literal

#: ask: an act of the partner ("text me back"). we: an act of both. hoped: an act that did not happen.
#: hard: a habit or act that is hard on the sender, a clause ("you walk out"). fact: a plain past clause.
#: being: what happened to the sender, as a noun ("being called needy"). own: a clause kept as it was typed.
#: wonder: a question inside a sentence ("where you were"). matter: what it is about, a noun phrase.
#: if: a state that is wished for, in the past tense. that: a plain statement. scene: a fact with its occasion. felt: an owned feeling. rival: what seems to come first. loved: what used to be. dear: what matters, and should to both.
#: thing: what would help, as a noun. said: what the phrasebook would say instead. written: what the decoder wrote.
Kind = Literal[
    "ask",
    "we",
    "hoped",
    "hard",
    "fact",
    "being",
    "own",
    "wonder",
    "matter",
    "felt",
    "rival",
    "loved",
    "dear",
    "scene",
    "that",
    "if",
    "thing",
    "said",
    "written",
]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of meaning in plain English; `start` and `end` are the characters of the place it speaks for."""

    kind: Kind
    text: str
    rule: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_plural(self) -> bool:
        """Tell whether a matter takes a plural verb."""
        head = self.text.split(" of ")[0].split(" with ")[0].split(" for ")[0].split()
        return bool(head) and (" and " in self.text or (head[-1].endswith("s") and not head[-1].endswith(("ss", "'s"))))
