"""Exchange names, nouns, days and numbers in a place and in what stands there instead, so that they are copied.

A decoder that sees "pasta" stand again where "pasta" stood learns as much about pasta as about copying; one that sees
ever other words there learns to copy (Jia and Liang 2016, "Data Recombination for Neural Semantic Parsing").
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from spacy.tokens import Doc

from ..encoder import Encoder
from ..examples import LabelledDraft
from ..rewording.clauses import rules
from ..rewording.patterns import match
from .item import Item

TOKEN = re.compile(r"(?<![A-Za-z\d])[A-Za-z]{2,}(?![A-Za-z\d])|(?<![A-Za-z\d.:])\d{1,4}(?![A-Za-z]|[.:]?\d)")
#: A noun stands so often in drafts, and is mostly one; it is exchanged for one of so many that mean nearly the same.
FEWEST, MOSTLY, NEAREST = 4, 0.8, 14
#: How often a name, noun, day or number is exchanged.
CHANCES = {"name": 0.6, "noun": 0.4, "day": 0.5, "number": 0.5}
#: Words that begin alike are forms of one word; one of them alone is not exchanged.
STEM = 4


class Exchange:
    """Puts other names, nouns, days and numbers into a place and what stands there instead."""

    def __init__(self, drafts: Sequence[LabelledDraft], nouns: Mapping[str, Sequence[str]], rng: random.Random) -> None:
        named = Counter(m[1] for d in drafts for m in re.finditer(r"(?<=[a-z,] )([A-Z][a-z]{2,})\b", d.text))
        small = Counter(m[0] for d in drafts for m in re.finditer(r"\b[a-z]{3,}\b", d.text))
        rare = {name for name, count in named.items() if 2 <= count < 400 and small[name.lower()] <= count / 5}
        self._names = sorted(name.lower() for name in rare if not match("day", name))
        self._days = sorted({name.lower() for name in named if re.fullmatch(r"\w+day", name) and match("day", name)})
        self._nouns, self._rng = nouns, rng

    def __call__(self, item: Item) -> Item:
        """Return the item with some of its words exchanged for words that stand nowhere in it."""
        others = self._others(item)

        def other(hit: re.Match[str]) -> str:
            word = others.get(hit[0].lower(), hit[0])
            return word.capitalize() if hit[0][0].isupper() else word

        before, inside, after, instead = (
            TOKEN.sub(other, text)
            for text in (item.text[: item.start], item.text[item.start : item.end], item.text[item.end :], item.instead)
        )
        start, end = len(before), len(before) + len(inside)
        return replace(item, text=before + inside + after, start=start, end=end, instead=instead)

    def _others(self, item: Item) -> dict[str, str]:
        """Return what is to stand for which word that is in the place and in what stands there instead."""
        place = TOKEN.findall(item.text[item.start : item.end])
        capitals = {word.lower() for word in place if word[0].isupper()}
        there = {word.lower() for word in TOKEN.findall(f"{item.text} {item.instead}")}
        others: dict[str, str] = {}
        for word in sorted({w.lower() for w in place} & {w.lower() for w in TOKEN.findall(item.instead)}):
            kind, choices = self._choices(word, word in capitals, there)
            fresh = [choice for choice in choices if choice not in there]
            if fresh and self._rng.random() < CHANCES[kind]:
                others[word] = self._rng.choice(fresh)
                there.add(others[word])
        return others

    def _choices(self, word: str, is_capital: bool, there: set[str]) -> tuple[str, Sequence[str]]:
        """Return what kind of word it is, and what may stand for it."""
        if word.isdigit():
            low = 10 ** (len(word) - 1) if len(word) > 1 else 2
            return "number", [str(self._rng.randrange(low, 10 ** len(word))) for _ in range(3)]
        if is_capital and word in self._names:
            return "name", self._names
        if word in self._days:
            return "day", self._days
        forms = [other for other in there if other[:STEM] == word[:STEM]]
        return "noun", self._nouns.get(word, ()) if len(forms) == 1 else ()


def nouns_of(docs: Iterable[Doc], encoder: Encoder) -> dict[str, list[str]]:
    """Return the nouns of some parsed texts, each with those of the same number that mean nearly the same.

    Nouns of time and of no matter have none. "A pan" becomes no "a oven": a vowel stays a vowel.
    """
    tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        for token in doc:
            tags[token.lower_][token.tag_] += 1
    found: dict[str, list[str]] = {}
    for tag in ("NN", "NNS"):
        nouns = [word for word, counts in tags.items() if _is_noun(word, counts, tag, encoder)]
        if not nouns:
            continue
        ids = np.array([encoder.tokenizer.token_to_id(word) for word in nouns], dtype=np.int64)
        vectors = encoder.words[ids]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        for word, likeness in zip(nouns, vectors @ vectors.T, strict=True):
            near = [nouns[n] for n in np.argsort(-likeness) if nouns[n] != word]
            found[word] = [other for other in near if (other[0] in "aeiou") == (word[0] in "aeiou")][:NEAREST]
    return found


def _is_noun(word: str, counts: Counter[str], tag: str, encoder: Encoder) -> bool:
    return (
        counts[tag] >= max(FEWEST, MOSTLY * counts.total())
        and re.fullmatch(r"[a-z]{2,}", word) is not None
        and encoder.tokenizer.token_to_id(word) is not None
        and word not in rules()["matter"]["weak"]
    )
