"""The ToolBoxAI Teacher Companion: a teacher's classes, lessons and grades, offline first."""

__version__ = "0.1.0"
