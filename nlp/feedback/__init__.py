"""What the user chose to keep: sentences with the labels they gave, and drafts put aside; on this machine only.

`Store` (store.py) keeps and changes examples, `Shelf` (shelf.py) keeps drafts until morning, `preview` (reading.py)
reads a file of examples line by line, `export` (exchange.py) writes one, `right`, `rather` and `missed` (answers.py) turn a
click in Reflect into an example for `Store.keep`, `same.py` finds duplicates and contradictions.
The pages and the commands call the same functions. Nothing here opens a model.
"""

from .answers import missed, rather, right
from .exchange import export
from .kept import Consent, Kept, Order, Said, Sample, State, Step
from .reading import Preview, preview, preview_text
from .same import Clash, clashes
from .shelf import Shelf, Waiting
from .store import Store

__all__ = [
    "Clash",
    "Consent",
    "Kept",
    "Order",
    "Preview",
    "Said",
    "Sample",
    "Shelf",
    "State",
    "Step",
    "Store",
    "Waiting",
    "clashes",
    "export",
    "missed",
    "preview",
    "preview_text",
    "rather",
    "right",
]
