"""XP for what a student does in a lesson's world; each thing is rewarded once."""

RIGHT_ANSWER_PER_POINT = 10
"""A right answer is the ground unit: level 2 takes ten easy ones."""
OBJECTIVE = 15
"""Reaching an objective takes a few answers and some walking."""
CHECKPOINT = 5
"""Passing a mark shows that somebody moves on; it is not learning by itself."""
COMPLETED = 50
"""Finishing is worth about as much as half of a quiz, so that slow and careful pays too."""

MOST_OBJECTIVES = 20
MOST_CHECKPOINTS = 20
"""What a lesson can have (see LessonPackage): a place that reports more gives nothing more."""


def for_answer(points: float) -> int:
    """XP of a right answer to a question worth `points`."""
    return max(1, min(1_000, round(RIGHT_ANSWER_PER_POINT * points)))
