"""Today: what the day holds, at a glance."""
