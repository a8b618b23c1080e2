"""One window a profile: a second one hands its arguments to the first, and ends.

The first holds a lock in the profile, which the operating system gives back however it ends,
and listens on this computer. Where, and the secret that proves a caller to be this user, lies
beside the lock, readable by this user only; the secret itself never travels.

This runs before the first paint, so whatever only a call needs is imported when there is one,
and the lock is the system's own: the lock library would bring asyncio along.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import private_files
from desktop.errors import CompanionError
from desktop.sentences import say

if TYPE_CHECKING:
    import socket

ANSWER_S = 2.0
PATIENCE_S = 10.0
"""How long a second window waits for a first one that is just closing."""
MAX_CALL_BYTES = 65_536
NONCE_BYTES = PROOF_BYTES = 32
DONE = b"ok"


class WindowStuck(CompanionError):
    """Another window of this profile is open and does not answer."""

    def __init__(self) -> None:
        super().__init__(
            say("The Companion is already open on this computer and does not answer."),
            mend=say("Close it, or end its process, and open it again."),
        )


class OneWindow:
    """The right to be the window of a profile. `close` it at the very end."""

    def __init__(self, profile: Path) -> None:
        profile.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._address = profile / "window-line.json"
        self._lock = profile / "window.lock"
        self._held: int | None = None
        self._listener: socket.socket | None = None

    def take(self, arguments: Sequence[str]) -> bool:
        """Become the window; False when another one was there and has taken `arguments`.

        Raises:
            WindowStuck: another one is there and does not answer.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self._held = _try_lock(self._lock)
            if self._held is not None:
                return True
            if self._hand_over(arguments):
                return False
            if time.monotonic() > deadline:
                raise WindowStuck
            time.sleep(0.1)

    def listen(self, called: Callable[[list[str]], object]) -> None:
        """Have `called` told the arguments of later windows, on a thread of its own."""
        import json
        import secrets
        import socket
        import threading

        secret = secrets.token_bytes(32)
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(None)
        self._listener = listener
        told = json.dumps({"port": listener.getsockname()[1], "secret": secret.hex()})
        private_files.write(self._address, told.encode("ascii"))
        threading.Thread(
            target=_answer, args=(listener, secret, called), name="one window", daemon=True
        ).start()

    def deaf(self) -> None:
        """Take no more calls: from here on a second window waits until this one has ended."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):  # wakes the thread that waits in accept
                listener.shutdown(2)  # both ways: SHUT_RDWR
            listener.close()
            self._address.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the right back."""
        self.deaf()
        held, self._held = self._held, None
        if held is not None:
            os.close(held)  # which gives the lock back

    def _hand_over(self, arguments: Sequence[str]) -> bool:
        import json
        import socket

        try:
            told = json.loads(self._address.read_text(encoding="ascii"))
            secret = bytes.fromhex(told["secret"])
            with socket.create_connection(("127.0.0.1", told["port"]), ANSWER_S) as line:
                body = json.dumps(list(arguments)).encode()
                line.sendall(_proof(secret, _exactly(line, NONCE_BYTES), body) + body)
                line.shutdown(socket.SHUT_WR)
                return line.recv(len(DONE)) == DONE
        except (OSError, ValueError, KeyError, TypeError):
            return False  # it begins or ends just now; the caller tries again


def _answer(
    listener: "socket.socket", secret: bytes, called: Callable[[list[str]], object]
) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:  # closed: no more calls
            return
        with line, contextlib.suppress(OSError, ValueError):
            line.settimeout(ANSWER_S)
            called(_hear(line, secret))
            line.sendall(DONE)


def _hear(line: "socket.socket", secret: bytes) -> list[str]:
    """The arguments of one caller.

    Raises:
        ValueError: it is not this user, or what it says makes no sense.
        OSError: it went silent.
    """
    import hmac
    import json
    import secrets

    nonce = secrets.token_bytes(NONCE_BYTES)
    line.sendall(nonce)
    proof = _exactly(line, PROOF_BYTES)
    body = b""
    while chunk := line.recv(4096):
        body += chunk
        if len(body) > MAX_CALL_BYTES:
            raise ValueError("a call is short")
    if not hmac.compare_digest(proof, _proof(secret, nonce, body)):
        raise ValueError("a stranger")
    given = json.loads(body)
    if not isinstance(given, list):
        raise ValueError("arguments are a list")  # noqa: TRY004  (of what another program sent)
    return [str(one) for one in given]


def _proof(secret: bytes, nonce: bytes, body: bytes) -> bytes:
    import hmac

    return hmac.digest(secret, nonce + body, "sha256")


def _exactly(line: "socket.socket", size: int) -> bytes:
    got = b""
    while len(got) < size:
        chunk = line.recv(size - len(got))
        if not chunk:
            raise ValueError("cut short")
        got += chunk
    return got


def _try_lock(file: Path) -> int | None:
    """Take the lock without waiting: its open descriptor, or None while another has it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
