"""The template generator: real lessons without any AI, and it says so."""

from desktop.lessons.templates.compose import STAGES, Stage, generate

__all__ = ["STAGES", "Stage", "generate"]
