"""The push outbox: what goes into Studio, its items, and their contents by hash."""

from alembic import op

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    """
    CREATE TABLE push (
        id TEXT NOT NULL,
        title TEXT NOT NULL,
        lesson_id TEXT NOT NULL,
        version TEXT NOT NULL,
        made_by TEXT NOT NULL,
        model TEXT NOT NULL,
        state TEXT NOT NULL,
        policy TEXT NOT NULL,
        scan TEXT NOT NULL,
        place_id TEXT NOT NULL,
        place_name TEXT NOT NULL,
        reason TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        milliseconds INTEGER,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE push_content (
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (sha256)
    )
    """,
    """
    CREATE TABLE push_item (
        push_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        class_name TEXT NOT NULL,
        path TEXT NOT NULL,
        root INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        source_sha256 TEXT NOT NULL,
        action TEXT NOT NULL,
        reason TEXT NOT NULL,
        decision TEXT NOT NULL,
        error TEXT NOT NULL,
        PRIMARY KEY (push_id, number)
    )
    """,
)


def upgrade() -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
