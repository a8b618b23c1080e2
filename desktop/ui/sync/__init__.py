"""Sync: what waits, what wants a decision, what was not taken."""
