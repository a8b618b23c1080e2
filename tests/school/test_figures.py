"""The figures of a class, and who may see them."""

from typing import Any

import pytest


@pytest.mark.parametrize("what", ["leaderboard", "analytics"])
def test_the_figures_of_a_foreign_class_are_not_there(ada: Any, ben: Any, what: str) -> None:
    assert ben.get(f"/classes/art/{what}").status_code == 200
    foreign, nowhere = ben.get(f"/classes/math/{what}"), ben.get(f"/classes/none/{what}")
    assert foreign.status_code == nowhere.status_code == 404
    assert foreign.json()["detail"] == nowhere.json()["detail"]


def test_a_period_counts_its_own_awards_and_shows_who_moved(
    served: Any, clock: Any, ada: Any, op: Any
) -> None:
    def award(student: str, xp: int, at: str) -> dict[str, Any]:
        who = {"student_id": student, "class_id": "math", "xp": xp, "awarded_at": at}
        return dict(op("append", "xp_awards", f"x-{student}-{xp}", who))

    ada.apply(
        award("kim", 90, "2026-02-23T08:00:00.000Z"),
        award("lee", 40, "2026-02-23T08:00:00.000Z"),
        award("lee", 60, "2026-03-02T08:00:00.000Z"),
    )
    week = ada.get("/classes/math/leaderboard", period="week").json()["rows"]
    assert [(row["student_id"], row["xp"], row["change"]) for row in week] == [
        ("lee", 60, 1),
        ("kim", 0, -1),
    ]
    ever = ada.get("/classes/math/leaderboard").json()["rows"]
    assert [(row["student_id"], row["xp"], row["level"]) for row in ever] == [
        ("lee", 100, 2),
        ("kim", 90, 1),
    ]
    assert ada.get("/classes/math/leaderboard", period="year").status_code == 422


def test_what_was_deleted_counts_no_more(ada: Any, op: Any) -> None:
    ada.apply(
        op("create", "assessments", "quiz", {"title": "Quiz", "class_id": "math", "max_score": 4}),
        *(
            op(
                "create",
                "submissions",
                f"s-{student}",
                {
                    "assessment_id": "quiz",
                    "student_id": student,
                    "class_id": "math",
                    "score": score,
                    "max_score": 4,
                },
            )
            for student, score in (("kim", 4), ("lee", 2))
        ),
    )
    told = ada.get("/classes/math/analytics").json()
    assert told["average"] == {"value": 0.75, "n": 2}
    version = ada.pull()[-1]["version"]
    ada.apply(op("delete", "submissions", "s-lee", base=version))
    told = ada.get("/classes/math/analytics").json()
    assert told["average"] == {"value": 1.0, "n": 1}
    assert told["assessments"][0]["average"] == {"value": 1.0, "n": 1}
