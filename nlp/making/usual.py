"""List the words that rewordings bring in of their own: `data/usual.toml`.

Usage: python -m nlp.making.usual

What else a rewording adds to a draft may be made up: it counts against it (`nlp/rewording/features.py`), and a word that is
neither common English nor gentle is not written at all (`nlp/rewording/facts.py`).
"""

import json
import textwrap
from collections import Counter

from ..examples import shipped_examples
from ..paths import shipped_dir
from ..references import references
from ..rewording.facts import rare
from ..rewording.matter import content
from ..rewording.patterns import every
from ..rewording.plain import straight
from .pairs import shipped_pairs

#: So many rewordings add a usual word, and so many tell by a gentle one how something is felt.
FEWEST, FEW = 20, 5
HEAD = (
    "# Words that stand in rewordings and not in what they reword: those that often do, without endings; and those that\n"
    "# tell how something is felt and are no common English, as typed. Written by `python -m nlp.making.usual`.\n"
)


def main() -> None:
    """Count and write."""
    drafts = {draft.id: draft.text for draft in shipped_examples("train")}
    both = [(pair.said, pair.instead) for pair in shipped_pairs()]
    both += [(drafts[place.id], text) for place in references() for text in (place.brief, place.plain) if text]
    stems = Counter(word for said, instead in both for word in content(instead) - content(said))
    felt = Counter(word for said, instead in both for word in set(rare(instead, said)) & _felt(instead))
    words = sorted(word for word, count in stems.items() if count >= FEWEST and word.isalpha())
    gentle = sorted(word for word, count in felt.items() if count >= FEW)
    text = f"{HEAD}[added]\n{_listed('words', words)}{_listed('gentle', gentle)}"
    (shipped_dir("data") / "usual.toml").write_text(text, encoding="utf-8")
    print(f"{len(words)} usual words, {len(gentle)} gentle ones")


def _felt(text: str) -> set[str]:
    return {found[1] for found in every("felt", straight(text))}


def _listed(name: str, words: list[str]) -> str:
    rows = textwrap.wrap(", ".join(json.dumps(word) for word in words), 118, break_long_words=False)
    return f"{name} = [\n" + "\n".join(rows) + ",\n]\n"


if __name__ == "__main__":
    main()
