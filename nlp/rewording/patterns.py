"""The patterns of words of `data/patterns.toml`: by name, so that the rules hold no words themselves."""

import re
from collections.abc import Iterator
from functools import cache

from ..errors import KnowledgeError
from ..wording import read_words


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """Return the compiled patterns by name; a doubled name or a broken pattern is an error."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for row in read_words("patterns.toml")["pattern"]:
        if row["name"] in found:
            raise KnowledgeError(f"data/patterns.toml: the pattern {row['name']!r} is doubled.")
        case = re.IGNORECASE if row.get("any_case", True) else re.NOFLAG
        try:
            found[row["name"]] = tuple(re.compile(words, case) for words in row["any"])
        except re.error as error:
            raise KnowledgeError(f"data/patterns.toml: the pattern {row['name']!r} is broken ({error}).") from error
    return found


def match(name: str, text: str) -> re.Match[str] | None:
    """Return the match of the first pattern of a name that stands in a text."""
    return next(matches(name, text), None)


def matches(name: str, text: str) -> Iterator[re.Match[str]]:
    """Yield the first match of each pattern of a name, in their order."""
    yield from (hit for pattern in patterns()[name] if (hit := pattern.search(text)))


def every(name: str, text: str) -> Iterator[re.Match[str]]:
    """Yield all matches of the patterns of a name, pattern by pattern."""
    for pattern in patterns()[name]:
        yield from pattern.finditer(text)


def without(name: str, text: str, instead: str = "") -> str:
    """Return a text with what a pattern matches left out, or said otherwise."""
    for pattern in patterns()[name]:
        text = pattern.sub(instead, text)
    return text


def before(name: str, text: str) -> str:
    """Return what stands in a text before all that a name's patterns match."""
    return text[: min((hit.start() for hit in matches(name, text)), default=len(text))]
