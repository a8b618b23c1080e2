"""What a school forgets by itself: old ops, counted events, and sign-ins that ended."""

import asyncio
import datetime as dt

import sqlalchemy as sa
import structlog

from desktop.classroom import instants
from desktop.school import privacy
from desktop.school.database import PASSING, reason_of
from desktop.school.school import School
from desktop.school.store import Writing
from desktop.school.tables import (
    billing_event,
    family,
    game_event,
    job,
    job_event,
    ledger,
    refresh_token,
    reset_token,
)

KEPT_DAYS = 90
"""How long an op or an event of a place is known again when it is sent again."""
JOBS_KEPT_DAYS = 30
"""A lesson that a teacher took is a record by then; one that nobody took is forgotten."""
EVERY_S = 6 * 3_600

log = structlog.get_logger("school.upkeep")


async def run(school: School) -> None:
    """Tidy now and every few hours, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(tidy, school)
        except PASSING as error:
            # A full disk or a busy database: nothing here is urgent, the next round does it.
            log.warning("upkeep.postponed", reason=reason_of(error))
        await asyncio.sleep(EVERY_S)


def tidy(school: School) -> None:
    """Forget what is older than its time."""
    now = school.now()
    oldest = instants.to_text(now - dt.timedelta(days=KEPT_DAYS))
    living = sa.select(refresh_token.c.family_id).where(
        refresh_token.c.expires_at > instants.to_text(now)
    )
    with school.database.write() as connection:
        connection.execute(ledger.delete().where(ledger.c.at < oldest))
        connection.execute(game_event.delete().where(game_event.c.at < oldest))
        connection.execute(billing_event.delete().where(billing_event.c.at < oldest))
        connection.execute(
            reset_token.delete().where(reset_token.c.expires_at < instants.to_text(now))
        )
        forgotten = instants.to_text(now - dt.timedelta(days=JOBS_KEPT_DAYS))
        connection.execute(job.delete().where(job.c.updated_at < forgotten))
        connection.execute(job_event.delete().where(job_event.c.job_id.not_in(sa.select(job.c.id))))
        # A whole family at once: single dead tokens of a living one are needed to notice reuse.
        connection.execute(family.delete().where(family.c.id.not_in(living)))
        left = sa.select(family.c.id)
        connection.execute(refresh_token.delete().where(refresh_token.c.family_id.not_in(left)))
    for collection, days in school.kept_days.items():
        _forget(school, collection, days)


def _forget(school: School, collection: str, days: int) -> None:
    """Empty what has been kept for its time; some at once, so that nobody waits for long."""
    total = 0
    while True:
        with school.database.write() as connection:
            writing = Writing(connection, now=school.moment(), by="")
            count = privacy.forget_old(writing, collection, days, school.now())
            writing.finish()
            hearers, version = writing.hearers(), writing.version
            total += count
            if total and count < privacy.RETENTION_BATCH:
                school.accounts.note(connection, "", "retention", f"{collection}: {total}")
        school.channels.poke(hearers, version)
        if count < privacy.RETENTION_BATCH:
            break
    if total:
        school.database.scrub()
