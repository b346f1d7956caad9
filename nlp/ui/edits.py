"""Put words into a draft by their offsets, also when the draft was changed after it was read."""

from collections.abc import Sequence

from ..schema import Option


def moved(start: int, end: int, old: str, new: str) -> tuple[int, int] | None:
    """Return where `old[start:end]` stands in `new`, or None where those words themselves were changed."""
    before = _common_prefix(old, new)
    after = _common_prefix(old[before:][::-1], new[before:][::-1])
    if end <= before:
        return start, end
    if start >= len(old) - after:
        shift = len(new) - len(old)
        return start + shift, end + shift
    return None


def put(text: str, start: int, end: int, words: str) -> str:
    """Return the text with `words` in place of `text[start:end]`."""
    return text[:start] + words + text[end:]


def filled(option: Option, picks: Sequence[int | str | None]) -> str:
    """Return the option's text with the picked choices or typed words; None, or a pick that does not exist, keeps it."""
    text = option.text
    pairs = list(zip(option.to_fill, picks, strict=False))
    # From the end, so that earlier offsets still hold.
    for fill, pick in sorted(pairs, key=lambda pair: pair[0].start, reverse=True):
        if isinstance(pick, str):
            text = put(text, fill.start, fill.end, pick.strip() or text[fill.start : fill.end])
        elif pick is not None and 0 <= pick < len(fill.choices):
            text = put(text, fill.start, fill.end, fill.choices[pick])
    return text


def writable(text: str) -> str:
    """Return the text with halves of characters, which no program can write, made visible."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _common_prefix(one: str, two: str) -> int:
    length = min(len(one), len(two))
    return next((i for i in range(length) if one[i] != two[i]), length)
