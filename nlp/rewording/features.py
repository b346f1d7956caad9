"""What the ranking sees of a candidate: plain numbers by name."""

import re

from .added import usual
from .check import Reading
from .coverage import covered
from .facts import missing
from .matter import content, words_in
from .say import Candidate
from .understand import Understanding

#: From this likelihood of the decoder on more says nothing: it may only have copied.
LIKELY = -0.6


def features(known: Understanding, candidate: Candidate, reading: Reading | None = None) -> dict[str, float]:
    """Return the features of a candidate; those of its second reading are left out where there is none yet."""
    text = candidate.option.text
    meant, said = content(known.told), content(text)
    words = len(text.split())
    found = {
        "kept": len(meant & said) / max(1, len(meant)),
        "dropped": min(1.5, len(meant - said) * min(1.0, len(meant) / 8) / 8),
        "facts_lost": float(min(2, len(missing(known.facts, text)))),
        "length": abs(words - max(12, len(known.told.split()))) / 20,
        "words": words / 30,
        "long": max(0.0, words - 45) / 15,
        "sentences": len(re.findall(r"[.!?](?:\s|$)", text)) / 3,
        "you": len(re.findall(r"\b(?:you|u)\b", text.lower())) / max(1, words),
        "bare": float(len(meant) <= 3),
        "covered": covered(known, candidate),
        f"ask:{_asks_by(candidate)}": 1.0,
        f"mood:{known.mood}": 1.0,
        "own": float(sum(p.kind == "own" for p in candidate.opening)),
        "feeling": float(candidate.option.parts.feeling is not None),
        "repeats": float(_repeats(text)),
    }
    for piece in candidate.opening:
        found[f"open:{piece.kind}"] = 1.0
    if candidate.request is not None:
        found[f"rule:{candidate.request.rule}"] = 1.0
        found["ask_words"] = len(candidate.request.text.split()) / 10
    if not candidate.opening:
        found["open:none"] = 1.0
    for piece in candidate.opening:
        found[f"rule:{piece.rule}"] = 1.0
    if candidate.analogy is not None:
        found |= {
            "near": candidate.analogy.near,
            "shared": candidate.analogy.shared,
            "filled": float(bool(candidate.analogy.words)),
        }
    if candidate.written is not None:
        found |= {
            "worth": candidate.written.worth / 14,
            "likelihood": candidate.written.likelihood,
            "unlikely": min(candidate.written.likelihood, LIKELY),
            "lowest": candidate.written.lowest / 4,
            "copied": candidate.written.copied,
            "added": len(said - content(known.text) - usual()) / 3,
            "freedom": candidate.written.order.freedom,
            "agreed": _agreed(candidate, known),
        }
    form = f"{'+'.join(sorted({p.kind for p in candidate.opening})) or 'none'}/{_asks_by(candidate)}"
    # What reads well depends on what is answered: an ask out of a plain demand does, one out of mockery does not.
    found |= {f"sign:{sign}": 1.0 for sign in known.signs}
    found |= {f"form:{form}": 1.0, f"{known.mood}/{form}": 1.0, f"{known.mood}/{_asks_by(candidate)}": 1.0}
    # Words kept from mockery carry it on; the same words kept from a plain complaint do not.
    made = sorted({f"open:{piece.kind}" for piece in candidate.opening}) or ["open:none"]
    made.append(f"ask:{_asks_by(candidate)}")
    found |= {f"{sign}/{how}": 1.0 for sign in known.signs for how in made}
    found |= {
        f"{rule}/ask:{_asks_by(candidate)}": 1.0 for rule in sorted(name for name in found if name.startswith("rule:"))
    }
    if reading is not None:
        found |= {"nearest": reading.nearest, "likeness": reading.likeness}
    return found


def _asks_by(candidate: Candidate) -> str:
    if candidate.request is not None:
        return candidate.request.kind
    return "general" if candidate.option.parts.request else "none"


def _repeats(text: str) -> int:
    """Return how many longer words a text says more than once."""
    words = [word for word in words_in(text) if len(word) > 4]
    return len(words) - len(set(words))


def _agreed(candidate: Candidate, known: Understanding) -> float:
    """Return how much of what the decoder says here it says in its other rewordings of the place, too."""
    own = content(candidate.written.text) if candidate.written else frozenset()
    others = [content(w.text) for w in known.written if w is not candidate.written]
    shares = [len(own & other) / max(1, len(own | other)) for other in others]
    return sum(shares) / max(1, len(shares))
