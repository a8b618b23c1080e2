"""The classes to choose from, as several screens offer them. No Qt."""

from desktop.storage.queries.classes import active_classes

__all__ = ["active_classes"]
