"""The history of the cache's tables, run by Alembic when an older cache is opened."""
