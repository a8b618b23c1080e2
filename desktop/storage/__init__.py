"""The local cache: SQLite tables, one writer thread, read-only readers."""
