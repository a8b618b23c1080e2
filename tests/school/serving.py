"""`school serve` as a real process."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

COMMAND = [sys.executable, "-m", "desktop"]


class Process:
    """A running server."""

    def __init__(
        self, data: Path, *options: str, root: str = "--json", stdin: int = subprocess.DEVNULL
    ) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, root, "school", "serve", "--data", str(data), *options],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1].decode()
        self.ready: dict[str, Any] = json.loads(line)
        self.client = httpx.Client(base_url=f"{self.ready['url']}/api/v1", timeout=30)

    def sign_in(self, who: dict[str, str]) -> dict[str, str]:
        answer = self.client.post("/auth/login", json=who)
        assert answer.status_code == 200, answer.text
        return {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def end(self) -> tuple[int, bytes]:
        """Wait for the end; the exit code and what else came on standard output."""
        output, _ = self.process.communicate(timeout=30)
        return self.process.returncode, output
