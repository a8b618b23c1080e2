"""The page of generated lessons says what the templates make, and its pictures are there."""

from tests.tools import lesson_pages


def test_the_page_of_lessons_is_what_the_templates_make_today() -> None:
    """After a change: `python -m tests.tools.lesson_pages`, and look at the pictures."""
    page = (lesson_pages.DOCS / "lessons.md").read_text(encoding="utf-8")
    assert page == lesson_pages.page()
    for example in lesson_pages.EXAMPLES:
        assert (lesson_pages.DOCS / "images" / f"lesson-{example.name}.png").is_file()
