"""Print how often each frame stands in the options of many drafts: a frame is an option without the draft's own words.

Usage: python benchmarks/frames.py [DRAFTS] [SPLIT]

No frame may stand in more than 5 % of the options; the same is printed of single lines, which may repeat more.
"""

import hashlib
import sys
from collections import Counter

from nlp import Assistant
from nlp.examples import SPLITS, shipped_examples
from nlp.rewording.places import find_places
from nlp.rewording.say import Said

MOST = 0.05


def main(count: str = "200", split: str = "dev") -> int:
    """Print the commonest frames and lines; the exit status is 1 where a frame is too common."""
    assistant = Assistant.load()
    drafts = [d for d in shipped_examples(next(s for s in SPLITS if s == split)) if not d.is_clear]
    drafts.sort(key=lambda d: hashlib.sha256(d.id.encode()).digest())
    frames: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for draft in drafts[: int(count)]:
        reflection, doc = assistant.reflect(draft.text, rewrite=False), assistant.read(draft.text)
        said = Said()
        for place in find_places(reflection.text, reflection.sentences, reflection.flags):
            known = assistant.reworder.understand(doc, reflection, place)
            best = assistant.reworder.chooser.best(reflection, known, assistant.reworder.manners(known, said), said)
            for ranked in (ranked for good in best for ranked in good):
                # Where hardly a word is not the draft's own, there is no frame.
                frames[ranked.candidate.frame or f"(the draft's own words {frames.total()})"] += 1
                lines.update(ranked.candidate.lines)
                said.lines |= set(ranked.candidate.lines)
    options = frames.total()
    if not options:
        print("No option was found.")
        return 0
    print(f"commonest frame: {max(frames.values()) / options:.1%} (at most {MOST:.0%} may be)")
    print(f"{options} options of {min(int(count), len(drafts))} drafts, {len(frames)} different frames")
    for title, found in (("frames", frames), ("lines", lines)):
        print(f"\ncommonest {title}")
        for words, number in found.most_common(10):
            print(f"{number / options:6.1%}  {words}")
    return int(max(frames.values(), default=0) > MOST * options)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
