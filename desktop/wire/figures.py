"""A class in figures, for the web: the leaderboard and the analytics, as the app computes them."""

from pydantic import BaseModel

from desktop.classroom.gamification import Period


class Average(BaseModel):
    """A mean with the number of values behind it; null of none."""

    value: float | None
    n: int


class LeaderboardRow(BaseModel):
    """A line of the leaderboard. `change`: places won since the same moment a period ago."""

    rank: int
    student_id: str
    name: str
    alias: str
    xp: int
    level: int
    change: int | None


class Leaderboard(BaseModel):
    """Everybody in the class, first place first; without XP too."""

    class_id: str
    period: Period
    rows: list[LeaderboardRow]


class StandardFigure(BaseModel):
    """How well a class has mastered a standard; the mean is over those who answered enough."""

    standard: str
    mastery: Average
    answers: int
    not_enough_yet: int


class AssessmentFigure(BaseModel):
    """How an assessment went; the mean is of the graded work, as a share of the maximum."""

    assessment_id: str
    title: str
    average: Average
    handed_in: int
    to_grade: int


class AtRisk(BaseModel):
    """A student who needs somebody, and why."""

    student_id: str
    name: str
    reason: str


class ClassAnalytics(BaseModel):
    """Everything the analytics of a class show; `rule` says in words who counts as at risk."""

    class_id: str
    name: str
    students: int
    average: Average
    attendance: Average
    active_this_week: int
    standards: list[StandardFigure]
    assessments: list[AssessmentFigure]
    at_risk: list[AtRisk]
    rule: str
