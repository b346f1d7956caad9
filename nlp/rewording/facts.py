"""The facts of a place that a rewording must not lose: numbers, days and names; a deadline that only presses is none."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Span, Token

from ..encoder import is_common
from ..wording import wording
from .added import gentle
from .clauses import is_addressed, rules
from .levers import lever
from .patterns import every, match
from .plain import straight
from .spoken import Spoken

#: Names of the patterns of facts in `data/patterns.toml`; numbers spelled out may be said otherwise.
_SAID_EXACTLY = ("number", "day")
_WORD = re.compile(r"[a-z']+")
#: A shorter word is no name; other forms of a word end like this.
_LONG = 4
_ENDS = ("'s", "s", "es", "ed", "d", "ing", "ly")
_ALL = (*_SAID_EXACTLY, "number-in-words")


def facts_of(sentence: Spoken) -> Iterator[str]:
    """Yield the facts of a sentence, as typed and in order; those of its lever and its deadlines are none."""
    raw = sentence.plain.raw
    found = {m.start(): m[0].strip().rstrip(".,:") for name in _ALL for m in every(name, raw)}
    if sentence.labels & {"pressure", "ultimatum"}:
        deadlines = [m.span() for m in re.finditer(str(rules()["trims"]["deadlines"]), raw, re.I)]
        found = {at: fact for at, fact in found.items() if not any(a <= at < b for a, b in deadlines)}
    for name in _names(sentence.doc):
        found.setdefault(sentence.place(list(name))[0] - sentence.start, name.text)
    gone = [sentence.place([sentence.doc[i]]) for i in lever(sentence)]
    lost = [(a - sentence.start, b - sentence.start) for a, b in gone]
    yield from (found[at] for at in sorted(found) if not any(a <= at < b for a, b in lost))


def is_day(words: str) -> bool:
    """Tell whether words name a day, a month or a feast."""
    return match("day", words) is not None


def missing(facts: Iterable[str], text: str) -> list[str]:
    """Return the facts that a text does not say; a day may lose its capital."""
    said = straight(text)
    return [fact for fact in facts if not _is_said(straight(fact), said)]


def strange(text: str, draft: str) -> list[str]:
    """Return numbers and days that a text says and the draft does not."""
    known = straight(draft)
    found = [m[0].strip().rstrip(".,:") for name in _SAID_EXACTLY for m in every(name, text)]
    return [fact for fact in found if not _is_said(straight(fact), known)]


def made_up(text: str, draft: str) -> list[str]:
    """Return counts, promises and rare words, names among them, that a text says and the draft does not.

    How something is felt ("unheard", "gutted") is no invention.
    """
    said = set(_WORD.findall(straight(draft)))
    generic = text
    for filler in wording().fillers:
        generic = generic.replace(filler.words, "")
    counts = [m[0] for m in every("number-in-words", generic) if m[0].lower() not in said]
    promised = [] if match("promise", draft) else [m[0] for m in every("promise", text)]
    return [*counts, *(word for word in _rare(text, said) if word not in gentle()), *promised]


def rare(text: str, draft: str) -> list[str]:
    """Return the words of a text that are no common English, and no form of a word of the draft."""
    return _rare(text, set(_WORD.findall(straight(draft))))


def _rare(text: str, said: set[str]) -> list[str]:
    new = (word for word in _WORD.findall(straight(text)) if len(word) >= _LONG and word not in said)
    return [word for word in new if not is_common(word.split("'")[0]) and not _has_form(word, said)]


def _has_form(word: str, said: set[str]) -> bool:
    """Tell whether a word is a form of one that is said, or of a short form that anybody types."""
    stems = [word, *(word.removesuffix(end) for end in _ENDS if word.endswith(end))]
    return any(stem in _short() or stem in said or any(stem + end in said for end in _ENDS) for stem in stems)


@cache
def _short() -> frozenset[str]:
    return wording().bare | {short for _, short in wording().casual}


def _is_said(fact: str, said: str) -> bool:
    # Letters may touch a number ("60th", "M5", "23h40"), but not change how much it is.
    before = r"(?<![\d:])" if fact[0].isdigit() else r"(?<![\w:])"
    after = r"(?![\d:%]|\.\d|\s?(?:k|am|pm)\b)" if fact[-1].isdigit() else ""
    return re.search(rf"{before}{re.escape(fact)}{after}", said) is not None


def _names(tokens: Iterable[Token]) -> Iterable[Span]:
    """Yield runs of name tokens, across hyphens: "Rose-Hill" is one name."""
    run: list[Token] = []
    for token in tokens:
        joined = bool(run) and token.i == run[-1].i + 1 and not run[-1].whitespace_ and token.text == "-"
        if _is_name(token) or joined:
            run.append(token)
        elif run:
            yield _span(run)
            run = []
    if run:
        yield _span(run)


def _span(run: list[Token]) -> Span:
    last = run[-1] if run[-1].text != "-" else run[-2]
    return run[0].doc[run[0].i : last.i + 1]


def _is_name(token: Token) -> bool:
    """Tell whether a token is a name: a proper noun with a capital that no sentence start explains; not who is addressed."""
    return (
        token.tag_ in ("NNP", "NNPS")
        and (token.text[0].isupper() or not is_common(token.lower_))
        and not (token.text.isupper() and len(token) > 3)
        and len(token) > 1
        and not is_addressed(token)
        and not (token.i == 0 and is_common(token.lower_))
    )
