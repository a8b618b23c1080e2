"""A throw-away PostgreSQL server for tests: reached by a socket in its own private folder only."""

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import sqlalchemy as sa

OWNER = "school"
START_S = 60


def binaries() -> Path | None:
    """The folder of `initdb` and `postgres`; Debian keeps it off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda file: int(file.parts[-3]), default=None)
    return newest.parent if newest else None


class Cluster:
    """A running server. Its files need not survive anything, so it never waits for the disk."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._process: subprocess.Popen[bytes] | None = None
        self._as = _somebody()
        if self._as:
            account = pwd.getpwnam(self._as)
            os.chown(folder, account.pw_uid, account.pw_gid)

    @property
    def data(self) -> Path:
        """The server's own files."""
        return self.folder / "data"

    def make(self) -> None:
        """Make the server's files."""
        self._run("initdb", "--pgdata", str(self.data), "--username", OWNER, "--auth=trust",
                  "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip

    def start(self, **settings: str) -> None:
        """Start it; it ends with this process, whatever becomes of that."""
        wished = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "full_page_writes": "off",
            "shared_buffers": "16MB",
            "max_connections": "120",
            "max_worker_processes": "2",
            "autovacuum": "off",
            "timezone": "Pacific/Auckland",  # far from UTC: nothing may depend on it
        } | settings
        options = [f"--{name}={value}" for name, value in wished.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command("postgres", "-D", str(self.data), *options),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._wait()

    def stop(self, how: str = "immediate") -> None:
        """Stop it: `immediate` like a crash, `fast` in order."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            self._run("pg_ctl", "stop", "--pgdata", str(self.data), "--mode", how)
        process.wait(START_S)

    def url(self, name: str) -> sa.URL:
        """The address of a database."""
        return sa.URL.create(
            "postgresql+psycopg", OWNER, database=name, query={"host": str(self.folder)}
        )

    def execute(self, statement: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement outside any transaction, in a database."""
        with psycopg.connect(
            host=str(self.folder), user=OWNER, dbname=name, autocommit=True
        ) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def fresh(self, template: str = "template0") -> str:
        """A new database as a copy of another one; its name."""
        name = f"t{secrets.token_hex(6)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _wait(self) -> None:
        deadline = time.monotonic() + START_S
        while not self._answers():
            gone = self._process is None or self._process.poll() is not None
            if gone or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, *command: str) -> None:
        done = subprocess.run(self._command(*command), capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stderr}")

    def _command(self, program: str, *arguments: str) -> list[str]:
        command = [str(self._programs / program), *arguments]
        if sys.platform != "linux":
            return command
        # QUIT is PostgreSQL's own signal for stopping at once.
        wrapped = ["setpriv", "--pdeathsig", "QUIT"] if program == "postgres" else ["setpriv"]
        if self._as:
            account = pwd.getpwnam(self._as)
            wrapped += ["--reuid", str(account.pw_uid), "--regid", str(account.pw_gid)]
            wrapped += ["--clear-groups"]
        return [*wrapped, *command]


def _somebody() -> str:
    """Whom to run as: PostgreSQL refuses to run as root."""
    return "nobody" if os.geteuid() == 0 else ""


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A fresh server for the length of a block.

    Raises:
        RuntimeError: there is no PostgreSQL here, or it does not start.
    """
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL's programs were not found on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="tbx-pg-"))
    cluster = Cluster(folder, programs)
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)
