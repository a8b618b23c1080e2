"""The tables of a school: records with one version counter, who may see them, and accounts."""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.String(64)
When = sa.String(32)
"""RFC 3339 in UTC: sorts as text, and means the same in SQLite and PostgreSQL."""

fact = sa.Table(
    "fact",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""Epoch, kind (sample or school), owner, and the like."""

counter = sa.Table(
    "counter",
    metadata,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
)
"""The school's version counter; its row is the lock that orders commits."""

record = sa.Table(
    "record",
    metadata,
    sa.Column("collection", sa.String(32), primary_key=True),
    sa.Column("id", Id, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, unique=True),
    sa.Column("changed", sa.BigInteger, nullable=False),
    sa.Column("updated_at", When, nullable=False),
    sa.Column("updated_by", Id, nullable=False),
    sa.Column("created_by", Id, nullable=False),
    sa.Column("deleted", sa.Boolean, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)
"""Version: place in the feed; changed: version of the last change of content. They differ when a
record was announced again because somebody gained sight of it.
"""

reach = sa.Table(
    "reach",
    metadata,
    sa.Column("collection", sa.String(32), primary_key=True),
    sa.Column("record_id", Id, primary_key=True),
    sa.Column("scope", sa.String(80), primary_key=True),
    sa.Index("ix_reach_scope", "scope", "collection", "record_id"),
)
"""Through what a record is seen: c:<class id>, u:<user id>, or s for the whole school."""

class_teacher = sa.Table(
    "class_teacher",
    metadata,
    sa.Column("class_id", Id, primary_key=True),
    sa.Column("user_id", Id, primary_key=True),
    sa.Index("ix_class_teacher_user", "user_id", "class_id"),
)

left_sight = sa.Table(
    "left_sight",
    metadata,
    sa.Column("user_id", Id, primary_key=True),
    sa.Column("version", sa.BigInteger, primary_key=True),
    sa.Column("collection", sa.String(32), nullable=False),
    sa.Column("record_id", Id, nullable=False),
    sa.Column("at", When, nullable=False),
    sa.UniqueConstraint("user_id", "collection", "record_id"),
)
"""Records that a teacher may no longer see: they arrive as deleted."""

ledger = sa.Table(
    "ledger",
    metadata,
    sa.Column("user_id", Id, primary_key=True),
    sa.Column("op_id", Id, primary_key=True),
    sa.Column("collection", sa.String(32), nullable=False),
    sa.Column("record_id", Id, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("at", When, nullable=False, index=True),
)
"""Every op that took effect, so that it does so once."""

account = sa.Table(
    "account",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("username", sa.String(200), nullable=False),
    sa.Column("username_key", sa.String(400), nullable=False, unique=True),
    sa.Column("email", sa.String(200), nullable=False),
    sa.Column("email_key", sa.String(400), nullable=False, index=True),
    sa.Column("display_name", sa.String(200), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("created_at", When, nullable=False),
)
"""An empty password_hash: nobody signs in by password."""

reset_token = sa.Table(
    "reset_token",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("user_id", Id, nullable=False, index=True),
    sa.Column("expires_at", When, nullable=False),
)
"""Codes with which a forgotten password can be replaced; gone when used."""

invite = sa.Table(
    "invite",
    metadata,
    sa.Column("code", sa.String(40), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", When, nullable=False),
    sa.Column("expires_at", When, nullable=False),
    sa.Column("uses_left", sa.Integer, nullable=False),
)

family = sa.Table(
    "family",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", Id, nullable=False, index=True),
    sa.Column("device_name", sa.String(200), nullable=False),
    sa.Column("created_at", When, nullable=False),
    sa.Column("used_at", When, nullable=False),
    sa.Column("revoked_at", When, nullable=False),
    sa.Column("why", sa.String(40), nullable=False),
)
"""One signed-in device: the refresh tokens that descend from one sign-in."""

refresh_token = sa.Table(
    "refresh_token",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("family_id", Id, nullable=False, index=True),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("expires_at", When, nullable=False),
    sa.Column("used_at", When, nullable=False),
)

place_key = sa.Table(
    "place_key",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("lesson_id", Id, nullable=False),
    sa.Column("class_id", Id, nullable=False, index=True),
    sa.Column("join_code", sa.String(16), nullable=False),
    sa.Column("created_by", Id, nullable=False),
    sa.Column("created_at", When, nullable=False),
    sa.Column("revoked_at", When, nullable=False),
)

game_event = sa.Table(
    "game_event",
    metadata,
    sa.Column("class_id", Id, primary_key=True),
    sa.Column("event_id", Id, primary_key=True),
    sa.Column("at", When, nullable=False),
)
"""Telemetry that was counted, so that it counts once."""

game_award = sa.Table(
    "game_award",
    metadata,
    sa.Column("class_id", Id, primary_key=True),
    sa.Column("lesson_id", Id, primary_key=True),
    sa.Column("student_id", Id, primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("what", sa.String(80), primary_key=True),
)
"""What a student was rewarded for in a lesson's world, so that it is once."""

job = sa.Table(
    "job",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("idempotency_key", sa.String(200), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("stage", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("provider", sa.String(40), nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("request", sa.Text, nullable=False),
    sa.Column("created_at", When, nullable=False),
    sa.Column("updated_at", When, nullable=False),
    sa.Column("revises", Id, nullable=False),
    sa.Column("part", sa.String(20), nullable=False),
    sa.Column("code", sa.String(60), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("package", sa.Text, nullable=True),
    sa.Column("worker", sa.String(64), nullable=False, server_default=""),
    sa.Column("leased_until", When, nullable=False, server_default=""),
    sa.Column("instruction", sa.Text, nullable=False, server_default=""),
    sa.Column("base", sa.Text, nullable=True),
    sa.Column("drafts", sa.Text, nullable=False, server_default="{}"),
    sa.Column("model", sa.String(200), nullable=False, server_default=""),
    sa.Column("input_tokens", sa.Integer, nullable=False, server_default="0"),
    sa.Column("output_tokens", sa.Integer, nullable=False, server_default="0"),
    sa.Column("cost", sa.String(40), nullable=True, server_default="0"),
    sa.Column("retryable", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("user_id", "idempotency_key"),
    sa.Index("ix_job_state", "state", "created_at"),
)
"""Lessons in the making; `stage` is the last one that was told, `worker` the process that is at it
and has to say so again before `leased_until`. `drafts` is what a provider has written so far,
`base` the lesson of which `part` is made anew, and `cost` a decimal number.
"""

job_event = sa.Table(
    "job_event",
    metadata,
    sa.Column("job_id", Id, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(20), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)
"""The story of a job, numbered from 1, so that a broken stream goes on where it broke."""

billing_customer = sa.Table(
    "billing_customer",
    metadata,
    sa.Column("customer_id", sa.String(255), primary_key=True),
    sa.Column("user_id", Id, nullable=False, index=True),
)
"""Who a customer of Stripe's is here."""

subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("id", sa.String(255), primary_key=True),
    sa.Column("customer_id", sa.String(255), nullable=False, index=True),
    sa.Column("price", sa.String(255), nullable=False),
    sa.Column("state", sa.String(40), nullable=False),
    sa.Column("period_end", When, nullable=False),
    sa.Column("cancels", sa.Boolean, nullable=False),
    sa.Column("created", sa.BigInteger, nullable=False),
    sa.Column("as_of", sa.BigInteger, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
)
"""What Stripe said last about a subscription: at `as_of` (seconds since 1970), and within that
second in this `place`."""

billing_event = sa.Table(
    "billing_event",
    metadata,
    sa.Column("id", sa.String(255), primary_key=True),
    sa.Column("kind", sa.String(80), nullable=False),
    sa.Column("at", When, nullable=False, index=True),
)
"""Events of Stripe's that took effect, so that each does so once."""

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", When, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("action", sa.String(60), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
)
"""Privileged actions; append only: triggers refuse to change or delete a line."""
