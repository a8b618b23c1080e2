"""Fills a school: empty, with the sample, or with many records for measuring."""

import datetime as dt
import json
import random
from collections.abc import Iterator

import sqlalchemy as sa
import structlog

from desktop.classroom import ids, instants
from desktop.school import bulk, facts
from desktop.school.accounts import Accounts
from desktop.school.bulk import Made
from desktop.school.school import School
from desktop.school.tables import account

SAMPLE_SEED = 2025
PUPILS_A_CLASS = 30

log = structlog.get_logger("school")


def fill(school: School, filling: str | None) -> None:
    """Fill a fresh school; one that was filled before is kept as it is, and that is said."""
    with school.database.read() as connection:
        before = facts.get(connection, facts.FILLED)
    if before and filling and before != filling:
        log.warning("school.kept", holds=before, asked_for=filling, data=str(school.folder.path))
    if before:
        return
    if filling == "sample":
        seed_sample(school)
    else:
        with school.database.write() as connection:
            facts.put(connection, facts.FILLED, "empty")


def seed_sample(school: School, seed: int = SAMPLE_SEED) -> int:
    """Put the sample school in and return how many records it has."""
    # Only a sample needs the lesson templates; a school that is started again should not wait.
    from desktop.school.sample.build import build
    from desktop.school.sample.people import TEACHERS

    made = build(seed=seed, now=school.now()).records
    hashes = [school.accounts.hash(teacher.password) for teacher in TEACHERS]
    with school.database.write() as connection:
        for teacher, password_hash in zip(TEACHERS, hashes, strict=True):
            school.accounts.add(
                connection,
                username=teacher.username,
                role="teacher",
                password_hash=password_hash,
                email=teacher.email,
                display_name=teacher.name,
                user_id=teacher.id,
            )
        bulk.put_all(connection, made)
        known = {"username": TEACHERS[0].username, "password": TEACHERS[0].password}
        facts.put(connection, facts.SAMPLE_TEACHER, json.dumps(known))
        facts.put(connection, facts.OWNER, TEACHERS[0].id)
        facts.put(connection, facts.FILLED, "sample")
    return len(made)


def seed_many(school: School, size: int) -> int:
    """Put about `size` records in, for measuring, all seen by the school's owner."""
    with school.database.write() as connection:
        teacher, _ = owner(school.accounts, connection)
        bulk.put_all(connection, many(size, teacher, school.now()))
        facts.put(connection, facts.FILLED, "size")
    return size


def many(size: int, teacher: str, now: dt.datetime) -> Iterator[Made]:
    """`size` records: one class for every thousand, its pupils, and awards for them."""
    chance = random.Random(size)  # noqa: S311  (repeatable on purpose)
    moment = instants.to_text(now)
    count = 0
    while count < size:
        class_id = ids.new_id(now, chance)
        data = {"name": f"Class {count // 1_000 + 1}", "teacher_ids": [teacher]}
        yield Made("classes", class_id, data, moment, teacher)
        pupils = [ids.new_id(now, chance) for _ in range(min(PUPILS_A_CLASS, size - count - 1))]
        for place, pupil in enumerate(pupils):
            named = {"given_name": f"Pupil {place + 1}", "class_ids": [class_id]}
            yield Made("students", pupil, named, moment, teacher)
        count += 1 + len(pupils)
        while count < size and count % 1_000:
            award = {
                "student_id": chance.choice(pupils),
                "class_id": class_id,
                "xp": chance.randrange(5, 50),
                "reason": "Measured",
                "awarded_at": moment,
                "awarded_by": teacher,
            }
            yield Made("xp_awards", ids.new_id(now, chance), award, moment, teacher)
            count += 1


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
