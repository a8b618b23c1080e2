"""Topics of history."""

from desktop.lessons.templates.topic import Topic

TOPICS: tuple[Topic, ...] = ()
