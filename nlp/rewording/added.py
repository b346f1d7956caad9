"""The words that gentle texts bring in of their own: what else a rewording adds may be made up."""

from functools import cache

from ..wording import read_words


@cache
def gentle() -> frozenset[str]:
    """Return the words, as typed, that are no common English and yet no invention: rewordings tell by them what is felt."""
    return frozenset(read_words("usual.toml")["added"]["gentle"])


@cache
def usual() -> frozenset[str]:
    """Return the words, without endings, that many rewordings of the data add to what they reword."""
    return frozenset(read_words("usual.toml")["added"]["words"])
