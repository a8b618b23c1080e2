"""The embedded school server: a real one, with its own database."""
