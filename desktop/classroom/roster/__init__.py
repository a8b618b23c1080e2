"""Rosters as schools have them: CSV, Excel and OneRoster files, read as hostile bytes."""
