"""Make `data/rewordings.jsonl` from batches of marked drafts and writers' files (see data/README.md).

Usage: python -m nlp.making.rewordings gather FOLDER OUT_FILE
       python -m nlp.making.rewordings show   FOLDER OUT_FILE

`batchN.txt` shows drafts after `## id`, each place between `⟦1 … 1⟧`; `outN.txt` holds a block a place: `## id 1`, then
lines `S:` situation, `N:` needs, `F:` feeling, `O:` observation, `I:` impact, `A:` ask, `B:` brief, `P:` with room.
In short form, `brief-N.txt` holds a line `id@start | rewording` for each place `⟦…⟧` of `places-N.txt`; `plain-N.txt`
holds such lines for places that have a rewording: another one, in the sender's own words.
`gather` puts them beside the rewordings that OUT_FILE holds already, and takes over what a second reader said in
`reviewed-N.txt`: `id@start | ok`, `id@start | fix | the better rewording`, or `id@start | drop` for what is not to be reworded. `show` writes what nobody has reviewed yet
as `review-N.txt`.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..examples import shipped_examples

KEYS = {
    "S": "situation",
    "N": "needs",
    "F": "feeling",
    "O": "observation",
    "I": "impact",
    "A": "request",
    "B": "brief",
    "P": "space",
}
REVIEWED_AT_ONCE = 400
DROPPED = "drop"


def places(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (draft id, number, words) of each marked place of a batch."""
    for block in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        draft, _, text = block.partition("\n")
        for match in re.finditer(r"⟦(\d+) (.*?) \1⟧", text, flags=re.S):
            yield draft.strip(), match[1], match[2]


def answers(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Return the fields of each block by (draft id, number)."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for block in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        head, _, body = block.partition("\n")
        draft, number = head.split()
        fields = re.findall(r"^([SNFOIABP]): (.*(?:\n(?![SNFOIABP]: |## ).*)*)", body, flags=re.M)
        found[draft, number] = {KEYS[key]: value.strip() for key, value in fields if value.strip() not in ("", "-")}
    return found


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield one row a place that was reworded, with its place in the draft."""
    texts = {draft.id: draft.text for draft in shipped_examples("train")}
    for batch in sorted(folder.glob("batch*.txt")):
        answer_file = folder / batch.name.replace("batch", "out")
        answered = answers(answer_file) if answer_file.exists() else {}
        for draft, number, words in places(batch):
            fields: dict[str, Any] = dict(answered.get((draft, number), {}))
            start = texts.get(draft, "").find(words)
            if "brief" in fields and "situation" in fields and start >= 0:
                fields["needs"] = [need.strip() for need in fields.get("needs", "").split(",") if need.strip()]
                yield {"id": draft, "start": start, "end": start + len(words), **fields}


def key_of(row: dict[str, Any]) -> str:
    """Return what names a place in a review."""
    return f"{row['id']}@{row['start']}"


def reviews(folder: Path) -> dict[str, str]:
    """Return each reviewed place's better rewording; empty where the first was good, DROPPED where there is to be none."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("reviewed-*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            match [part.strip() for part in line.split("|", 2)]:
                case [key, "ok"]:
                    found[key] = ""
                case [key, "drop"]:
                    found[key] = DROPPED
                case [key, "fix", text]:
                    found[key] = text.replace("\\n", "\n")
    return found


def gather(folder: Path, out: Path) -> None:
    """Write the file."""
    kept = {key_of(row): row for row in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    for row in (*rows(folder), *short_rows(folder)):
        kept[key_of(row)] = kept.get(key_of(row), {}) | row
    for key, plain in _by_key(sorted(folder.glob("plain-*.txt"))).items():
        if key in kept:
            kept[key] |= {"plain": plain}
    for key, better in reviews(folder).items():
        if better == DROPPED:
            kept.pop(key, None)
        elif key in kept:
            kept[key] |= {"reviewed": True} | ({"brief": better} if better else {})
    lines = [json.dumps(row, ensure_ascii=False) for row in kept.values()]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "rewordings,", sum(row.get("reviewed", False) for row in kept.values()), "reviewed")


def show(folder: Path, out: Path) -> None:
    """Write the places that wait for a second reader."""
    texts = {draft.id: draft.text for draft in shipped_examples("train")}
    waiting = [row for row in map(json.loads, out.read_text(encoding="utf-8").splitlines()) if not row.get("reviewed")]
    for number in range(0, len(waiting), REVIEWED_AT_ONCE):
        blocks = []
        for row in waiting[number : number + REVIEWED_AT_ONCE]:
            text, start, end = texts[row["id"]], row["start"], row["end"]
            blocks.append(f"## {key_of(row)}\n{text[:start]}⟦{text[start:end]}⟧{text[end:]}\n=> {row['brief']}\n")
        path = folder / f"review-{number // REVIEWED_AT_ONCE + 1}.txt"
        path.write_text("\n".join(blocks), encoding="utf-8")


def short_rows(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield one row a place that was reworded in short form: whole only, without its parts."""
    for path in sorted(folder.glob("brief-*.txt")):
        briefs = _by_key([path])
        shown = (folder / path.name.replace("brief", "places")).read_text(encoding="utf-8")
        for key, text in re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", shown, flags=re.M | re.S):
            place = re.search(r"⟦(.*?)⟧", text, flags=re.S)
            if place and key in briefs:
                draft, _, start = key.rpartition("@")
                yield {"id": draft, "start": int(start), "end": int(start) + len(place[1]), "brief": briefs[key]}


def _by_key(paths: Iterable[Path]) -> dict[str, str]:
    """Return the rewordings of files in short form by the place that they are of."""
    lines = (line.partition(" | ") for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return {key.strip(): text.strip().replace("\\n", "\n") for key, _, text in lines if text.strip()}


def main() -> None:
    """Run one of the steps."""
    match sys.argv[1:]:
        case ["gather", folder, out]:
            gather(Path(folder), Path(out))
        case ["show", folder, out]:
            show(Path(folder), Path(out))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
