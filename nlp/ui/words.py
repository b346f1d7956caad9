"""The page's own small words. What is said about a draft comes from `data/*.toml`, not from here."""

import calendar
import re

from ..comparison import Figure

INTRO = (
    "Paste a message you are about to send. The page marks what may be heard as blame, pressure or an ultimatum, "
    "says why, and offers calmer words."
)
UNGUARDED = (
    "Please start Gentle Draft with `make run` or `gentle-draft app`: only then does it answer to this computer alone."
)
PRIVATE = "Nothing leaves this computer, and nothing is kept unless you ask for it."
CLEAR = "Nothing here reads as blame, pressure or an ultimatum."
NEARLY_CLEAR = "Nothing is marked. One sentence could be read two ways."
BROKEN = "Something went wrong while reading, and it is not your fault; your words are all still in the box."
CHANGED_MEANWHILE = "You had changed that part, so it was read again first. The new suggestions are below."
REWORDING_IN = "The rewording is in your draft. Undo takes it back."
REWRITE_IN = "The new wording is in your draft. Undo takes it back."
SAMPLE_IN = "A sample is in the box. Undo takes it back."
UNDONE = "Taken back."
OTHER_IN = "Here is another way to say it."
NO_OTHER = "Nothing else reads well enough here. Another choice may help."
TAKEN_BACK = "The choice is taken back."
REDONE = "Put back in."

PUT_ASIDE = "It is put aside on this computer until morning. Undo brings the words back into the box."
READ_AGAIN = "It is in the box again. It also waits until you delete it."
DROPPED = "The draft that waited is deleted."
NO_LONGER_WAITING = "That draft does not wait any more; it was deleted in another window."

ASK_TITLE = "May this be kept on this computer?"
KEPT_HERE = "Kept on this computer only."
SAID = {"right": "You said: right.", "wrong": "You said: wrong. It will not count as this."}
NOT_KEPT = "That could not be kept; please try once more."
SELECT_WORDS = "Select some words of the draft first."


def ask_lines(where: str) -> list[str]:
    """Say what would be kept, where, and what for; asked once."""
    return [
        "What: this sentence, what you say about it, and which version of the reader read it.",
        f"Where: {where}. Only you can open it, and nothing is sent anywhere.",
        "What for: Retrain can learn from it. Review shows it, and there you can change or delete it at any time.",
    ]


def said_rather(phrase: str, label: str) -> str:
    """Repeat what the user made of a flag."""
    return f"You said: “{phrase}” is {label}."


def waits_since(day: str, time: str, is_due: bool) -> str:
    """Say since when a draft waits."""
    if is_due:
        return f"Put aside {day}, {time}. Read it again now?"
    return f"Put aside {day}, {time}. It waits until morning. Or read it again now?"


def summary(phrases: int) -> str:
    """Say how many marks there are, without scolding."""
    if phrases == 1:
        return "One phrase may land harder than you mean it."
    return f"{phrases} phrases may land harder than you mean them."


# The page Review.
REVIEW_INTRO = "Sentences that you kept, and what you say about them. Retrain learns from all that you did not put by."
STATES = {"new": "not looked at", "accepted": "right", "changed": "changed", "skipped": "put by"}
NOT_DONE = "That did not work, and nothing was changed; please try once more."
NOTHING_TO_UNDO = "There is nothing to take back."
ASKED_AGAIN = "The next answer on Reflect asks again whether it may be kept. What is kept stays until you delete it."
LABELLED = "Thank you. It is kept with that label."


def deleted(count: int, models: list[str]) -> str:
    """Say what is gone."""
    gone = f"{_sentences(count)} deleted for good."
    return f"{gone} Models removed: {', '.join(map(version_title, models))}." if models else gone


def imported(count: int) -> str:
    """Say how many came in."""
    return f"{_sentences(count)} brought in. They are not looked at yet."


def preview_summary(count: int, doubles: int, refused: int) -> str:
    """Say what will be read of a file, and what not."""
    parts = [f"{_sentences(count)} will be brought in"]
    parts += [f"{doubles} left out, because the same is there already"] if doubles else []
    parts += [f"{refused} {'line' if refused == 1 else 'lines'} refused"] if refused else []
    return "; ".join(parts) + "."


def how_sure(scores: tuple[float, ...]) -> str:
    """Say how sure the model was, by the label it was least sure about."""
    distance = min((abs(2 * score - 1) for score in scores), default=0.0)
    return "very sure" if distance > 0.8 else "fairly sure" if distance > 0.5 else "not sure"


def model_said(labels: tuple[str, ...], sure: str) -> str:
    """Repeat what the model had said."""
    return f"The reader had said: {', '.join(labels) or 'nothing harsh'}; {sure}."


def doubt(label: str, is_given: bool) -> str:
    """Say why a label is worth a second look."""
    if is_given:
        return f"You called this {label}. Going by your other answers, it may not be."
    return f"You did not call this {label}. Going by your other answers, it may be."


def telling(labels: tuple[str, ...]) -> str:
    """Say what the model makes of a sentence it is unsure about."""
    return f"The reader leans towards {', '.join(labels)}." if labels else "The reader leans towards nothing harsh."


def consent_since(day: str, neighbours: bool) -> str:
    """Say what the user allowed."""
    around = "with the sentences around them" if neighbours else "without the sentences around them"
    return f"You allowed keeping your answers {day}, {around}."


# The page Retrain.
RETRAIN_INTRO = "The reader can learn from what you kept. A new one is used only if it reads nothing else less well."
WEIGHT = (
    "Each one pulls on sentences that are much like it, and leaves the others alone. How hard it pulls was chosen by "
    "trying: eight to sixteen teach one way of saying things, and other people's messages stay as they were read. "
    "Many examples of the same kind count as a few. benchmarks/teaching.py prints the figures."
)
PASSED = "It has learned from you, and reads other messages as well as before."
NOT_PASSED = "The new reader was not taken: it would read some messages less well."
REMOVED = "That reader is removed."
FALSE_ALARMS = "Calm messages wrongly marked"
SAFETY_FOUND = "Messages about danger noticed"
THREATS_TOLD = "Threats told apart from cries for help"
OWN_SHIPPED = "As installed"
OWN_BEFORE = "Before"
OWN_UNSEEN = "New, not having seen it"
OWN_TAUGHT = "New"
_FEW, _GOOD = 8, 16
_SAME = 0.005
_WELL_SURE = 0.03


def new_examples(new: int, total: int) -> str:
    """Say how much there is to learn."""
    if not total:
        return "There is nothing to learn from yet."
    if not new:
        return (
            f"All {total} of your sentences are learned already."
            if total > 1
            else "Your one sentence is learned already."
        )
    return f"{_sentences(new)} to learn from, not learned yet."


def is_enough(new: int, total: int) -> str:
    """Say whether learning is worth while."""
    if not total:
        return "On Reflect, say whether a mark was right. A few answers about one way of saying things are enough."
    if not new:
        return "Learning again would change nothing."
    if new < _FEW:
        return f"It can learn from these already; {_FEW} to {_GOOD} about one way of saying things teach it well."
    return "That is enough to notice a difference."


def label_change(figure: Figure) -> str:
    """Say whether a label is found as well as before."""
    if abs(figure.gain) < _SAME:
        return "as well as before"
    way = "better" if figure.gain > 0 else "less well"
    # Where the interval holds zero, other messages might have shown no difference.
    return way if figure.low > 0 or figure.high < 0 else f"perhaps a little {way}"


def calibration(error: Figure) -> str:
    """Say whether the reader is as sure as it may be."""
    if error.new <= max(_WELL_SURE, error.old):
        return "When it says how sure it is, it is about as often right."
    return "It is now less often right than it says it is sure."


def own_right(right: int, count: int) -> str:
    """Say how many of the user's sentences are read as taught."""
    return f"{right} of your {_sentences(count).lower()} read as you taught"


def found_of(label: str, share: float) -> str:
    """Give the one figure for a label, as a whole number."""
    return f"{label} {100 * float(share):.0f} of 100"


def changed(is_better: bool, is_worse: bool, is_mine: bool) -> str:
    """Say what a changed verdict means; for the user's own sentence, what counts is what they said."""
    if is_better:
        return "as you said" if is_mine else "right now"
    if is_worse:
        return "no longer as you said" if is_mine else "no longer right"
    return "otherwise, still not as you said" if is_mine else "otherwise, still not right"


def version_title(name: str) -> str:
    """Name a model for people: `own-20260131-2` is the second of that day."""
    found = re.fullmatch(r"own-(\d{4})(\d\d)(\d\d)-(\d+)", name)
    if found is None:
        return "As installed" if name == "shipped" else name
    year, month, day, number = map(int, found.groups())
    return f"Yours of {day} {calendar.month_name[month]} {year}, no. {number}" if 1 <= month <= 12 else name


def in_use(name: str) -> str:
    """Say which model reads from now on."""
    return "The reader as installed is in use." if name == "shipped" else f"In use: {version_title(name)}."


def _sentences(count: int) -> str:
    return "One sentence" if count == 1 else f"{count:,} sentences"
