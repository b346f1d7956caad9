"""Print the parser's figures on a treebank part, as given and lower-cased without punctuation.

Usage: python -m nlp.making.parser_figures PART.spacy
"""

import sys
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.training import Example

from ..pipeline import shipped_parser
from .chat_augmenter import chat_copy


def main() -> None:
    """Print one table row for each way of typing."""
    nlp = shipped_parser()
    gold = list(DocBin().from_disk(Path(sys.argv[1])).get_docs(nlp.vocab))
    chat = [copy for doc in gold if (copy := chat_copy(doc, True, True, 0.0, 0.0)) is not None]
    for name, docs in (("as given", gold), ("lower case, no punctuation", chat)):
        examples = [Example(_sentences_known(nlp.make_doc(doc.text)), doc) for doc in docs]
        scores = nlp.evaluate(examples)
        row = [f"{100 * scores[key]:.1f}" for key in ("tag_acc", "dep_uas", "dep_las", "lemma_acc")]
        print("|", " | ".join([name, *row]), "|")


def _sentences_known(doc: Doc) -> Doc:
    """Mark the one sentence of a treebank line: the product knows its sentences before it parses."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


if __name__ == "__main__":
    main()
