"""Tasks: every piece of long work in one list."""
