"""Make `data/rewordings.jsonl` from batches of marked drafts and writers' files (see data/README.md).

Usage: python -m nlp.making.rewordings BATCHES_DIR OUT_FILE

`batchN.txt` shows drafts after `## id`, each place between `⟦1 … 1⟧`; `outN.txt` holds a block a place: `## id 1`, then
lines `S:` situation, `N:` needs, `F:` feeling, `O:` observation, `I:` impact, `A:` ask, `B:` brief, `P:` with room.
"""

import json
import re
import sys
from collections.abc import Iterator
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


def main() -> None:
    """Write the file."""
    folder, out = map(Path, sys.argv[1:3])
    lines = [json.dumps(row, ensure_ascii=False) for row in rows(folder)]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines))


if __name__ == "__main__":
    main()
