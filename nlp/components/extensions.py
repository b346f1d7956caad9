"""What the components keep on a Doc: declared here, and nowhere else.

Labels of one sentence may overlap, and `Span._` is shared by spans of equal bounds; so everything that belongs to a
sentence is a list on the Doc, one entry a sentence, in order.
"""

from typing import Any

from spacy.tokens import Doc

#: name -> default. `bounds`: (start, end) characters of each sentence. `encoding`: the encoder's reading.
#: `features`: (sentences, features). `scores`: one dict of label -> probability a sentence. `labels`, `roles`: names a
#: sentence. `found`: flags. `distress`: written in visible distress. `danger`: how likely some sentence tells of danger.
DEFAULTS: dict[str, Any] = {
    "bounds": [],
    "encoding": None,
    "features": None,
    "scores": [],
    "labels": [],
    "roles": [],
    "found": [],
    "distress": False,
    "danger": 0.0,
}


def declare() -> None:
    """Declare the extensions; safe to repeat."""
    for name, default in DEFAULTS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
