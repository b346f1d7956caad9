"""Meaning-preserving transformations of the sender's own clauses, one idea a file."""

from . import complaints, demands, facts, matters, questions, reproaches, threats
from .registry import RULES, pieces_of

__all__ = ["RULES", "complaints", "demands", "facts", "matters", "pieces_of", "questions", "reproaches", "threats"]
