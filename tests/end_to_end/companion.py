"""The program as a person at a shell has it: real processes, their JSON, their exit codes."""

import contextlib
import json
import os
import queue
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Answer:
    """What one command said and how it ended."""

    code: int
    said: str
    """Standard error: the words for a person."""
    told: Any = None
    """Standard output as JSON; None when there was none."""


class Running:
    """A command that goes on, and prints one JSON document a line."""

    def __init__(self, command: list[str | Path], log: Path, environment: dict[str, str]) -> None:
        self.log = log
        self._lines: queue.Queue[tuple[float, str]] = queue.Queue()
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def line(self, timeout: float = PATIENCE_S) -> Any:
        """The next line as JSON."""
        return json.loads(self._next(timeout)[1])

    def until(self, fits: Callable[[Any], bool], timeout: float = PATIENCE_S) -> tuple[float, Any]:
        """The first line that fits, and the moment (time.monotonic) at which it came."""
        end = time.monotonic() + timeout
        while True:
            moment, text = self._next(end - time.monotonic())
            if text.startswith(("{", "[")) and fits(told := json.loads(text)):
                return moment, told

    def words(self, wanted: str, timeout: float = PATIENCE_S) -> None:
        """Wait for a line of words that holds `wanted`."""
        end = time.monotonic() + timeout
        while wanted not in self._next(end - time.monotonic())[1]:
            pass

    def stop(self) -> int:
        """Ask it to end, as a service manager does, and give its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise
        finally:
            self._reader.join(5)
            if self._process.stdout is not None:
                self._process.stdout.close()
        return code

    def _read(self) -> None:
        out: IO[str] | None = self._process.stdout
        for line in out or ():
            self._lines.put((time.monotonic(), line))

    def _next(self, timeout: float) -> tuple[float, str]:
        try:
            return self._lines.get(timeout=max(timeout, 0))
        except queue.Empty:
            said = self.log.read_text(errors="replace")[-4_000:]
            ended = self._process.poll()
            raise AssertionError(f"No line came (exit code {ended}); it said:\n{said}") from None


def bridge_ports() -> dict[str, str]:
    """Two free ports that a bridge may use; the system's own choice may be too high for it."""
    ports: list[int] = []
    while len(ports) < 2:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", random.randint(20_000, 32_000)))
            ports.append(probe.getsockname()[1])
    return {"TOOLBOXAI_BRIDGE_PORTS": " ".join(map(str, ports))}


@dataclass
class Companion:
    """One teacher's computer: a profile and a vault of its own."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def profile(self) -> Path:
        """The folder of the profile."""
        return self.home / "profile"

    @property
    def passphrase(self) -> str:
        """Of the vault."""
        return f"passphrase of {self.home.name}"

    @property
    def _start(self) -> list[str | Path]:
        vault = self.home / "vault"
        return [sys.executable, "-m", "desktop", "--profile", self.profile, "--vault", vault]

    @property
    def _environment(self) -> dict[str, str]:
        # A process of its own that inherits nothing of the tests' window or settings.
        kept = {name: value for name, value in os.environ.items() if "TOOLBOXAI" not in name}
        secret = {"TOOLBOXAI_VAULT_PASSPHRASE": self.passphrase}
        return {**kept, **secret, **self.variables}

    def ask(self, *arguments: str | Path, typed: str = "", code: int | None = 0) -> Answer:
        """Run a command to its end, and hold it to the exit code that was expected, if any."""
        done = subprocess.run(
            [*self._start, "--json", *arguments],
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )
        assert code in (None, done.returncode), (
            f"{arguments} ended with {done.returncode}: {done.stderr}"
        )
        assert "Traceback" not in done.stderr, done.stderr
        told = json.loads(done.stdout) if done.stdout.strip() else None
        return Answer(done.returncode, done.stderr, told)

    def tell(self, *arguments: str | Path, typed: str = "") -> Any:
        """Run a command that has to work, and give its JSON."""
        return self.ask(*arguments, typed=typed).told

    def start(self, *arguments: str | Path) -> Running:
        """Start a command that goes on."""
        self.home.mkdir(parents=True, exist_ok=True)
        name = "-".join(str(part) for part in arguments[:2])
        log = self.home / f"{name}.log"
        return Running([*self._start, "--json", *arguments], log, self._environment)

    def sign_in(self, ready: Any) -> None:
        """Sign in as the teacher whom a school's ready line names."""
        teacher = ready.get("owner") or ready["sample_teacher"]
        who = ["--username", teacher["username"], "--password-stdin"]
        self.tell("login", "--server", ready["url"], *who, typed=teacher["password"] + "\n")
