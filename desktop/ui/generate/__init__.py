"""Generate: a sentence becomes a lesson, stage by stage."""
