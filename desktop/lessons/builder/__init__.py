"""The builder: a LessonPackage becomes instances and Luau, the same to the byte every time."""

from desktop.lessons.builder.build import build
from desktop.lessons.builder.place_config import TelemetryConfig

__all__ = ["TelemetryConfig", "build"]
