"""Fills a school: empty, with the sample, or with many records for measuring."""

import json

import msgspec
import sqlalchemy as sa

from desktop.errors import Refused
from desktop.school import facts, sight, store
from desktop.school.accounts import Accounts
from desktop.school.sample.build import Sample, build
from desktop.school.sample.people import TEACHERS
from desktop.school.school import School
from desktop.school.tables import account, class_teacher, counter, reach, record

SAMPLE_SEED = 2025


def fill(school: School, filling: str | None) -> None:
    """Fill a fresh school; leave one alone that was filled before.

    Raises:
        Refused: it was filled with something else.
    """
    with school.database.read() as connection:
        before = facts.get(connection, facts.FILLED)
    if before and filling and before != filling:
        shown = {"sample": "the sample school", "empty": "a school that was started empty"}
        raise Refused(
            f"The folder {school.folder.path} holds {shown.get(before, 'another school')}.",
            mend="Choose another folder with --data, or clear it with `school reset`.",
        )
    if before:
        return
    if filling == "sample":
        seed_sample(school)
    else:
        with school.database.write() as connection:
            facts.put(connection, facts.FILLED, "empty")


def seed_sample(school: School, seed: int = SAMPLE_SEED) -> int:
    """Put the sample school in and return how many records it has."""
    sample = build(seed=seed, now=school.now())
    hashes = {teacher.password: school.accounts.hash(teacher.password) for teacher in TEACHERS}
    with school.database.write() as connection:
        for teacher in TEACHERS:
            school.accounts.add(
                connection,
                username=teacher.username,
                role="teacher",
                password_hash=hashes[teacher.password],
                email=teacher.email,
                display_name=teacher.name,
                user_id=teacher.id,
            )
        put_all(connection, sample)
        known = {"username": TEACHERS[0].username, "password": TEACHERS[0].password}
        facts.put(connection, facts.SAMPLE_TEACHER, json.dumps(known))
        facts.put(connection, facts.OWNER, TEACHERS[0].id)
        facts.put(connection, facts.FILLED, "sample")
    return len(sample.records)


def put_all(connection: sa.Connection, sample: Sample) -> None:
    """Store many new records at once, in the order given."""
    version = store.current_version(connection)
    rows, scopes, teachers = [], [], []
    for made in sample.records:
        version += 1
        rows.append(
            {
                "collection": made.collection,
                "id": made.id,
                "version": version,
                "changed": version,
                "updated_at": made.at,
                "updated_by": made.by,
                "created_by": made.by,
                "deleted": False,
                "data": msgspec.json.encode(made.data).decode(),
            }
        )
        key = {"collection": made.collection, "record_id": made.id}
        seen = sight.scopes_of_record(made.collection, made.id, made.data, made.by)
        scopes += [{**key, "scope": scope} for scope in sorted(seen)]
        if made.collection == "classes":
            teachers += [
                {"class_id": made.id, "user_id": name} for name in made.data["teacher_ids"]
            ]
    for table, content in ((record, rows), (reach, scopes), (class_teacher, teachers)):
        if content:
            connection.execute(table.insert(), content)
    connection.execute(counter.update().where(counter.c.name == store.VERSION), {"value": version})


def owner(accounts: Accounts, connection: sa.Connection) -> tuple[str, str]:
    """The id and user name of the teacher who works on this machine, made if there is none."""
    user_id = facts.get(connection, facts.OWNER)
    name = sa.select(account.c.username).where(account.c.id == user_id)
    found = connection.execute(name).scalar()
    if found:
        return user_id, found
    user_id = accounts.add(
        connection, username="local-teacher", role="teacher", display_name="Local teacher"
    )
    facts.put(connection, facts.OWNER, user_id)
    return user_id, "local-teacher"
