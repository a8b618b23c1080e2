"""The builder: a LessonPackage becomes instances and Luau, the same to the byte every time."""

from desktop.lessons.builder.build import TelemetryConfig, build

__all__ = ["TelemetryConfig", "build"]
