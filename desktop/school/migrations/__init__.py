"""The migrations of the school database."""
