"""Talking to a school server: transport, sessions, secrets, errors."""
