"""One lesson: what is in it, and what can be done with it."""
