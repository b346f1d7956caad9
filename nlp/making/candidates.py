"""Write candidates of the rewording engine for readers to score: up to three unlike ones a place, with their features.

Usage: python -m nlp.making.candidates OUT_FILE [PLACES] [SEED]

Drafts of the test writers are never used. A line holds the draft, the place, the option and its features; readers'
scores, joined to it by (id, start, end, option), make `data/candidate-scores.jsonl` (see `nlp.making.scorer`).
"""

import json
import random
import sys
from pathlib import Path

from ..examples import shipped_examples
from ..pipeline import Assistant
from ..rewording.choose import Ranked
from ..rewording.features import features
from ..rewording.places import find_places
from ..rewording.say import Manner, Said

EACH = 3
#: Places of one writer, so that no voice decides for all.
MOST_OF_A_WRITER = 9


def unlike(found: list[Ranked], rng: random.Random) -> list[Ranked]:
    """Return the best candidate, the best one made otherwise, and one by chance."""
    chosen = found[:1]
    other = [r for r in found[1:] if _make(r) != _make(found[0])]
    chosen += other[:1]
    rest = [r for r in found if r not in chosen]
    if rest:
        chosen.append(rng.choice(rest))
    return chosen[:EACH]


def _make(ranked: Ranked) -> tuple[object, ...]:
    made = ranked.candidate
    return tuple(p.kind for p in made.opening), made.request.kind if made.request else None


def main(out: str, count: str = "300", seed: str = "4") -> None:
    """Write the candidates of `count` places."""
    rng = random.Random(int(seed))
    assistant = Assistant.load()
    reworder = assistant.reworder
    drafts = [d for d in shipped_examples("train", "dev", "gate") if not d.is_clear]
    rng.shuffle(drafts)
    used: dict[str, int] = {}
    rows = []
    places_done = 0
    for draft in drafts:
        if places_done >= int(count) or used.get(draft.writer, 0) >= MOST_OF_A_WRITER:
            continue
        reflection = assistant.reflect(draft.text, rewrite=False)
        places = find_places(reflection.text, reflection.sentences, reflection.flags)
        if not places or any(note.kind in ("safety-sender", "thread") for note in reflection.notes):
            continue
        place = rng.choice(places)
        known = reworder.understand(assistant.read(draft.text), reflection, place)
        style = "space" if known.labels & {"pressure", "ultimatum"} and rng.random() < 0.6 else "brief"
        (found,) = reworder.chooser.best(reflection, known, [Manner(style)], Said(), most=12, least=-99.0)
        if not found:
            continue
        places_done += 1
        used[draft.writer] = used.get(draft.writer, 0) + 1
        for ranked in unlike(found, rng):
            rows.append(
                {
                    "id": draft.id,
                    "start": known.start,
                    "end": known.end,
                    "text": draft.text,
                    "flagged": known.text,
                    "signs": list(known.signs),
                    "style": style,
                    "option": ranked.candidate.option.text,
                    "features": features(known, ranked.candidate, ranked.reading),
                    "score": ranked.score,
                }
            )
    Path(out).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} candidates of {places_done} places")


if __name__ == "__main__":
    main(*sys.argv[1:])
