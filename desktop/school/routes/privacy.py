"""Handing out and erasing what is known of a student or a class."""

from typing import Any

from fastapi import APIRouter, Response

from desktop.school import privacy
from desktop.school.asking import AtSchool, Staff, StrictRoute
from desktop.school.problems import answers
from desktop.school.store import Writing
from desktop.wire.privacy import Erased, Whose

ZIP = "application/zip"

router = APIRouter(prefix="/privacy", tags=["privacy"], route_class=StrictRoute)

_PACKED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A zip with one JSON file for each kind of record.",
        "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/export", response_class=Response, responses=answers(401, 403, 404) | _PACKED)
def export(body: Whose, actor: Staff, school: AtSchool) -> Response:
    """Everything about a student or a class, as far as one sees it."""
    with school.database.read() as connection:
        subject = privacy.subject_of(connection, actor, body, whole=False)
        packed = privacy.export(connection, actor, subject, school.moment())
    with school.database.write() as connection:
        school.accounts.note(connection, actor.id, f"privacy.exported.{subject.what}", subject.id)
    headers = {"Content-Disposition": 'attachment; filename="record.zip"'}
    return Response(packed, headers=headers, media_type=ZIP)


@router.post("/erase", responses=answers(401, 403, 404))
def erase(body: Whose, actor: Staff, school: AtSchool) -> Erased:
    """Empty every record of a student or a class, here and in every app."""
    with school.database.write() as connection:
        subject = privacy.subject_of(connection, actor, body, whole=True)
        writing = Writing(connection, now=school.moment(), by=actor.id)
        count = privacy.erase(writing, subject)
        writing.finish()
        hearers, version = writing.hearers(), writing.version
        school.accounts.note(connection, actor.id, f"privacy.erased.{subject.what}", subject.id)
    school.database.scrub()
    school.channels.poke(hearers, version)
    return Erased(records=count)
