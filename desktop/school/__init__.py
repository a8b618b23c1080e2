"""The school server: the Companion API on a file of its own, for one laptop or a whole school."""
