"""Classes: all of them, and making a new one."""
