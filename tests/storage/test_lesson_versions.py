"""The versions of a lesson: one a sitting and a person, the newest first, each as it was."""

import datetime as dt
from typing import Any

from desktop.actions import lessons
from desktop.storage.queries.lesson_versions import versions
from tests.lessons.made import fractions


def test_a_sitting_is_one_version_and_a_later_one_another(open_cache: Any, clock: Any) -> None:
    cache = open_cache()
    whole = fractions().model_dump(mode="json")

    def save(title: str, lesson_id: str | None = None) -> str:
        made = {**whole, "title": title}
        return str(
            cache.write(lambda tx: lessons.save_lesson(tx, made, lesson_id=lesson_id)).result()
        )

    lesson_id = save("first")
    clock.moment += dt.timedelta(hours=2)
    for title in ("sec", "second"):
        save(title, lesson_id)
        clock.moment += dt.timedelta(minutes=1)
    clock.moment += dt.timedelta(hours=2)
    cache.write(lambda tx: lessons.approve_lesson(tx, lesson_id)).result()  # no new content
    save("third", lesson_id)
    found = cache.read(lambda connection: versions(connection, lesson_id))
    assert [one.package["title"] for one in found] == ["third", "second", "first"]
    assert found[0].at > found[1].at > found[2].at
    assert {one.who for one in found} == {"Ana Ruiz"}


def test_a_lesson_that_is_not_there_has_no_versions(open_cache: Any) -> None:
    assert open_cache().read(lambda connection: versions(connection, "nobody")) == []
