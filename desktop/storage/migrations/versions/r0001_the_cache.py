"""The first tables: records, ops, the cursor, conflicts, rejected changes, the history."""

from alembic import op

revision = "0001"
down_revision = None

_STATEMENTS = (
    """
    CREATE TABLE "conflict" (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        field TEXT NOT NULL,
        base TEXT NOT NULL,
        mine TEXT NOT NULL,
        theirs TEXT NOT NULL,
        who TEXT NOT NULL,
        theirs_at TEXT NOT NULL,
        found_at TEXT NOT NULL,
        resolved_at TEXT,
        resolution TEXT
    )
    """,
    """
    CREATE UNIQUE INDEX conflict_open ON "conflict" (collection, id, field)
    WHERE resolved_at IS NULL
    """,
    """
    CREATE TABLE cursor (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE history (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        field TEXT NOT NULL,
        old TEXT NOT NULL,
        new TEXT NOT NULL,
        who TEXT NOT NULL,
        origin TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX history_of_record ON history (collection, id)",
    """
    CREATE TABLE membership (
        collection TEXT NOT NULL,
        class_id TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (collection, class_id, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX membership_of_record ON membership (collection, id)",
    """
    CREATE TABLE op (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        base_version INTEGER NOT NULL,
        patch TEXT NOT NULL,
        created_at TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        last_error TEXT NOT NULL,
        UNIQUE (op_id)
    )
    """,
    "CREATE INDEX op_of_record ON op (collection, id)",
    """
    CREATE TABLE poison (
        seq INTEGER NOT NULL,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        content TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (seq),
        CONSTRAINT poison_identity UNIQUE (collection, id)
    )
    """,
    """
    CREATE TABLE record (
        seq INTEGER NOT NULL,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        base TEXT,
        local TEXT NOT NULL,
        deleted BOOLEAN NOT NULL,
        dirty BOOLEAN NOT NULL,
        updated_at TEXT NOT NULL,
        updated_by TEXT NOT NULL,
        class_id TEXT,
        student_id TEXT,
        parent_id TEXT,
        at TEXT,
        name TEXT,
        status TEXT,
        amount FLOAT,
        PRIMARY KEY (seq),
        CONSTRAINT record_identity UNIQUE (collection, id)
    )
    """,
    """
    CREATE INDEX record_by_name ON record (collection, name)
    WHERE name IS NOT NULL AND deleted = 0
    """,
    "CREATE INDEX record_dirty ON record (collection, id) WHERE dirty = 1",
    """
    CREATE INDEX record_of_class ON record (collection, class_id, at, student_id, amount, deleted)
    WHERE class_id IS NOT NULL AND deleted = 0
    """,
    """
    CREATE INDEX record_of_parent ON record (collection, parent_id)
    WHERE parent_id IS NOT NULL AND deleted = 0
    """,
    """
    CREATE INDEX record_of_student ON record (collection, student_id, at)
    WHERE student_id IS NOT NULL AND deleted = 0
    """,
    """
    CREATE TABLE rejected (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        patch TEXT NOT NULL,
        code TEXT NOT NULL,
        detail TEXT NOT NULL,
        errors TEXT NOT NULL,
        created_at TEXT NOT NULL,
        rejected_at TEXT NOT NULL,
        settled_at TEXT,
        settlement TEXT,
        UNIQUE (op_id)
    )
    """,
    "CREATE INDEX rejected_open ON rejected (collection, id) WHERE settled_at IS NULL",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
