"""Who makes a generation job, and until when they are believed to be at it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both columns; what was being made is taken up by the next server that looks."""
    for name, length in (("worker", 64), ("leased_until", 32)):
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column("job", column)


def downgrade() -> None:
    """Drop both."""
    with op.batch_alter_table("job") as job:
        job.drop_column("leased_until")
        job.drop_column("worker")
