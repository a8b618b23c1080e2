"""Each content a lesson had can be seen again."""

from typing import Any

from desktop.actions import lessons
from desktop.storage.queries.lesson_versions import versions


def test_each_content_is_a_version_and_an_edit_of_another_field_is_none(
    act: Any, cache: Any
) -> None:
    first = {"title": "Water", "subject": "science", "grade_level": 4, "summary": "One."}
    lesson_id = act(lessons.save_lesson, first)
    act(lessons.approve_lesson, lesson_id)
    act(lessons.save_lesson, first, lesson_id=lesson_id)
    act(lessons.save_lesson, {**first, "summary": "Two."}, lesson_id=lesson_id)
    found = cache.read(lambda connection: versions(connection, lesson_id))
    assert [(one.number, one.package["summary"]) for one in found] == [(2, "Two."), (1, "One.")]
    assert {one.origin for one in found} == {"this computer"}
    assert cache.read(lambda connection: versions(connection, "nobody")) == ()
