"""The addresses of the Companion API, a file for each part of it."""
