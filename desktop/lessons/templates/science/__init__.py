"""Topics of science."""

from desktop.lessons.templates.topic import Topic

TOPICS: tuple[Topic, ...] = ()
