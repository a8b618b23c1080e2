"""Steps that can be undone, the rounds of syncing, and a place for a fresh snapshot."""

from alembic import op

revision = "0003"
down_revision = "0002"

_STATEMENTS = (
    """
    CREATE TABLE step (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        kind TEXT NOT NULL,
        undoes INTEGER,
        undone_by INTEGER
    )
    """,
    "ALTER TABLE history ADD COLUMN step INTEGER",
    "CREATE INDEX history_of_step ON history (step) WHERE step IS NOT NULL",
    "ALTER TABLE conflict ADD COLUMN step INTEGER",
    "CREATE INDEX conflict_of_step ON conflict (step) WHERE step IS NOT NULL",
    """
    CREATE TABLE incoming (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        content TEXT NOT NULL,
        reason TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE sync_round (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        rounds INTEGER NOT NULL,
        seconds FLOAT NOT NULL,
        pushed INTEGER NOT NULL,
        pulled INTEGER NOT NULL,
        merged INTEGER NOT NULL,
        problem TEXT NOT NULL
    )
    """,
)


def upgrade() -> None:
    """Make the tables and columns; what was changed before cannot be undone as a step."""
    for statement in _STATEMENTS:
        op.execute(statement)
