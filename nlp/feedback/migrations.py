"""The steps from an empty file to today's tables; a step that was released is never edited.

`PRAGMA user_version` counts the steps done. Each step and its count are one transaction.
"""

import sqlite3

from ..errors import FeedbackError

_M001_EXAMPLES = """
CREATE TABLE example (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    labels TEXT NOT NULL,
    before TEXT,
    after TEXT,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    said_version TEXT,
    said_labels TEXT
);
CREATE TABLE answer (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

_M002_PHRASES_AND_REVISIONS = """
ALTER TABLE example ADD COLUMN phrases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE example ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
"""

_M003_DRAFTS_UNTIL_MORNING = """
CREATE TABLE waiting (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, created TEXT NOT NULL);
"""

_M004_HOW_SURE = """
ALTER TABLE example ADD COLUMN said_scores TEXT;
ALTER TABLE example ADD COLUMN doubt REAL NOT NULL DEFAULT 0;
CREATE INDEX example_doubt ON example (doubt DESC, id DESC);
"""

MIGRATIONS = (_M001_EXAMPLES, _M002_PHRASES_AND_REVISIONS, _M003_DRAFTS_UNTIL_MORNING, _M004_HOW_SURE)


def migrate(db: sqlite3.Connection) -> None:
    """Bring the tables up to date; two processes that start at once do it one after the other."""
    if _version(db) == len(MIGRATIONS):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        done = _version(db)
        if done > len(MIGRATIONS):
            raise FeedbackError("The kept examples were written by a newer Gentle Draft; update this one to read them.")
        for step in MIGRATIONS[done:]:
            for statement in step.split(";"):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
