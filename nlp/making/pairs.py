"""Gather `data/pairs.jsonl`: what is typed in the heat, beside what a kind friend would type instead.

Usage: python -m nlp.making.pairs FOLDER…

A folder for each round of writing; what a later round says instead of the same words stands for what an earlier one
said, and `+ -` takes a pair out. A file of a folder holds blocks parted by an empty line: a line with the label's first
letter and a sign, then lines `- said` and as many `+ instead`. A place that is only a part of what is said stands
between ⟦ ⟧. Pairs that are much like a draft of the dev, gate or test writers are left out: those measure what the
pairs teach.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ..examples import shipped_examples
from ..knowledge import signs
from ..paths import shipped_dir

#: What stands instead of words that are not to be reworded: a joke, danger.
DROPPED = "-"
#: A pair that shares so much with an unseen draft, in runs of so many characters, is left out; stock phrases are shared.
TOO_ALIKE, RUN, STOCK = 0.7, 8, 24


@dataclass(frozen=True, slots=True)
class Pair:
    """What is said, the place in it that is reworded, what stands there instead, the sign of its writer, the round."""

    said: str
    start: int
    end: int
    instead: str
    sign: str
    round: int = 1
    #: The file and the number of its block: what was written together is held out together.
    block: str = ""


def shipped_pairs() -> list[Pair]:
    """Return the shipped pairs."""
    lines = (shipped_dir("data") / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [Pair(**json.loads(line)) for line in lines]


def pairs_in(text: str, name: str = "") -> Iterator[Pair]:
    """Yield the pairs of a writer's file; a block that names no sign or is not paired is passed over."""
    for number, block in enumerate(text.split("\n\n")):
        head, *lines = [line.strip() for line in block.strip().splitlines() if line.strip()] or [""]
        sign = head.partition(" ")[2].strip()
        said = [line[2:].strip() for line in lines if line.startswith("- ")]
        instead = [line[2:].strip() for line in lines if line.startswith("+ ")]
        if sign in signs() and len(said) == len(instead):
            yield from (_pair(one, other, sign, f"{name}-{number}") for one, other in zip(said, instead, strict=True))


def _pair(said: str, instead: str, sign: str, block: str) -> Pair:
    said, instead = said.replace("\\n", "\n"), instead.replace("\\n", "\n").strip("⟦⟧ ")
    start, end = 0, len(said)
    if "⟦" in said and "⟧" in said:
        start, end = said.index("⟦"), said.index("⟧") - 1
        said = said.replace("⟦", "").replace("⟧", "")
    return Pair(said, start, end, instead, sign, block=block)


def runs(text: str) -> frozenset[str]:
    """Return the runs of characters of a text."""
    plain = " ".join(text.lower().split())
    return frozenset(plain[at : at + RUN] for at in range(max(1, len(plain) - RUN + 1)))


def main(*folders: str) -> None:
    """Gather the pairs of all files."""
    unseen: dict[str, set[int]] = {}
    for number, draft in enumerate(shipped_examples("dev", "gate", "test")):
        for run in runs(draft.text):
            unseen.setdefault(run, set()).add(number)
    kept: dict[tuple[str, int], Pair] = {}
    alike = 0
    files = [(number, path) for number, folder in enumerate(folders, 1) for path in sorted(Path(folder).glob("*.txt"))]
    for number, path in files:
        for pair in pairs_in(path.read_text(encoding="utf-8"), path.stem):
            own = runs(pair.said[pair.start : pair.end])
            counts: dict[int, int] = {}
            for run in own:
                for draft_number in unseen.get(run, ()):
                    counts[draft_number] = counts.get(draft_number, 0) + 1
            if max(counts.values(), default=0) >= TOO_ALIKE * len(own) and len(own) > STOCK:
                alike += 1
            elif (old := kept.get((pair.said, pair.start))) is None or old.round < number:
                kept[pair.said, pair.start] = replace(pair, round=number, block=old.block if old else pair.block)
    pairs = [pair for pair in kept.values() if pair.instead != DROPPED]
    rows = "".join(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)
    (shipped_dir("data") / "pairs.jsonl").write_text(rows, encoding="utf-8")
    print(f"{len(pairs)} pairs; {alike} left out")


if __name__ == "__main__":
    main(*sys.argv[1:])
