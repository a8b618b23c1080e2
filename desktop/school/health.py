"""Whether the server can do its work: real checks, not a constant."""

from typing import Literal

import sqlalchemy as sa
from pydantic import BaseModel

from desktop.school.database import PASSING
from desktop.school.problems import Fault
from desktop.school.school import School
from desktop.school.tables import fact


class Live(BaseModel):
    """The process answers."""

    status: Literal["live"] = "live"


class Ready(BaseModel):
    """The parts that were checked."""

    status: Literal["ready"] = "ready"
    checks: dict[str, str]


def check(school: School) -> Ready:
    """Check each part.

    Raises:
        Fault: 503 that names the part that is not ready.
    """
    if not _tables_current(school):
        raise _not_ready("migrations", "The tables are not of this program's version.")
    try:
        with school.database.write() as connection:
            connection.execute(fact.delete().where(fact.c.name == "health"))
            connection.execute(fact.insert().values(name="health", value=school.moment()))
    except PASSING as error:
        raise _not_ready("database", "The database cannot be written to.") from error
    # Without these apps only hear later of what is new, and lessons come from templates: no
    # reason to send people elsewhere.
    realtime = school.channels.trouble() or "ok"
    generation = school.providers.trouble() or "ok"
    return Ready(
        checks={
            "database": "ok",
            "migrations": "ok",
            "realtime": realtime,
            "generation": generation,
        }
    )


def _tables_current(school: School) -> bool:
    try:
        return school.database.is_current()
    except (sa.exc.DatabaseError, *PASSING) as error:
        raise _not_ready("database", "The database cannot be read.") from error


def _not_ready(part: str, detail: str) -> Fault:
    return Fault(503, f"{part}_not_ready", detail, headers={"Retry-After": "5"})
