"""The audit log, for administrators."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Query

from desktop.school.asking import AtSchool, SignedIn, StrictRoute
from desktop.school.problems import Fault, answers
from desktop.school.tables import audit
from desktop.wire.audit import MAX_PAGE, AuditEntry, AuditPage

router = APIRouter(prefix="/audit", tags=["audit"], route_class=StrictRoute)


@router.get("", responses=answers(401, 403))
def entries(
    actor: SignedIn,
    school: AtSchool,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
) -> AuditPage:
    """Privileged actions, in the order in which they happened."""
    if actor.role != "admin":
        raise Fault(403, "forbidden", "This is for administrators.")
    query = sa.select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(limit + 1)
    with school.database.read() as connection:
        rows = connection.execute(query).mappings().all()
    shown = [AuditEntry.model_validate(dict(row)) for row in rows[:limit]]
    return AuditPage(entries=shown, has_more=len(rows) > limit)
