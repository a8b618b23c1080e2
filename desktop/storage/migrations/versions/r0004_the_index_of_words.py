"""The index of words: students, classes, lessons and assessments are found by their names."""

from alembic import op

revision = "0004"
down_revision = "0003"

_STATEMENTS = (
    """
    CREATE VIEW searchable AS SELECT seq, collection, id, name FROM record WHERE deleted = 0
    AND name IS NOT NULL AND collection IN ('classes', 'lessons', 'students', 'assessments')
    """,
    """
    CREATE VIRTUAL TABLE record_words USING fts5(collection, name, content = 'searchable',
    content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3',
    columnsize = 0)
    """,
    "INSERT INTO record_words (record_words, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO record_words (record_words) VALUES ('rebuild')",
)


def upgrade() -> None:
    """Make the index, and fill it with what is there."""
    for statement in _STATEMENTS:
        op.execute(statement)
