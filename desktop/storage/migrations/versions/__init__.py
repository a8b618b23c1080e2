"""One file a revision, in one line: `r0001_...`, `r0002_...`; the highest number is the newest.

A revision's id is its four digits, and it follows the one before it. Files are read from disk,
so a frozen app carries them as data.
"""
