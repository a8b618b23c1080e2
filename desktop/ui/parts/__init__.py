"""Pieces that know the school and serve more than one screen."""
