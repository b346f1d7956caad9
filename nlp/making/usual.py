"""List the words that rewordings bring in of their own: `data/usual.toml`.

Usage: python -m nlp.making.usual

What else a rewording adds to a draft may be made up, and counts against it (`nlp/rewording/features.py`).
"""

import json
import textwrap
from collections import Counter

from ..examples import shipped_examples
from ..paths import shipped_dir
from ..references import references
from ..rewording.matter import content
from .pairs import shipped_pairs

#: So many rewordings add a usual word.
FEWEST = 20
HEAD = "# Words, without endings, that often stand in rewordings and not in what they reword: `python -m nlp.making.usual`.\n"


def main() -> None:
    """Count and write."""
    added = Counter(word for pair in shipped_pairs() for word in content(pair.instead) - content(pair.said))
    drafts = {draft.id: draft.text for draft in shipped_examples("train")}
    for place in references():
        for text in filter(None, (place.brief, place.plain)):
            added.update(content(text) - content(drafts[place.id]))
    words = sorted(word for word, count in added.items() if count >= FEWEST and word.isalpha())
    rows = textwrap.wrap(", ".join(json.dumps(word) for word in words), 118, break_long_words=False)
    text = HEAD + "[added]\nwords = [\n" + "\n".join(rows) + ",\n]\n"
    (shipped_dir("data") / "usual.toml").write_text(text, encoding="utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
