"""Topics of science."""

from desktop.lessons.templates import facts
from desktop.lessons.templates.topic import Topic

TOPICS: tuple[Topic, ...] = facts.topics("science")
