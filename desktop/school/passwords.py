"""Passwords: Argon2id, checked in the same time whether or not the account exists."""

import threading

import argon2

LOCKED = ""
"""The hash of an account that nobody signs in to by password."""


class Passwords:
    """Hashes and checks passwords, two at a time at most."""

    def __init__(self, hasher: argon2.PasswordHasher | None = None) -> None:
        # OWASP's Argon2id choice (Password Storage Cheat Sheet): 19 MiB, 2 passes, 1 lane.
        self._hasher = hasher or argon2.PasswordHasher(
            time_cost=2, memory_cost=19 * 1024, parallelism=1
        )
        self._nobody = self._hasher.hash("nobody's password")
        # Each check costs memory and time on purpose; a flood of them must not take the machine.
        self._turns = threading.BoundedSemaphore(2)

    def hash(self, password: str) -> str:
        """The hash to keep for `password`."""
        with self._turns:
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether `password` made the hash `kept`; None and a locked account take as long."""
        with self._turns:
            try:
                self._hasher.verify(kept or self._nobody, password)
            except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
                return False
        return bool(kept)
