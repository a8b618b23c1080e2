"""Lessons: the LessonPackage, the quiz checks, the generators, and the builder of worlds."""
