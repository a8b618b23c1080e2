"""Jobs of providers that write: what is drafted, what it cost, and what is revised how."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("job", sa.Column("instruction", sa.Text(), nullable=False, server_default=""))
    op.add_column("job", sa.Column("base", sa.Text(), nullable=True))
    op.add_column("job", sa.Column("drafts", sa.Text(), nullable=False, server_default="{}"))
    op.add_column(
        "job", sa.Column("model", sa.String(length=200), nullable=False, server_default="")
    )
    op.add_column(
        "job", sa.Column("input_tokens", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column(
        "job", sa.Column("output_tokens", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("job", sa.Column("cost", sa.String(length=40), nullable=True, server_default="0"))
    op.add_column(
        "job", sa.Column("retryable", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Drop them."""
    for name in (
        "retryable",
        "cost",
        "output_tokens",
        "input_tokens",
        "model",
        "drafts",
        "base",
        "instruction",
    ):
        op.drop_column("job", name)
