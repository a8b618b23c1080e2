"""A real school server in a process of its own, to be measured, and the bare one beside it."""

import contextlib
import gzip
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks import crowd
from desktop.wire import API_PREFIX


def fresh_ids(count: int) -> list[str]:
    """Ids that were never used before: they sort by birth, as those of the app do."""
    return [crowd.fresh_id() for _ in range(count)]


SCHOOL = [sys.executable, "-m", "desktop", "school"]


def seed(size: int, data: Path) -> None:
    """Make a new school of `size` records in `data`."""
    command = [*SCHOOL, "seed", "--size", str(size), "--data", str(data)]
    subprocess.run(command, check=True, capture_output=True)


@contextlib.contextmanager
def serving(data: Path) -> Iterator["School"]:
    """A server on the school in `data`."""
    server = subprocess.Popen(
        [*SCHOOL, "serve", "--owner", "--data", str(data)], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        yield School.of(json.loads(server.stdout.readline()))
    finally:
        server.terminate()
        server.communicate(timeout=30)


@contextlib.contextmanager
def served(size: int, folder: Path) -> Iterator["School"]:
    """A server on a new school of `size` records."""
    seed(size, folder / "school")
    with serving(folder / "school") as school:
        yield school


@contextlib.contextmanager
def bare(page: Path) -> Iterator[int]:
    """The port of a bare server that answers with `page`."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.bare_server", str(page)], stdout=subprocess.PIPE
    )
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.terminate()
        server.communicate(timeout=30)


@dataclass
class School:
    """The server that is measured, and its owner's way in."""

    pid: int
    address: tuple[str, int]
    wire: http.client.HTTPConnection
    headers: dict[str, str]
    owner: dict[str, str]
    class_id: str = ""

    @classmethod
    def of(cls, ready: dict[str, Any]) -> "School":
        parts = urlsplit(ready["url"])
        address = (parts.hostname or "", parts.port or 0)
        wire = http.client.HTTPConnection(*address, timeout=120)
        headers = {"Content-Type": "application/json"}
        school = cls(ready["pid"], address, wire, headers, ready["owner"])
        tokens = school.ask("POST", "/auth/login", ready["owner"])
        school.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        school.headers["Accept-Encoding"] = "gzip"
        school.class_id = json.loads(school.lines("?collections=classes&limit=1")[0])["id"]
        return school

    @property
    def url(self) -> str:
        """Where it answers."""
        return "http://{}:{}".format(*self.address)

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        self.wire.request(method, f"{API_PREFIX}{path}", json.dumps(body), self.headers)
        answer = self.wire.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:400]
        told: dict[str, Any] = json.loads(content)
        return told

    def request(self, method: str, path: str, body: str = "") -> str:
        """A request as the crowd sends it."""
        return crowd.request(method, f"{API_PREFIX}{path}", self.headers, body)

    def page(self, cursor: str) -> tuple[bytes, int]:
        """A page as it comes over the wire, and how many records it has."""
        content = self._changes(f"?cursor={quote(cursor)}")
        return content, len(gzip.decompress(content).splitlines()) - 1

    def lines(self, query: str) -> list[bytes]:
        content = self._changes(query)
        return (gzip.decompress(content) if content[:1] == b"\x1f" else content).splitlines()

    def _changes(self, query: str) -> bytes:
        self.wire.request("GET", f"{API_PREFIX}/sync/changes{query}", headers=self.headers)
        return self.wire.getresponse().read()

    def pull(self) -> int:
        """Pull everything, and count the records."""
        cursor, records, more = "", 0, True
        while more:
            *page, last = self.lines(f"?cursor={quote(cursor)}")
            end = json.loads(last)
            cursor, more = end["cursor"], end["has_more"]
            records += len(page)
        return records

    def latest(self) -> str:
        """The cursor behind which there is nothing."""
        cursor: str = json.loads(self.lines("?limit=1")[-1])["cursor"]
        pushed = self.ask("POST", "/sync/push", self.creations(*fresh_ids(1)))
        return f"{cursor.rpartition('.')[0]}.{pushed['results'][0]['version']}"

    def creations(self, *fresh: str) -> dict[str, Any]:
        """A push that creates a pupil for each id."""
        pupil = {
            "collection": "students",
            "kind": "create",
            "patch": {"given_name": "Measured", "class_ids": [self.class_id]},
            "at": "2026-03-02T09:00:00.000Z",
        }
        return {"ops": [{"op_id": f"{name}-op", "id": f"{name}-id", **pupil} for name in fresh]}

    def processor_s(self) -> float:
        """Processor time that the server has taken, where the system tells it."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0

    def memory_mb(self) -> float:
        """Resident memory of the server, where the system tells it."""
        fields = dict(line.split(":", 1) for line in self._proc("status").splitlines())
        return int(fields.get("VmRSS", "0 kB").split()[0]) / 1_024

    def _proc(self, name: str) -> str:
        file = Path(f"/proc/{self.pid}/{name}")
        return file.read_text() if file.exists() else ""
