"""The verbs of a teacher: each checks its rule and writes record and op in one transaction."""
