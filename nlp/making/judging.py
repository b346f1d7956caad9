"""Let blind readers judge the rewordings, and put their scores together.

Usage: python -m nlp.making.judging sample OUT_DIR --drafts 150 --places 240 --seed 7
       python -m nlp.making.judging pairs OUT_DIR --seed 7
       python -m nlp.making.judging collect OUT_DIR

`sample` takes drafts of the test writers in which the model flags something, and writes

- `options-*.txt`: numbered and shuffled, the draft with the place between ⟦ ⟧ and the first option in its place;
- `wholes.txt`: the draft and its whole message; `to-write.jsonl`: the drafts, for a writer who rewords them by hand;
- `key.json`: what stands behind each number. Readers never see it.

The writer leaves `written.jsonl` (a JSON object a line, `id` and `text`); `pairs` sets each beside the whole message of
the draft, as A and B in an order by chance, in `pairs.txt`.

Readers leave one file each, a line for each number: `scores-NAME.txt` with `number | a b c d e f g`, the guide's seven
points of 0 to 2; `harsh-NAME.txt` with `number | harsh` or `number | fine`; `preferred-NAME.txt` with `number | A`, `B`
or `tie`. `collect` prints the figures and writes `notebooks/results/rewordings.json`.
"""

import itertools
import json
import random
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from sklearn.metrics import cohen_kappa_score

from ..errors import ExamplesError
from ..examples import shipped_examples
from ..pipeline import Assistant
from ..rewording.engine import SILENT
from ..schema import Reflection, Suggestion
from .scorer import is_bad

RESULTS = Path(__file__).parents[2] / "notebooks" / "results" / "rewordings.json"
#: So many options stand on one sheet.
SHEET = 60
SHOWN = 30
POINTS = 7
HARSH, FINE = "harsh", "fine"
CHOICES = ("A", "B", "tie")

app = typer.Typer(add_completion=False, help="Let blind readers judge the rewordings.")
Row = dict[str, Any]
Figures = dict[str, float | None]
T = TypeVar("T")
#: What each reader said of each number.
Told = dict[str, dict[int, T]]
Folder = Annotated[Path, typer.Argument()]


@app.command()
def sample(out_dir: Folder, drafts: int = 150, places: int = 240, seed: int = 7) -> None:
    """Write the sheets of the readers, and the key."""
    rng = random.Random(seed)
    found = _flagged(drafts, places, rng)
    options = [_option(reflection, place) for reflection in found for place in reflection.suggestions if place.options]
    wholes = [{"id": r.id, "draft": r.text, "text": r.rewrites[0].text} for r in found if r.rewrites]
    options, wholes = _numbered(options, rng), _numbered(wholes, rng)
    out_dir.mkdir(parents=True, exist_ok=True)
    for number, rows in enumerate(_sheets(options), 1):
        _write(out_dir / f"options-{number}.txt", (f"{r['number']}\n{r['draft']}\n→ {r['text']}" for r in rows))
    _write(out_dir / "wholes.txt", (f"{r['number']}\n{r['draft']}\n→ {r['text']}" for r in wholes))
    to_write = [{"id": r.id, "text": r.text} for r in found]
    (out_dir / "to-write.jsonl").write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in to_write), encoding="utf-8"
    )
    sentences = [_covered(r) for r in found]
    key = {
        "drafts": len(found),
        "sentences": sum(flagged for flagged, _ in sentences),
        "sentences with an option": sum(reworded for _, reworded in sentences),
        "options": options,
        "wholes": wholes,
        "pairs": [],
    }
    _keep(out_dir, key)
    typer.echo(f"{len(found)} drafts, {len(options)} options, {len(wholes)} whole messages")


@app.command()
def pairs(out_dir: Folder, seed: int = 7) -> None:
    """Write whole messages beside those that were written by hand, in an order by chance."""
    rng = random.Random(seed)
    key = _key(out_dir)
    lines = (out_dir / "written.jsonl").read_text(encoding="utf-8").splitlines()
    written = {row["id"]: row["text"] for row in map(json.loads, filter(str.strip, lines))}
    rows = []
    for whole in key["wholes"]:
        if whole["id"] in written:
            ours = rng.choice("AB")
            both = {ours: whole["text"], "BA"["AB".index(ours)]: written[whole["id"]]}
            rows.append({"id": whole["id"], "draft": whole["draft"], "ours": ours, **both})
    key["pairs"] = _numbered(rows, rng)
    _write(out_dir / "pairs.txt", (f"{r['number']}\n{r['draft']}\nA → {r['A']}\nB → {r['B']}" for r in key["pairs"]))
    _keep(out_dir, key)
    typer.echo(f"{len(rows)} pairs")


@app.command()
def collect(out_dir: Folder, results: Path = RESULTS, seed: int = 7) -> None:
    """Print the figures, and write them for the notebook."""
    found = figures(out_dir, seed)
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, value in found["figures"].items():
        typer.echo(f"{name:45} {'—' if value is None else f'{value:.3f}'}")


def figures(out_dir: Path, seed: int = 7) -> Row:
    """Return the figures of a folder with readers' files, and options drawn by chance with what was said of them."""
    key = _key(out_dir)
    scores = _said(out_dir, "scores", key["options"], _points)
    harsh = _said(out_dir, "harsh", key["wholes"], _one_of(HARSH, FINE))
    preferred = _said(out_dir, "preferred", key["pairs"], _one_of(*CHOICES))
    judged = [{**row, "scores": [told[row["number"]] for told in scores.values()]} for row in key["options"]]
    shown = random.Random(seed).sample(judged, min(SHOWN, len(judged)))
    return {
        "readers": len(scores),
        "options": len(key["options"]),
        "wholes": len(key["wholes"]),
        "pairs": len(key["pairs"]),
        "drafts": key["drafts"],
        "figures": {
            "flagged sentences with an option": key["sentences with an option"] / max(1, key["sentences"]),
            "drafts with a whole message": len(key["wholes"]) / max(1, key["drafts"]),
            **_of_options(judged, scores),
            **_of_wholes(key["wholes"], harsh),
            **_of_pairs(key["pairs"], preferred),
        },
        "points": [_mean(s[point] for row in judged for s in row["scores"]) for point in range(POINTS)],
        "examples": [{name: row[name] for name in ("draft", "text", "scores")} for row in shown],
    }


def _of_options(judged: Sequence[Row], scores: Told[list[int]]) -> Figures:
    return {
        "mean score of the first option, of 14": _mean(sum(s) for row in judged for s in row["scores"]),
        "bad first options": _mean(is_mostly([is_bad(s) for s in row["scores"]]) for row in judged if scores),
        "agreement on scores (weighted kappa)": _agreement([_flat(t) for t in scores.values()], "quadratic"),
    }


def _of_wholes(rows: Sequence[Row], harsh: Told[str]) -> Figures:
    said = ([told[row["number"]] == HARSH for told in harsh.values()] for row in rows if harsh)
    return {
        "whole messages judged harsh": _mean(map(is_mostly, said)),
        "agreement on harshness (kappa)": _agreement([_flat(t) for t in harsh.values()]),
    }


def _of_pairs(rows: Sequence[Row], preferred: Told[str]) -> Figures:
    wins = [_verdict(row["ours"], [told[row["number"]] for told in preferred.values()]) for row in rows if preferred]
    return {
        "preferred to a written rewording": _mean(w == "win" for w in wins),
        "preferred, or no worse": _mean(w != "loss" for w in wins),
        "agreement on preference (kappa)": _agreement([_flat(t) for t in preferred.values()]),
    }


def is_mostly(said: Sequence[bool]) -> bool:
    """Tell whether more than half of the readers say so."""
    return 2 * sum(said) > len(said)


def _flagged(drafts: int, places: int, rng: random.Random) -> list[Reflection]:
    """Return reflections of test drafts that have a place, until there are enough drafts and enough places."""
    assistant = Assistant.load()
    waiting = shipped_examples("test")
    rng.shuffle(waiting)
    found: list[Reflection] = []
    for draft in waiting:
        if len(found) >= drafts and sum(len(r.suggestions) for r in found) >= places:
            break
        reflection = assistant.reflect(draft.text, id=draft.id)
        if reflection.suggestions and not any(note.kind in SILENT for note in reflection.notes):
            found.append(reflection)
    return found


def _option(reflection: Reflection, place: Suggestion) -> Row:
    text = reflection.text
    draft = f"{text[: place.start]}⟦{text[place.start : place.end]}⟧{text[place.end :]}"
    return {"id": reflection.id, "start": place.start, "draft": draft, "text": place.options[0].text}


def _covered(reflection: Reflection) -> tuple[int, int]:
    """Return how many sentences are flagged outside safety, and how many of them have an option."""
    flagged = [s for s in reflection.sentences if s.labels and "safety" not in s.roles]
    reworded = [p for p in reflection.suggestions if p.options]
    return len(flagged), sum(any(p.start <= s.start < p.end for p in reworded) for s in flagged)


def _numbered(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    shuffled = rng.sample(list(rows), len(rows))
    return [{"number": number, **row} for number, row in enumerate(shuffled, 1)]


def _sheets(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    return (rows[at : at + SHEET] for at in range(0, len(rows), SHEET))


def _write(path: Path, blocks: Iterable[str]) -> None:
    path.write_text("\n\n----\n\n".join(blocks) + "\n", encoding="utf-8")


def _keep(out_dir: Path, key: Row) -> None:
    (out_dir / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _key(out_dir: Path) -> Row:
    found: Row = json.loads((out_dir / "key.json").read_text(encoding="utf-8"))
    return found


def _said(out_dir: Path, kind: str, rows: Sequence[Row], read: Callable[[str], T]) -> Told[T]:
    """Return what each reader said of each number; a line that is missing, doubled, malformed or of no number is an error."""
    found: Told[T] = {}
    for path in sorted(out_dir.glob(f"{kind}-*.txt")):
        said: dict[int, T] = {}
        for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            number, bar, words = line.partition("|")
            try:
                if bar and _number(number) in said:
                    raise ValueError(f"number {number.strip()} is doubled")
                if bar:
                    said[_number(number)] = read(words.strip())
            except ValueError as error:
                raise ExamplesError(f"{path.name}, line {place}: {error}.") from error
        if said.keys() != {row["number"] for row in rows}:
            raise ExamplesError(f"{path.name} must have one line for each of the {len(rows)} numbers.")
        found[path.stem] = said
    return found


def _number(words: str) -> int:
    if not words.strip().isdecimal():
        raise ValueError("a number must stand before the bar")
    return int(words)


def _points(words: str) -> list[int]:
    """Return the seven points of an option."""
    points = words.split()
    if len(points) != POINTS or not set(points) <= {"0", "1", "2"}:
        raise ValueError("seven points of 0 to 2 must stand behind the bar")
    return [int(point) for point in points]


def _one_of(*choices: str) -> Callable[[str], str]:
    """Return what reads one of some choices."""

    def read(words: str) -> str:
        if words not in choices:
            raise ValueError(f"{words!r} is none of {', '.join(choices)}")
        return words

    return read


def _flat(told: dict[int, Any]) -> list[Any]:
    """Return all that one reader said in the order of the numbers."""
    rows = [told[number] for number in sorted(told)]
    return [each for row in rows for each in row] if rows and isinstance(rows[0], list) else rows


def _agreement(readers: Sequence[Sequence[Any]], weights: str | None = None) -> float | None:
    """Return the mean kappa of every two readers; None where there are no two, or nobody tells anything apart."""
    found = [
        float(cohen_kappa_score(a, b, weights=weights))
        for a, b in itertools.combinations(readers, 2)
        if len({*a, *b}) > 1
    ]
    return _mean(found)


def _verdict(ours: str, said: Sequence[str]) -> str:
    """Return what most readers prefer; where no choice has most, it is a tie."""
    counts = Counter(said)
    theirs = sum(n for choice, n in counts.items() if choice not in (ours, "tie"))
    if counts[ours] == theirs or 2 * counts["tie"] > len(said):
        return "tie"
    return "win" if counts[ours] > theirs else "loss"


def _mean(values: Iterable[float]) -> float | None:
    kept = list(values)
    return float(statistics.fmean(kept)) if kept else None


if __name__ == "__main__":
    app()
