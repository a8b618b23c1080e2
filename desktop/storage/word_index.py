"""The index of words: students, classes, lessons and assessments by what they are called.

A full-text index (FTS5) over the view `searchable`, kept by whoever writes records: triggers
would cost the ingest of a term a fifth of its time, and most of it is answers without a name.
It holds no text of its own, and forgets what is deleted at once, not at the next merge
(https://www.sqlite.org/fts5.html#the_secure_delete_configuration_option).
"""

import json
from collections.abc import Callable, Iterable
from typing import Any

TABLE = "record_words"
COLLECTIONS = frozenset({"classes", "lessons", "students", "assessments"})
"""What is found by its words."""

_FORGET = """
    INSERT INTO record_words (record_words, rowid, collection, name)
    SELECT 'delete', seq, collection, name FROM json_each(?) AS one
    CROSS JOIN searchable
    ON searchable.collection = one.value ->> 0 AND searchable.id = one.value ->> 1
"""
_LEARN = """
    INSERT INTO record_words (rowid, collection, name)
    SELECT seq, collection, name FROM json_each(?) AS one
    CROSS JOIN searchable
    ON searchable.collection = one.value ->> 0 AND searchable.id = one.value ->> 1
"""

Execute = Callable[[str, tuple[Any, ...]], object]
Names = Iterable[tuple[str, str]]


def forget(execute: Execute, names: Names) -> None:
    """Take the words of records (collection, id) out, before the records change or go."""
    _each(execute, _FORGET, names)


def learn(execute: Execute, names: Names) -> None:
    """Put the words of records in, once they are written."""
    _each(execute, _LEARN, names)


def _each(execute: Execute, statement: str, names: Names) -> None:
    found = [name for name in names if name[0] in COLLECTIONS]
    if found:
        execute(statement, (json.dumps(found),))
