"""The tables of the cache in one place, to be read; a test compares them with the migrations.

`record` keeps what the server last said (`base`), what the teacher sees (`local`) and the
version between them. While a record is clean the two are one, and `base` stays NULL; a record
the server has never seen has version 0. The columns after `updated_by` are copied out of
`local` on each write, so that the screens' questions run on indexes instead of JSON.
"""

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

metadata = MetaData()

record = Table(
    "record",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("base", Text),
    Column("local", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("dirty", Boolean, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("updated_by", Text, nullable=False),
    Column("class_id", Text),
    Column("student_id", Text),
    Column("parent_id", Text),
    Column("at", Text),
    Column("name", Text),
    Column("status", Text),
    Column("amount", Float),
    UniqueConstraint("collection", "id", name="record_identity"),
)
Index(
    "record_of_class",
    record.c.collection,
    record.c.class_id,
    record.c.at,
    record.c.student_id,
    record.c.amount,
    record.c.deleted,  # so that sums need not look at the table at all
    sqlite_where=text("class_id IS NOT NULL AND deleted = 0"),
)
Index(
    "record_of_student",
    record.c.collection,
    record.c.student_id,
    record.c.at,
    sqlite_where=text("student_id IS NOT NULL AND deleted = 0"),
)
Index(
    "record_of_parent",
    record.c.collection,
    record.c.parent_id,
    sqlite_where=text("parent_id IS NOT NULL AND deleted = 0"),
)
Index(
    "record_by_name",
    record.c.collection,
    record.c.name,
    sqlite_where=text("name IS NOT NULL AND deleted = 0"),
)
Index("record_dirty", record.c.collection, record.c.id, sqlite_where=text("dirty = 1"))

membership = Table(
    "membership",
    metadata,
    Column("collection", Text, primary_key=True),
    Column("class_id", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    sqlite_with_rowid=False,
)
"""Which records name which classes in `class_ids`: enrolments, lessons of a class, notices."""
Index("membership_of_record", membership.c.collection, membership.c.id)

op = Table(
    "op",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("patch", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Changes made here that the server has not confirmed, in the order they were made."""
Index("op_of_record", op.c.collection, op.c.id)

cursor = Table(
    "cursor",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Text, nullable=False),
)

conflict = Table(
    "conflict",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("base", Text, nullable=False),
    Column("mine", Text, nullable=False),
    Column("theirs", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("theirs_at", Text, nullable=False),
    Column("found_at", Text, nullable=False),
    Column("resolved_at", Text),
    Column("resolution", Text),
    Column("step", Integer),
    sqlite_autoincrement=True,
)
"""Fields that two people changed. `field` is empty where one side deleted the whole record."""
Index("conflict_of_step", conflict.c.step, sqlite_where=text("step IS NOT NULL"))
Index(
    "conflict_open",
    conflict.c.collection,
    conflict.c.id,
    conflict.c.field,
    unique=True,
    sqlite_where=text("resolved_at IS NULL"),
)

rejected = Table(
    "rejected",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("patch", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("errors", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("rejected_at", Text, nullable=False),
    Column("settled_at", Text),
    Column("settlement", Text),
    sqlite_autoincrement=True,
)
"""Changes the server will never take, kept with its reason until somebody settles them."""
Index(
    "rejected_open",
    rejected.c.collection,
    rejected.c.id,
    sqlite_where=text("settled_at IS NULL"),
)

history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("step", Integer),
    sqlite_autoincrement=True,
)
"""Every change of a field. `field` is empty for the making and the deleting of a record."""
Index("history_of_record", history.c.collection, history.c.id)
Index("history_of_step", history.c.step, sqlite_where=text("step IS NOT NULL"))

step = Table(
    "step",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("undoes", Integer),
    Column("undone_by", Integer),
    sqlite_autoincrement=True,
)
"""What the teacher did at once, however many records it changed: the unit of undoing."""

sync_round = Table(
    "sync_round",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("rounds", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("pushed", Integer, nullable=False),
    Column("pulled", Integer, nullable=False),
    Column("merged", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The last rounds of syncing; quiet ones in a row, or the same problem again, share a line."""

incoming = Table(
    "incoming",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""A fresh snapshot while it comes in, beside what is there; taken over in one transaction."""

poison = Table(
    "poison",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("collection", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("collection", "id", name="poison_identity"),
)
"""Records of the feed that could not be taken in, set aside so that the rest goes on."""

push = Table(
    "push",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("lesson_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("scan", Text, nullable=False),
    Column("place_id", Text, nullable=False),
    Column("place_name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("milliseconds", Integer),
)
push_item = Table(
    "push_item",
    metadata,
    Column("push_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("class_name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("root", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("error", Text, nullable=False),
)
push_content = Table(
    "push_content",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
draft = Table(
    "draft",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""What a person is still writing and that cannot be saved as it is."""

lesson_job = Table(
    "lesson_job",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("lesson_id", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("job_id", Text, nullable=False),
    Column("stage", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("retryable", Boolean, nullable=False),
    Column("model", Text, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("cost", Text),
    Column("package", Text),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
)
"""Lessons asked of a server: the wish until it is sent, and what became of it."""

_SEARCHABLE = """
CREATE VIEW searchable AS SELECT seq, collection, id, name FROM record WHERE deleted = 0
AND name IS NOT NULL AND collection IN ('classes', 'lessons', 'students', 'assessments')
"""
_RECORD_WORDS = """
CREATE VIRTUAL TABLE record_words USING fts5(collection, name, content = 'searchable',
content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3', columnsize = 0)
"""
# The index of words, which `word_index` keeps.
for _statement in (_SEARCHABLE, _RECORD_WORDS):
    event.listen(record, "after_create", DDL(_statement.strip()))  # type: ignore[no-untyped-call]
