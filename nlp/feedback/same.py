"""Duplicates and contradictions: the same words twice, with the same labels or with others."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..examples import LabelledDraft
from ..schema import Label
from .kept import Kept

_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Clash:
    """Examples with the same words: `contradicts` where their labels differ, else they are duplicates."""

    ids: tuple[int, ...]
    text: str
    contradicts: bool
    #: The labels of a shipped example with these words, where there is one.
    shipped: tuple[Label, ...] | None = None


def words_of(text: str) -> str:
    """Return what makes two texts the same: their words, without case, punctuation or emoji; else the text itself."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(_WORDS.findall(plain)) or plain.strip()


def shipped_words(drafts: Iterable[LabelledDraft]) -> dict[str, tuple[Label, ...]]:
    """Return the labels of each shipped sentence, by its words; of two, the first's."""
    found: dict[str, tuple[Label, ...]] = {}
    for draft in drafts:
        for sentence in draft.sentences:
            found.setdefault(words_of(draft.text[sentence.start : sentence.end]), sentence.labels)
    return found


def clashes(kept: Sequence[Kept], shipped: dict[str, tuple[Label, ...]] | None = None) -> list[Clash]:
    """Return contradictions first, then duplicates; `shipped` comes from `shipped_words`."""
    groups: dict[str, list[Kept]] = defaultdict(list)
    for example in kept:
        groups[words_of(example.sample.text)].append(example)
    found = [_clash(group, (shipped or {}).get(words)) for words, group in groups.items()]
    return sorted((c for c in found if c is not None), key=lambda c: (not c.contradicts, -c.ids[-1]))


def _clash(group: Sequence[Kept], shipped: tuple[Label, ...] | None) -> Clash | None:
    labels = {frozenset(k.sample.labels) for k in group}
    ids, text = tuple(k.id for k in group), group[0].sample.text
    if len(labels) > 1 or (shipped is not None and {frozenset(shipped)} != labels):
        return Clash(ids, text, contradicts=True, shipped=shipped)
    if len(group) > 1 or shipped is not None:
        return Clash(ids, text, contradicts=False, shipped=shipped)
    return None
