"""Show a reflection as text on a terminal."""

import unicodedata
from collections.abc import Iterator

from .knowledge import labels, points
from .schema import Flag, Label, Reflection

_COLOURS: dict[Label, str] = {"blame": "\033[31m", "pressure": "\033[33m", "ultimatum": "\033[35m"}
_BOLD, _DIM, _RESET = "\033[1m", "\033[2m", "\033[0m"
_BRACKETS = {"blame": ("[", "]"), "pressure": ("{", "}"), "ultimatum": ("<", ">")}


def safe(text: str) -> str:
    """Return the text with control and direction characters shown escaped; line ends stay."""
    return "".join(c if c == "\n" or not _is_control(c) else c.encode("unicode_escape").decode() for c in text)


def render(reflection: Reflection, colour: bool = False) -> str:
    """Return the draft with its flagged phrases marked, the reasons, the options and the notes."""
    lines = [_marked(reflection, colour), ""]
    lines += _flag_lines(reflection, colour)
    lines += _suggestion_lines(reflection)
    for rewrite in reflection.rewrites:
        lines += ["The whole message, reworded:", *_indented(rewrite.text), ""]
    lines += [f"Note: {safe(note.message)}" for note in reflection.notes]
    lines += [f"Good: {strength.message}" for strength in reflection.strengths]
    return "\n".join(lines).rstrip() + "\n"


def _marked(reflection: Reflection, colour: bool) -> str:
    text, pieces, at = reflection.text, [], 0
    edges: list[tuple[int, int, str]] = []
    for flag in reflection.flags:
        opening, closing = _BRACKETS[flag.label]
        edges.append((flag.start, 1, (_COLOURS[flag.label] if colour else "") + opening))
        edges.append((flag.end, 0, closing + (_RESET if colour else "")))
    for place, _, mark in sorted(edges, key=lambda e: (e[0], e[1])):
        pieces += [safe(text[at:place]), mark]
        at = place
    return "".join([*pieces, safe(text[at:])])


def _flag_lines(reflection: Reflection, colour: bool) -> Iterator[str]:
    if reflection.is_clear:
        if not {"language", "safety", "safety-sender", "unsure"} & _kinds(reflection):
            yield "Nothing here reads as blame, pressure or an ultimatum."
        return
    for flag in reflection.flags:
        yield _flag_line(reflection.text, flag, colour)
    yield ""


def _kinds(reflection: Reflection) -> set[str]:
    return {note.kind for note in (*reflection.notes, *reflection.waiting)}


def _flag_line(text: str, flag: Flag, colour: bool) -> str:
    opening, closing = _BRACKETS[flag.label]
    words = safe(" ".join(text[flag.start : flag.end].split()))
    bold, dim, reset = (_BOLD, _DIM, _RESET) if colour else ("", "", "")
    title = labels()[flag.label].title
    return f"{opening}{bold}{words}{reset}{closing} {title}: {flag.message} {dim}({points()[flag.point].title}){reset}"


def _suggestion_lines(reflection: Reflection) -> Iterator[str]:
    for suggestion in reflection.suggestions:
        words = " ".join(reflection.text[suggestion.start : suggestion.end].split())
        yield f"Instead of: {safe(words)}"
        for option in suggestion.options:
            yield f"  {option.style}: {safe(option.text)}"
        if suggestion.prompt:
            yield f"  in your own words: {safe(suggestion.prompt)}"
        yield ""


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in safe(text).splitlines()]


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") and character != "\u200d"
