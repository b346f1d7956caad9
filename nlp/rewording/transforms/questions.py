"""Questions that charge or check become a wish, a hope, or one open question."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from .. import inflection
from ..clauses import aux, is_negated, is_unkind, is_you, phrase, positive, rules, softened, subject, trimmed
from ..patterns import before, match, without
from ..pieces import Piece
from ..spoken import Spoken
from .demands import is_asked, is_imperative, unwanted
from .registry import rule

_THEY = ("you", "we", "he", "she", "they", "it")
_WH = ("where", "who", "what", "when", "why", "how", "which")


@rule("why-not")
def why_not(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish in "why don't you X", "why can't you X", "can't you X"; the hope in "why didn't you X"."""
    for verb in sentence.doc:
        helpers = set(aux(verb))
        if not is_you(subject(verb)) or not _asks(verb) or not helpers or not is_negated(verb):
            continue
        words = phrase(verb)
        if not words or verb.pos_ != "VERB" or not is_asked(softened(words)):
            continue
        where = sentence.place(list(sentence.doc))
        if "did" in helpers or "have" in helpers:
            yield Piece("hoped", softened(words), "", *where)
        else:
            yield Piece("ask", positive(words) or softened(words), "", *where)


@rule("why-always")
def why_always(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish in "why do you always have to X", "why are you always X-ing", "do you have to X"."""
    if not match("why-always", sentence.doc.text.lower()):
        return
    for verb in sentence.doc:
        head = verb.head
        had_to = (
            verb.dep_ == "xcomp" and head.lemma_.lower() in ("have", "insist", "keep", "need") and is_you(subject(head))
        )
        plain_do = (
            is_you(subject(verb))
            and bool(set(aux(verb)) & {"do", "are", "'re", "must"})
            and verb.lemma_.lower() not in ("have", "keep")
        )
        if (had_to or plain_do) and verb.tag_ in ("VB", "VBG") and not is_negated(verb):
            yield from unwanted(phrase(verb) or "", verb, sentence.place(list(sentence.doc)))


@rule("would-it-kill")
def would_it_kill(sentence: Spoken) -> Iterator[Piece]:
    """Yield the wish in "would it kill you to X", "how hard is it to X", "is it too much to ask that you X"."""
    hit = match("would-it-kill", sentence.doc.text)
    if not hit:
        return
    verb = next((t for t in sentence.doc if t.idx >= hit.end()), None)
    if verb is not None and (verb.pos_ in ("VERB", "AUX") or verb.tag_ == "VB"):
        words = phrase(verb)
        if words and is_asked(words):
            yield Piece("ask", positive(words) or softened(words), "", *sentence.place(list(sentence.doc)))


@rule("wonder")
def wonder(sentence: Spoken) -> Iterator[Piece]:
    """Yield an open question as a clause: "where were you last night" → where you were last night."""
    if "shaming-question" in sentence.signs:
        return
    doc = sentence.doc
    opener = next((t for t in doc if t.lower_ in _WH), None)
    if opener is None or any(t.pos_ in ("VERB", "AUX") for t in doc[: opener.i]) or len(doc) < 3:
        return
    words = turned(doc, opener)
    if words and not is_unkind(words) and not match("why-such", words) and not match("wants-no-answer", words):
        yield Piece("wonder", without("called", words), "", *sentence.place(list(doc)))


@rule("tell")
def told(sentence: Spoken) -> Iterator[Piece]:
    """Yield what the partner is pressed to tell: "tell me what's wrong" → what's wrong."""
    for verb in sentence.doc:
        if verb.lemma_.lower() not in (
            "tell",
            "say",
            "explain",
            "know",
            "admit",
            "share",
            "hear",
            "answer",
            "decide",
            "choose",
        ) or verb.tag_ not in ("VB", "VBP"):
            continue
        begin = next((t for t in sentence.doc[verb.i + 1 : verb.i + 7] if t.lower_ in (*_WH, "if", "whether")), None)
        if begin is None or not _is_pressed(verb, begin):
            continue
        words = trimmed(_up_to_break(sentence.doc, begin))
        if words and len(words.split()) > 1 and not is_unkind(words) and not match("no-tell", words):
            yield Piece(
                "wonder",
                "whether " + words[3:] if words.startswith("if ") else words,
                "",
                *sentence.place(list(verb.subtree)),
            )


@rule("whether")
def whether(sentence: Spoken) -> Iterator[Piece]:
    """Yield a question for yes or no as a clause: "are you coming or not" → whether you're coming."""
    if "shaming-question" in sentence.signs:
        return
    hit = match("whether", sentence.doc.text)
    if not hit or match("no-whether", hit[3]):
        return
    who = hit[2] if hit[2].lower() not in _THEY else hit[2].lower()
    helper, rest = hit[1].lower(), before("whether-ends", hit[3])
    words = trimmed(without("whether-joined", rest), deadlines=True)
    if not words or (helper == "did" and " " not in words):
        return
    verb = next((t for t in sentence.doc if t.idx >= hit.start(3)), None)
    if verb is None or verb.tag_ not in ("VB", "VBG", "VBP", "JJ", "VBN", "IN", "RB", "NN"):
        return
    if helper in ("did", "do", "does") and verb.tag_ not in ("VB", "VBP"):
        return
    if helper == "did":
        words = " ".join([inflection.past(inflection.base(verb.text, verb.lemma_)), *words.split()[1:]])
    if who == "you" and helper in ("can", "could", "will"):
        if is_asked(words):
            yield Piece("ask", positive(words) or words, "", *sentence.place(list(sentence.doc)))
        return
    if helper == "does":
        words = " ".join([inflection.third(inflection.base(verb.text, verb.lemma_)), *words.split()[1:]])
    said = {"do": f"{who} {words}", "does": f"{who} {words}", "did": f"{who} {words}"}.get(
        helper, f"{who} {helper} {words}"
    )
    yield Piece("wonder", f"whether {said}", "", *sentence.place(list(sentence.doc)))


def _is_pressed(verb: Token, begin: Token) -> bool:
    """Tell whether a verb of telling is asked of the partner, with nothing but "me" before what is to be told."""
    between = [t.lower_ for t in verb.doc[verb.i + 1 : begin.i]]
    decides = verb.lemma_.lower() in ("decide", "choose")
    wanting = verb.head.lower_ in ("need", "want", "have", "got", "deserve", "like")
    return (
        decides or set(between) <= {"me", "us", "now", "exactly", "honestly", "to", ",", "just", "it", "here"}
    ) and (is_imperative(verb) or wanting or decides)


def turned(doc: Doc, opener: Token) -> str | None:
    """Return a question as a clause in plain order; None where its order is not understood."""
    rest = list(doc[opener.i + 1 :])
    stop = next(
        (
            n
            for n, t in enumerate(rest)
            if t.text in ("?", ".", "!", ",", ";", "-", "–", "—", "...", "…")
            or (t.lower_ in ("and", "or", "but", "because") and n > 1)
        ),
        len(rest),
    )
    rest = rest[:stop]
    verb = next(
        (
            n
            for n, t in enumerate(rest[:3])
            if t.tag_ == "MD"
            or t.lower_ in ("is", "are", "was", "were", "do", "does", "did", "have", "has", "'s", "'re", "had", "'ve")
        ),
        None,
    )
    if verb is None or verb + 1 >= len(rest) or (verb and opener.lower_ in ("when", "where", "why", "who")):
        return None
    helper, own = rest[verb], rest[verb + 1]
    noun = own
    if own.dep_ not in ("nsubj", "nsubj:pass") and own.lower_ not in (
        "you",
        "we",
        "i",
        "she",
        "he",
        "they",
        "it",
        "that",
        "this",
    ):
        noun = own if own.tag_.startswith("NNP") else own.head
    if any(t.lower_ in ("not", "n't", "never", "always") for t in rest):
        return None
    group = [t for t in rest[verb + 1 :] if t.i <= noun.i]
    after = rest[verb + 1 + len(group) :]
    # "How many have you two had": whose number it is is not told apart.
    if not group or len(group) > 5 or (after and after[0].lower_ in ("two", "three", "both", "all")):
        return None
    front = " ".join([opener.lower_, *(t.text for t in rest[:verb])])
    who = "".join(t.text_with_ws for t in group).strip()
    tail = "".join(t.text_with_ws for t in after).strip()
    if helper.lower_ in ("do", "does", "did"):
        if not after:
            return None
        base = inflection.base(after[0].text, after[0].lemma_)
        form = {"do": base, "does": inflection.third(base), "did": inflection.past(base)}[helper.lower_]
        tail = " ".join([form, "".join(t.text_with_ws for t in after[1:]).strip()]).strip()
        return trimmed(f"{front} {who} {tail}")
    is_word = {"'s": "is", "'re": "are", "'ve": "have"}.get(helper.lower_, helper.lower_)
    if front == "what" and not tail.strip():
        return None
    if front in ("what", "who") and (group[0].lower_ in ("wrong",) or group[0].pos_ in ("VERB", "ADJ", "ADP")):
        return None
    return trimmed(f"{front} {who} {is_word} {tail}")


def _asks(verb: Token) -> bool:
    """Tell whether the helper stands before the subject, as in a question."""
    own = subject(verb)
    return own is not None and any(c.i < own.i and c.dep_ in ("aux", "cop", "aux:pass") for c in verb.children)


def _up_to_break(doc: Doc, begin: Token) -> str:
    out = []
    for token in doc[begin.i :]:
        if token.text in ("?", ".", "!", ",", ";", "-", "–", "—", "...", "…", ":") or (
            token.lower_ in ("or", "because", "instead") and token.i > begin.i + 1
        ):
            break
        if token.lower_ == "and" and token.i > begin.i + 1:
            break
        out.append(token.text_with_ws)
    return "".join(out).strip()


__all__ = ["rules", "told", "whether", "why_always", "why_not", "wonder", "would_it_kill"]
