"""Facts stay: the sender's own clauses as typed, and what the partner did as a plain observation."""

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from .. import inflection
from ..clauses import SIDE, aux, copula, fitted, is_negated, is_unkind, is_you, rules, subject, tail, trimmed, words_of
from ..levers import ULTIMATA
from ..patterns import match, without
from ..pieces import Piece
from ..spoken import Spoken
from .registry import rule

_FEWEST = 3
_MOST = 26
#: Signs whose words tell something: a clause of theirs may stay, if it reads as clear by itself.
_TELLING = {
    "accusation",
    "causation",
    "guilt",
    "chasing",
    "urgency",
    "overload",
    "interrogation",
    "absolutes",
    "forced-opening",
}


@rule("fact")
def fact(sentence: Spoken) -> Iterator[Piece]:
    """Yield a plain past clause about the partner: "home at 9 again" stays a fact, without its sharpness."""
    for verb in sentence.doc:
        if not _is_plain_past(verb):
            continue
        words = fitted(f"you {_finite(verb)}", tail(verb), verb)
        if words and len(words.split()) >= _FEWEST:
            yield Piece("fact", words, "", *sentence.place(list(verb.subtree)))


@rule("scene")
def scene(sentence: Spoken) -> Iterator[Piece]:
    """Yield what happened with its occasion: "when I had the flu you slept in the den" stays one scene."""
    for verb in sentence.doc:
        if verb.tag_ != "VBD" or verb.dep_ != "ROOT" or is_negated(verb) or subject(verb) is None:
            continue
        occasion = next((c for c in verb.children if c.dep_ in ("advcl", "obl", "obl:unmarked") and c.i < verb.i), None)
        lemma = inflection.base(verb.text, verb.lemma_)
        if occasion is None or lemma in rules()["loaded"]["verbs"] or not is_you(subject(verb)):
            continue
        tokens = [t for t in occasion.subtree if t.i < verb.i]
        front = trimmed(words_of(tokens))
        words = fitted(f"you {_finite(verb)}", tail(verb), verb)
        if front and words and not any(t.lower_ in ("if", "because", "you") for t in tokens):
            yield Piece("scene", f"{front} {words}", "", *sentence.place(list(verb.subtree)))


@rule("being")
def being(sentence: Spoken) -> Iterator[Piece]:
    """Yield what was done to the sender as a noun: "you called me needy" → being called needy."""
    for verb in sentence.doc:
        if not is_you(subject(verb)) or verb.tag_ != "VBD" or is_negated(verb):
            continue
        hit = next((c for c in verb.children if c.dep_ == "obj" and c.lower_ == "me"), None)
        lemma = inflection.base(verb.text, verb.lemma_)
        if hit is None or lemma not in (
            "call",
            "leave",
            "tell",
            "ask",
            "send",
            "compare",
            "shout",
            "interrupt",
            "correct",
            "promise",
            "invite",
            "wake",
            "forget",
            "cut",
            "block",
            "mute",
            "exclude",
        ):
            continue
        rest = [t for t in tail(verb) if t.i != hit.i]
        words = fitted(f"being {inflection.participle(lemma)}", rest, verb)
        if words and len(words.split()) >= _FEWEST:
            yield Piece("being", words, "", *sentence.place(list(verb.subtree)))


@rule("every-time")
def every_time(sentence: Spoken) -> Iterator[Piece]:
    """Yield "every time X, you Y" as what is hard, with its occasion."""
    hit = match("every-time", sentence.doc.text)
    if hit:
        occasion = trimmed(f"{hit[1]} {hit[2]}")
        act = trimmed(f"you {hit[3]} {hit[4].strip()}")
        if occasion and act and hit[3].lower() not in rules()["loaded"]["verbs"]:
            yield Piece("hard", f"{act} when {occasion}", "", *sentence.place(list(sentence.doc)))


@rule("habit")
def habit(sentence: Spoken) -> Iterator[Piece]:
    """Yield what the partner does, in the present, as what is hard: "you go quiet for 2 days"."""
    if sentence.labels & {"pressure", "ultimatum"} or set(sentence.signs) & {
        "contempt",
        "diagnosis",
        "character",
        "motive",
    }:
        return
    for verb in sentence.doc:
        lemma = inflection.base(verb.text, verb.lemma_)
        plain = verb.tag_ in ("VBP", "VB") and is_you(subject(verb)) and not is_negated(verb) and not aux(verb)
        asks = any(c.tag_ in ("WP", "WRB", "WDT") or c.lower_ in ("if", "unless", "that") for c in verb.children)
        if not plain or asks or copula(verb) is not None or verb.dep_ not in ("ROOT", "conj", "parataxis"):
            continue
        if lemma in (*rules()["loaded"]["verbs"], *rules()["heart"]["verbs"], "have", "say", "get", "see", "tell"):
            continue
        words = fitted(f"you {lemma}", tail(verb), verb)
        if words and len(words.split()) > _FEWEST:
            yield Piece("hard", without("ends-every-time", words), "", *sentence.place(list(verb.subtree)))


@rule("own-words")
def own_words(sentence: Spoken) -> Iterator[Piece]:
    """Yield clauses that can stand as they were typed: whole sentences first, then their parts."""
    clauses = []
    for verb in sentence.doc:
        own = subject(verb)
        finite = verb.tag_ in ("VBD", "VBP", "VBZ", "MD") or bool(aux(verb)) or copula(verb) is not None
        if (
            own is None
            or not finite
            or verb.dep_ not in ("ROOT", "conj", "parataxis")
            or (own.i > verb.i and copula(verb) is None)
        ):
            continue
        tokens = _clause(verb)
        if tokens and _stands(tokens, own) and _is_whole(tokens) and not _is_lever(sentence, tokens):
            clauses.append(tokens)
    for tokens in sorted(clauses, key=len, reverse=True):
        text = re.sub(r"\s+", " ", sentence.typed(tokens)).strip(" ,;:–—-")
        if text:
            yield Piece("own", text, "", *sentence.place(tokens))


@rule("beside")
def beside(sentence: Spoken) -> Iterator[Piece]:
    """Yield what stands beside the flagged words as it was typed, where a stop or a joining word parts them."""
    raw, at, after = sentence.plain.raw, 0, False
    flagged = sorted((start - sentence.start, end - sentence.start) for start, end, _ in sentence.phrases)
    for start, end in [*flagged, (len(raw), len(raw))] if flagged else []:
        part, begun = raw[at:start], at
        parted = (not after or match("joint-after", part)) and (start == len(raw) or match("joint-before", part))
        at, after = max(at, end), True
        kept = without("joint-before", without("joint-after", part)).strip()
        place = raw.find(kept, begun)
        tokens = [t for t in sentence.doc if place <= sentence.place([t])[0] - sentence.start < place + len(kept)]
        if parted and kept and _can_stand_beside(sentence, tokens):
            yield Piece("own", kept, "", sentence.start + place, sentence.start + place + len(kept))


def _can_stand_beside(sentence: Spoken, tokens: Sequence[Token]) -> bool:
    """Tell whether words say something by themselves that neither hurts nor pushes."""
    words = " ".join(t.lower_ for t in tokens if t.is_alpha or t.like_num)
    return (
        _FEWEST < len(words.split()) <= _MOST
        and any(t.tag_ in ("VBD", "VBP", "VBZ", "VBG", "VBN", "MD") for t in tokens)
        and not (is_unkind(words) or match("mocks", words) or match("tag", words) or match("no-start", words))
        and "?" not in tokens[-1].text
        and not _is_lever(sentence, tokens)
    )


@rule("that")
def that(sentence: Spoken) -> Iterator[Piece]:
    """Yield a statement freed of its mockery and its sharpeners, to be said with what it does to the sender."""
    if "ultimatum" in sentence.labels or set(sentence.signs) & {
        "comparison",
        "diagnosis",
        "character",
        "motive",
        "test",
        "retaliation",
    }:
        return
    text = re.sub(rules()["sarcasm"]["tails"], "", sentence.doc.text.strip(), flags=re.I)
    opened = re.match(rules()["sarcasm"]["openings"], text, re.I)
    if opened is None and "contempt" in sentence.signs:
        return
    begin = opened.end() if opened else 0
    begin -= 2 if opened and match("mocking-i", opened[0] + " ") else 0
    first = next((t for t in sentence.doc if t.idx >= begin and not t.is_punct and not t.is_space), None)
    if first is None or "?" in text or len(sentence.doc) < 4:
        return
    verb = next(
        (
            t
            for t in sentence.doc
            if t.i >= first.i and (own := subject(t)) is not None and own.i >= first.i and t.dep_ != "acl:relcl"
        ),
        None,
    )
    if verb is None or not _can_be_told(verb, first):
        return
    words = trimmed(_swept(text[first.idx :]), most=24)
    if words and len(words.split()) >= 4 and not match("no-statement", words):
        yield Piece(
            "that",
            words
            if words.split()[0] in ("I", "I'm", "I've") or first.tag_.startswith("NNP")
            else words[0].lower() + words[1:],
            "",
            sentence.place([first])[0],
            sentence.place(list(sentence.doc))[1],
        )


def _swept(words: str) -> str:
    return re.sub(r"\s*[–—-]+ .*$|\s*\(.*\)", "", words)


def _can_be_told(verb: Token, first: Token) -> bool:
    """Tell whether a clause states a fact in its own order, and guesses at nobody's heart."""
    own = subject(verb)
    helpers = set(aux(verb))
    return (
        own is not None
        and min(t.i for t in own.subtree) - first.i <= 0
        and not helpers & set(rules()["clause"]["modals"])
        and not (is_you(own) and inflection.base(verb.text, verb.lemma_) in rules()["sarcasm"]["guesses"])
        and (verb.tag_ in ("VBD", "VBP", "VBZ", "VBG", "VBN", "VB") or copula(verb) is not None)
        and not (is_you(own) and copula(verb) is not None and verb.tag_ in ("JJ", "NN", "NNS"))
        and not (own.lower_ == "i" and inflection.base(verb.text, verb.lemma_) in rules()["sarcasm"]["musing"])
    )


def _clause(verb: Token) -> list[Token]:
    """Return the unbroken run of words of a clause, from its start on, without what is only joined to it."""
    dropped: set[int] = set()
    for child in verb.children:
        if child.dep_ in SIDE or (
            child.dep_ == "advcl" and any(c.lower_ in rules()["clause"]["conditions"] for c in child.children)
        ):
            dropped |= {t.i for t in child.subtree}
    words = [t for t in verb.subtree if t.i not in dropped]
    while words and (words[0].is_punct or words[0].lower_ in rules()["clause"]["leads"]):
        words = words[1:]
    if not words or words[-1].i - words[0].i + 1 != len(words):
        return []
    return words


def _stands(tokens: Sequence[Token], own: Token) -> bool:
    """Tell whether a clause can be kept: it does not accuse, threaten, ask or quote, and is neither short nor long."""
    quotes = sum(t.text in '"“”' for t in tokens[0].doc[: tokens[0].i])
    if quotes % 2:
        return False
    words = [t.lower_ for t in tokens if t.is_alpha or t.like_num]
    if (
        own.i != tokens[0].i
        and own.dep_ != "expl"
        and tokens[0].tag_ in ("MD", "VB", "VBP", "VBD", "VBZ", "WP", "WRB", "IN")
    ):
        return False
    if is_you(own) and not {"VBD", "VBN", "VBG"} & {t.tag_ for t in tokens}:
        return False
    if match("mocks", " ".join(words)) or match("tag", " ".join(words)):
        return False
    if " ".join(words) in rules()["loaded"]["empty"]:
        return False
    if not _FEWEST <= len(words) <= _MOST or tokens[0].lower_ in rules()["clause"]["no_start"]:
        return False
    return (
        not is_unkind(" ".join(words))
        and not (is_you(own) and not set(words).isdisjoint(rules()["clause"]["charges"]))
        and own in tokens
    )


def _is_whole(tokens: Sequence[Token]) -> bool:
    """Tell whether a clause is bounded by the sentence's edges, stops, or words that join."""
    doc = tokens[0].doc
    before, after = tokens[0].i - 1, tokens[-1].i + 1
    return _is_joint(doc[before] if before >= 0 else None) and _is_joint(doc[after] if after < len(doc) else None)


def _is_joint(token: Token | None) -> bool:
    return (
        token is None
        or token.is_punct
        or token.is_space
        or token.lower_ in ("and", "but", "so", "or", "then", "because", "if", "though", "although")
    )


def _is_lever(sentence: Spoken, tokens: Sequence[Token]) -> bool:
    """Tell whether a clause is what presses: in what is threatened, or inside a phrase that mocks or compares."""
    words, known = {t.lower_ for t in tokens}, rules()["lever"]
    refuses = set(known["refusal"]) <= words and any(t.tag_ == "VBG" for t in tokens)
    if sentence.labels & {"pressure", "ultimatum"} and (refuses or words & set(known["words"])):
        return True
    start, end = sentence.place(list(tokens))
    if "ultimatum" in sentence.labels and end > min(
        (a for a, _, sign in sentence.phrases if sign in ULTIMATA), default=end
    ):
        return True
    inside = sum(
        min(end, b) - max(start, a) for a, b, sign in sentence.phrases if a < end and b > start and sign not in _TELLING
    )
    return inside > 0.5 * (end - start)


def _finite(verb: Token) -> str:
    return inflection.past(inflection.base(verb.text, verb.lemma_)) if verb.lower_ != "were" else "were"


def _is_plain_past(verb: Token) -> bool:
    lemma = inflection.base(verb.text, verb.lemma_)
    return (
        verb.tag_ == "VBD"
        and is_you(subject(verb))
        and not is_negated(verb)
        and not aux(verb)
        and lemma not in rules()["loaded"]["verbs"]
        and (verb.dep_ in ("ROOT", "conj", "parataxis", "advcl") or _is_witnessed(verb))
        and not any(c.lower_ in ("if", "like", "as") for c in verb.children)
        and not any(c.tag_ in ("WP", "WRB") for c in verb.children)
    )


def _is_witnessed(verb: Token) -> bool:
    """Tell whether a clause is what the sender saw or can't believe, not what they suppose."""
    return verb.dep_ == "ccomp" and verb.head.lemma_.lower() in ("believe", "see", "hear", "find", "notice", "remember")
