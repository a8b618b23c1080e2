"""Topics of mathematics."""

from desktop.lessons.templates.mathematics import fractions
from desktop.lessons.templates.topic import Topic

TOPICS: tuple[Topic, ...] = (fractions.TOPIC,)
