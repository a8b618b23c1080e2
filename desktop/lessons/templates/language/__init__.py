"""Topics of language."""

from desktop.lessons.templates.topic import Topic

TOPICS: tuple[Topic, ...] = ()
