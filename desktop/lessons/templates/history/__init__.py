"""Topics of history."""

from desktop.lessons.templates import facts
from desktop.lessons.templates.topic import Topic

TOPICS: tuple[Topic, ...] = facts.topics("history")
