"""Make `data/examples.jsonl` and `data/readings.jsonl` from writers' files and readers' files (see data/README.md).

Usage: python -m nlp.making.drafts batch   WRITERS_DIR BATCH_FILE WRITER …
       python -m nlp.making.drafts check   BATCH_FILE READING_FILE
       python -m nlp.making.drafts dispute BATCH_FILE FIRST SECOND OUT_FILE
       python -m nlp.making.drafts assemble WRITERS_DIR READINGS_DIR SPLITS_FILE OUT_DIR

A writer's file holds drafts, each after a line `@@ kind`. A batch shows readers the drafts of several writers, shuffled
and cut into numbered sentences, without the kind. Examples of earlier rounds that stand in OUT_DIR stay. A reading has one line for each sentence that carries something:
`id.number | label sign <<exact words>> ; … | role, role`. A dispute file shows a third reader where two differ.
"""

import json
import random
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..knowledge import signs
from ..schema import LABELS, ROLES
from ..segmentation import sentence_bounds

#: What a writer was asked for -> the kind kept with the example.
KINDS = {
    "harsh": "draft",
    "mixed": "draft",
    "clear": "draft",
    "boundary": "draft",
    "twin": "draft",
    "near-miss": "near-miss",
    "plain": "plain",
    "safety": "safety",
    "lookalike": "safety-lookalike",
}
PHRASE = re.compile(r"([a-z]+)\s+([a-z-]+)\s*<<(.*?)>>")
FIELD = re.compile(r"\s*\|\s*(?![^<]*>>)")


@dataclass(frozen=True)
class Draft:
    """A draft as written."""

    id: str
    writer: str
    asked: str
    text: str


@dataclass(frozen=True)
class Unit:
    """What one reader found in one sentence: (label, sign, words) and roles."""

    phrases: tuple[tuple[str, str, str], ...] = ()
    roles: tuple[str, ...] = ()

    @property
    def labels(self) -> frozenset[str]:
        """Return the labels."""
        return frozenset(p[0] for p in self.phrases)

    @property
    def signs(self) -> frozenset[tuple[str, str]]:
        """Return each (label, sign)."""
        return frozenset(p[:2] for p in self.phrases)


@dataclass
class Reading:
    """One reader's file: units by (draft, number), and the drafts in distress."""

    units: dict[tuple[str, int], Unit] = field(default_factory=dict)
    distress: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def unit(self, draft: str, number: int) -> Unit:
        """Return what was found in a sentence, or nothing."""
        return self.units.get((draft, number), Unit())


def written(path: Path) -> list[Draft]:
    """Return the drafts of a writer's file."""
    drafts: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").replace("\r", "").split("\n"):
        head = re.match(r"@@\s*([a-z-]+)(?:\s+distress)?\s*$", line)
        if head:
            drafts.append((head[1], []))
        elif drafts:
            drafts[-1][1].append(line.rstrip())
    named = [(kind, "\n".join(lines).strip()) for kind, lines in drafts]
    return [Draft(f"{path.stem}-{n:02d}", path.stem, k, t) for n, (k, t) in enumerate(named, 1) if t]


def batch_text(drafts: Iterable[Draft]) -> str:
    """Return the drafts as readers see them."""
    shown = []
    for draft in drafts:
        shown.append(f"## {draft.id}")
        for number, (start, end) in enumerate(sentence_bounds(draft.text), 1):
            shown.append(f"[{number}] {' '.join(draft.text[start:end].splitlines())}")
    return "\n".join(shown) + "\n"


def read_batch(path: Path) -> dict[str, dict[int, str]]:
    """Return each draft's numbered sentences."""
    batch: dict[str, dict[int, str]] = {}
    current = ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if head := re.match(r"## (\S+)$", line):
            current = head[1]
            batch[current] = {}
        elif sentence := re.match(r"\[(\d+)\] (.*)$", line):
            batch[current][int(sentence[1])] = sentence[2]
    return batch


def read_reading(path: Path, batch: dict[str, dict[int, str]], partial: bool = False) -> Reading:
    """Return a reading with what is wrong in it; a `partial` one need not speak of every draft."""
    reading = Reading()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            _read_line(FIELD.split(line.strip()), f"line {number}", batch, reading)
    if not partial:
        reading.problems += [f"draft {d} has no line" for d in batch if d not in reading.seen]
    return reading


def _read_line(fields: list[str], where: str, batch: dict[str, dict[int, str]], reading: Reading) -> None:
    head = re.match(r"^(\S+?)(?:\.(\d+))?$", fields[0].strip())
    if not head or head[1] not in batch or (head[2] and int(head[2]) not in batch[head[1]]):
        reading.problems.append(f"{where}: no draft or sentence {fields[0]!r}")
        return
    draft, number = head[1], head[2]
    reading.seen.add(draft)
    if not number:
        if fields[1:2] == ["distress"]:
            reading.distress.add(draft)
        return
    found, text = [], batch[draft][int(number)]
    for label, sign, words in PHRASE.findall(fields[1] if len(fields) > 1 else ""):
        if sign not in signs() or signs()[sign].label != label:
            reading.problems.append(f"{where}: {sign!r} is not a sign of {label!r}")
        elif not words.strip() or words.strip() not in text:
            reading.problems.append(f"{where}: <<{words}>> is not in {text!r}")
        else:
            found.append((label, sign, words.strip()))
    roles = [role.strip() for role in (fields[2] if len(fields) > 2 else "").split(",") if role.strip()]
    reading.problems += [f"{where}: role {role!r}" for role in roles if role not in ROLES]
    reading.units[draft, int(number)] = Unit(tuple(found), tuple(r for r in ROLES if r in roles))


def disputed(first: Unit, second: Unit) -> bool:
    """Tell whether two readings of a sentence differ in labels, signs or roles."""
    return first.signs != second.signs or first.roles != second.roles


def dispute_text(batch: dict[str, dict[int, str]], first: Reading, second: Reading) -> str:
    """Return the drafts with a disputed sentence, and both readings of it."""
    shown = []
    for draft, sentences in batch.items():
        open_ones = [n for n in sentences if disputed(first.unit(draft, n), second.unit(draft, n))]
        if open_ones:
            shown.append(f"## {draft}")
            shown += [f"[{n}] {text}" for n, text in sentences.items()]
            for n in open_ones:
                shown.append(f"? {draft}.{n} | {_line(first.unit(draft, n))}")
                shown.append(f"? {draft}.{n} | {_line(second.unit(draft, n))}")
    return "\n".join(shown) + "\n"


def _line(unit: Unit) -> str:
    phrases = " ; ".join(f"{label} {sign} <<{words}>>" for label, sign, words in unit.phrases)
    return f"{phrases} | {', '.join(unit.roles)}"


def settle(first: Unit, second: Unit, third: Unit | None) -> Unit:
    """Return the third reading where the two differ; else the first, with the shorter of two nested phrases."""
    if disputed(first, second):
        return third if third is not None else _without_third(first, second)
    phrases = []
    for label, sign, words in first.phrases:
        others = [w for lb, s, w in second.phrases if (lb, s) == (label, sign) and w in words]
        phrases.append((label, sign, min([words, *others], key=len)))
    return Unit(tuple(phrases), first.roles)


def _without_third(first: Unit, second: Unit) -> Unit:
    """Return what both say: in doubt a sentence is clear, by the guide."""
    shared = first.labels & second.labels
    return Unit(tuple(p for p in first.phrases if p[0] in shared), tuple(r for r in first.roles if r in second.roles))


def located(text: str, start: int, end: int, unit: Unit) -> list[dict[str, object]]:
    """Return the phrases of a sentence with their places in the draft."""
    sentence = " ".join(text[start:end].splitlines()) if "\n" in text[start:end] else text[start:end]
    found: list[dict[str, object]] = []
    for label, sign, words in unit.phrases:
        taken = [p["start"] for p in found if p["label"] == label]
        at = sentence.find(words)
        while at >= 0 and start + at in taken:
            at = sentence.find(words, at + 1)
        if at >= 0:
            found.append({"start": start + at, "end": start + at + len(words), "label": label, "sign": sign})
    return found


def row(text: str, bounds: tuple[int, int], unit: Unit) -> dict[str, object]:
    """Return one sentence as the examples file keeps it."""
    phrases = located(text, *bounds, unit)
    carried = {p["label"] for p in phrases}
    return {
        "start": bounds[0],
        "end": bounds[1],
        "labels": [label for label in LABELS if label in carried],
        "roles": list(unit.roles),
        "phrases": phrases,
    }


def doubles(examples: Iterable[dict[str, object]]) -> set[str]:
    """Return the ids of drafts whose words stand already in another; a train draft yields to one of another split."""
    seen: set[str] = set()
    dropped: set[str] = set()
    for example in sorted(examples, key=lambda e: (e["split"] == "train", str(e["id"]))):
        words = " ".join(re.findall(r"[a-z0-9']+", str(example["text"]).lower().replace("’", "'")))
        if words in seen:
            dropped.add(str(example["id"]))
        seen.add(words)
    return dropped


def assemble(writers: Path, readings: Path, splits: dict[str, str], out: Path) -> None:
    """Write the examples and the readings of every batch that two readers have read, beside those of earlier rounds."""
    drafts = {d.id: d for path in sorted(writers.glob("*.txt")) for d in written(path)}
    examples, kept = [], []
    for batch_file in sorted(readings.glob("*.batch.txt")):
        name = batch_file.name.removesuffix(".batch.txt")
        paths = [readings / f"{name}.{reader}.txt" for reader in "ABC"]
        if not all(path.exists() for path in paths[:2]):
            continue
        batch = read_batch(batch_file)
        a, b = (read_reading(path, batch) for path in paths[:2])
        c = read_reading(paths[2], batch, partial=True) if paths[2].exists() else Reading()
        for draft_id in batch:
            draft = drafts[draft_id]
            bounds = list(enumerate(sentence_bounds(draft.text), 1))
            settled = [settle(a.unit(draft_id, n), b.unit(draft_id, n), c.units.get((draft_id, n))) for n, _ in bounds]
            example: dict[str, object] = {
                "id": draft_id,
                "writer": draft.writer,
                "split": splits[draft.writer],
                "kind": KINDS[draft.asked],
                "text": draft.text,
                "sentences": [row(draft.text, at, unit) for (_, at), unit in zip(bounds, settled, strict=True)],
            }
            if draft_id in a.distress and draft_id in b.distress:
                example["distress"] = True
            examples.append(example)
            for reader, reading in (("A", a), ("B", b)):
                sentences = [row(draft.text, at, reading.unit(draft_id, n)) for n, at in bounds]
                kept.append({"id": draft_id, "reader": f"{name}-{reader}", "sentences": sentences})
    written_now = {str(e["id"]) for e in examples}
    for name, rows in (("examples", examples), ("readings", kept)):
        earlier = (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if out.exists() else []
        rows += [row for row in map(json.loads, earlier) if row["id"] not in written_now]
    dropped = doubles(examples)
    for name, rows in (("examples", examples), ("readings", kept)):
        rows[:] = [r for r in rows if r["id"] not in dropped]
        rows.sort(key=lambda r: str(r["id"]))
        lines = [json.dumps(r, ensure_ascii=False) for r in rows]
        (out / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(examples)} drafts, {sum(len(e['sentences']) for e in examples)} sentences")  # type: ignore[arg-type]


def main() -> None:
    """Run one of the steps."""
    match sys.argv[1:]:
        case ["batch", folder, out, *writers]:
            drafts = [d for w in writers for d in written(Path(folder) / f"{w}.txt")]
            random.Random(7).shuffle(drafts)
            Path(out).write_text(batch_text(drafts), encoding="utf-8")
            print(len(drafts))
        case ["check", batch_file, reading_file]:
            batch = read_batch(Path(batch_file))
            problems = read_reading(Path(reading_file), batch).problems
            print("\n".join(problems[:40]) or "no problems")
        case ["dispute", batch_file, first, second, out]:
            batch = read_batch(Path(batch_file))
            a, b = (read_reading(Path(p), batch) for p in (first, second))
            text = dispute_text(batch, a, b)
            Path(out).write_text(text, encoding="utf-8")
            print(text.count("\n? ") // 2, "of", sum(map(len, batch.values())), "sentences are disputed")
        case ["assemble", writers, readings, splits, out]:
            rows = json.loads(Path(splits).read_text(encoding="utf-8"))
            assemble(Path(writers), Path(readings), rows, Path(out))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
