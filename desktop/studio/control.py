"""How another command of the same profile reaches the bridge that is already running.

A lock says that one is running; a file that only this user may read says where, and holds the
token that its requests must carry. The pushes themselves travel through the outbox on disk.
"""

import asyncio
import hmac
import json
import os
import secrets
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import filelock
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desktop import private_files
from desktop.errors import CompanionError
from desktop.sentences import say
from desktop.studio.connection import Window
from desktop.studio.errors import StudioError

FILE = "bridge.json"
_LOCK = "bridge.lock"
_PREFIX = "/control/v1"
_ANSWER_S = 40.0


class Service(Protocol):
    """What the running bridge does for other commands."""

    def windows(self) -> list[Window]:
        """The connected Studio windows."""

    @property
    def last_refusal(self) -> str:
        """Why the last program that knocked was not let in; empty when none was refused."""

    @property
    def road_problem(self) -> CompanionError | None:
        """Why nothing can go in through Studio's own server; None where that is not used."""

    async def wake(self) -> None:
        """Look at the outbox again."""

    async def undo(self, push_id: str) -> None:
        """Take a push back."""


class Control:
    """The running bridge's side."""

    def __init__(self, folder: Path, service: Service) -> None:
        self._folder = folder
        self._service = service
        self._token = secrets.token_hex(32)
        self._lock = filelock.FileLock(folder / _LOCK)

    def claim(self) -> None:
        """Be the one bridge of this profile.

        Raises:
            StudioError: another one is running.
        """
        try:
            self._lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise StudioError(
                say("The Companion is already connected to Roblox Studio from another window."),
                mend=say("Use that one, or close it first."),
            ) from error

    def announce(self, ports: Sequence[int]) -> None:
        """Tell other commands of this user where to find us."""
        content = {"pid": os.getpid(), "ports": list(ports), "token": self._token}
        private_files.write(self._folder / FILE, json.dumps(content).encode())

    def withdraw(self) -> None:
        """Stop being found."""
        if self._lock.is_locked:
            (self._folder / FILE).unlink(missing_ok=True)
            self._lock.release()

    def routes(self) -> list[Route]:
        """The routes that other commands call."""
        return [
            Route(f"{_PREFIX}/windows", self._windows),
            Route(f"{_PREFIX}/refusal", self._refusal),
            Route(f"{_PREFIX}/road", self._road),
            Route(f"{_PREFIX}/wake", self._wake, methods=["POST"]),
            Route(f"{_PREFIX}/undo/{{push_id}}", self._undo, methods=["POST"]),
        ]

    def _is_known(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())

    async def _windows(self, request: Request) -> Response:
        if not self._is_known(request):
            return Response(status_code=404)
        return JSONResponse([window.__dict__ for window in self._service.windows()])

    async def _refusal(self, request: Request) -> Response:
        if not self._is_known(request):
            return Response(status_code=404)
        return JSONResponse([self._service.last_refusal])

    async def _road(self, request: Request) -> Response:
        if not self._is_known(request):
            return Response(status_code=404)
        problem = self._service.road_problem
        return JSONResponse([str(problem)] if problem is not None else [])

    async def _wake(self, request: Request) -> Response:
        if not self._is_known(request):
            return Response(status_code=404)
        await self._service.wake()
        return JSONResponse([])

    async def _undo(self, request: Request) -> Response:
        if not self._is_known(request):
            return Response(status_code=404)
        try:
            await self._service.undo(request.path_params["push_id"])
        except CompanionError as error:
            return JSONResponse({"error": str(error), "exit_code": error.exit_code}, 409)
        return JSONResponse([])


@dataclass(frozen=True)
class RunningBridge:
    """The other commands' side: a bridge of this profile that runs elsewhere."""

    port: int
    token: str

    def __repr__(self) -> str:
        """Without the token, which must not reach a log."""
        return f"RunningBridge(port={self.port})"

    async def windows(self) -> list[dict[str, Any]]:
        """The Studio windows that are connected to it."""
        return await self._ask("GET", "/windows")

    async def refusal(self) -> str:
        """Why it let the last program that knocked not in; empty when none was refused."""
        return "".join(str(each) for each in await self._ask("GET", "/refusal"))

    async def road_problem(self) -> str:
        """Why nothing goes in through Studio's own server there; empty when nothing is wrong."""
        return "".join(str(each) for each in await self._ask("GET", "/road"))

    async def wake(self) -> None:
        """Have it look at the outbox again."""
        await self._ask("POST", "/wake")

    async def undo(self, push_id: str) -> None:
        """Have it take a push back.

        Raises:
            CompanionError: it says why not.
        """
        await self._ask("POST", f"/undo/{push_id}")

    async def _ask(self, method: str, path: str) -> list[dict[str, Any]]:
        return await asyncio.to_thread(self._request, method, path)

    def _request(self, method: str, path: str) -> list[dict[str, Any]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{_PREFIX}{path}",
            method=method,
            headers={"Authorization": f"Bearer {self.token}"},
        )
        # No proxy: a proxy set for the school's network knows nothing of this computer.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_ANSWER_S) as response:
                return list(json.load(response))
        except urllib.error.HTTPError as error:
            with error:
                raise _as_said(error) from error


def _as_said(error: urllib.error.HTTPError) -> CompanionError:
    try:
        said = json.load(error)
        refusal = CompanionError(str(said["error"]))
        refusal.exit_code = int(said["exit_code"])
    except (ValueError, KeyError, TypeError):
        return StudioError(say("The running Companion did not accept the request."))
    return refusal


def is_claimed(folder: Path) -> bool:
    """Whether some process is the bridge of this profile; nothing is written for the question."""
    file = folder / _LOCK
    if not file.exists():
        return False
    try:
        with filelock.FileLock(file).acquire(timeout=0):
            return False
    except filelock.Timeout:
        return True


def running(folder: Path) -> RunningBridge | None:
    """The bridge of this profile that runs in another process, or None."""
    lock = filelock.FileLock(folder / _LOCK)
    try:
        with lock.acquire(timeout=0):
            return None
    except filelock.Timeout:
        pass  # somebody holds it, so somebody runs
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return RunningBridge(port=int(told["ports"][0]), token=str(told["token"]))
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
