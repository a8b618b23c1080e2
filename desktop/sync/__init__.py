"""Sync: the outbox out, the feed in, a three-way merge, and a poke that says when."""
