"""The page's own small words. What is said about a draft comes from `data/*.toml`, not from here."""

INTRO = (
    "Paste a message you are about to send. The page marks what may be heard as blame, pressure or an ultimatum, "
    "says why, and offers calmer words."
)
PRIVATE = "Nothing leaves this computer, and nothing is kept."
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


def summary(phrases: int) -> str:
    """Say how many marks there are, without scolding."""
    if phrases == 1:
        return "One phrase may land harder than you mean it."
    return f"{phrases} phrases may land harder than you mean them."
