"""A class in figures for the web: the leaderboard and the analytics."""

from typing import Annotated

from fastapi import APIRouter, Path

from desktop.classroom.gamification import Period
from desktop.school import figures
from desktop.school.asking import AtSchool, Staff, StrictRoute
from desktop.school.problems import answers
from desktop.wire.figures import ClassAnalytics, Leaderboard

router = APIRouter(prefix="/classes", tags=["classes"], route_class=StrictRoute)

ClassId = Annotated[str, Path(max_length=64)]


@router.get("/{class_id}/leaderboard", responses=answers(401, 403, 404))
def leaderboard(
    class_id: ClassId, actor: Staff, school: AtSchool, period: Period = "all"
) -> Leaderboard:
    """The leaderboard of one of one's classes."""
    with school.database.read() as connection:
        return figures.leaderboard(connection, actor, class_id, period, school.now())


@router.get("/{class_id}/analytics", responses=answers(401, 403, 404))
def analytics(class_id: ClassId, actor: Staff, school: AtSchool) -> ClassAnalytics:
    """What one of one's classes has mastered, its averages, and who needs somebody."""
    with school.database.read() as connection:
        return figures.class_analytics(connection, actor, class_id, school.now())
