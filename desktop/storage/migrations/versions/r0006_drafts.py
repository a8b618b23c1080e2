"""Drafts: what a person is still writing and that cannot be saved as it is."""

from alembic import op

revision = "0006"
down_revision = "0005"

_STATEMENT = """
CREATE TABLE draft (
    subject TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (subject)
)
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(_STATEMENT)
