"""Subscriptions, whose they are, and the events that were taken."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "billing_customer",
        sa.Column("customer_id", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_billing_customer")),
    )
    op.create_index(op.f("ix_billing_customer_user_id"), "billing_customer", ["user_id"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("customer_id", sa.String(length=255), nullable=False),
        sa.Column("price", sa.String(length=255), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("period_end", sa.String(length=32), nullable=False),
        sa.Column("cancels", sa.Boolean(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_index(op.f("ix_subscription_customer_id"), "subscription", ["customer_id"])
    op.create_table(
        "billing_event",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billing_event")),
    )
    op.create_index(op.f("ix_billing_event_at"), "billing_event", ["at"])


def downgrade() -> None:
    """Drop them."""
    for name in ("billing_event", "subscription", "billing_customer"):
        op.drop_table(name)
