"""Two server processes on one PostgreSQL, joined by a service that speaks Pusher's protocol."""

import asyncio
import contextlib
import json
import random
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from desktop.classroom.instants import SystemClock
from desktop.school.realtime.service import RealtimeUnreadable, ServiceSettings, read
from desktop.sync.realtime import Event, RealtimeClient
from desktop.wire.capabilities import Realtime
from desktop.wire.realtime import AuthResponse
from tests.school.serving import Process

SETTINGS = """app_id = "1"
key = "{key}"
secret = "{secret}"
host = "127.0.0.1"
port = {port}
tls = false
"""


class Site:
    """The service, and two servers of one school that use it; each a process of its own."""

    def __init__(self, folder: Path, database: sa.URL) -> None:
        self._folder = folder
        self._options = ("--database-url", database.render_as_string(hide_password=False))
        self.service = Process(folder / "service", "--empty")
        self.port = httpx.URL(self.service.ready["url"]).port
        pair = json.loads((folder / "service" / "secrets.json").read_bytes())["realtime"]
        self.secret = pair["secret"]
        self._settings = SETTINGS.format(port=self.port, **pair)
        self.servers = [self._server("one"), self._server("two")]

    def _server(self, name: str) -> Process:
        data = self._folder / name
        data.mkdir(mode=0o700)
        file = data / "realtime.toml"
        file.touch(0o600)
        file.write_text(self._settings)
        if name != "one":  # the servers of a school share its keys
            shutil.copy(self._folder / "one" / "secrets.json", data / "secrets.json")
        return Process(data, *self._options, "--empty")

    def restart_service(self) -> None:
        self.service = Process(self._folder / "service", "--port", str(self.port))

    def end(self) -> list[str]:
        """Stop everything; what the servers wrote to their logs."""
        for process in [self.service, *self.servers]:
            process.process.send_signal(signal.SIGTERM)
        self.service.end()
        return [server.process.communicate(timeout=60)[1].decode() for server in self.servers]


@pytest.fixture
def site(tmp_path: Path, cluster: Any, migrated: str) -> Iterator[Site]:
    name = cluster.fresh(migrated)
    made = Site(tmp_path, cluster.url(name))
    yield made
    for process in [made.service, *made.servers]:
        if process.process.poll() is None:
            process.process.kill()
        process.process.communicate()
        process.client.close()
    cluster.drop(name)


class Listener:
    """Our own client: told where by one server, signed for by another."""

    def __init__(self, teacher: dict[str, Any], first: Process, second: Process) -> None:
        self._first, self._second = first, second
        self.headers = {"Authorization": f"Bearer {teacher['access_token']}"}
        self.channel = f"private-user-{teacher['user']['id']}"
        self.heard: list[Event] = []
        self.live: list[bool] = []

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        client = RealtimeClient(
            self._find,
            [self.channel],
            authorise=self._sign,
            on_event=self.heard.append,
            on_live=self.live.append,
            clock=SystemClock(),
            chance=random.Random(1),
        )
        running = asyncio.create_task(client.run())
        try:
            yield
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running

    async def _find(self) -> Realtime:
        told = await asyncio.to_thread(self._first.client.get, "/capabilities")
        return Realtime.model_validate(told.json()["realtime"])

    async def _sign(self, socket_id: str, channel: str) -> AuthResponse:
        body = {"socket_id": socket_id, "channel_name": channel}
        answer = await asyncio.to_thread(
            self._second.client.post, "/realtime/auth", json=body, headers=self.headers
        )
        return AuthResponse.model_validate(answer.json())

    def versions(self) -> list[int]:
        return [event.data["version"] for event in self.heard if event.name == "sync.changed"]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(90):
        while not holds():  # noqa: ASYNC110  (other processes tell no other way)
            await asyncio.sleep(0.02)


def push(server: Process, headers: dict[str, str], record_id: str) -> int:
    op = {
        "op_id": record_id,
        "collection": "classes",
        "id": record_id,
        "kind": "create",
        "patch": {"name": record_id},
        "at": "2026-03-02T09:00:00Z",
    }
    answer = server.client.post("/sync/push", json={"ops": [op]}, headers=headers)
    [result] = answer.json()["results"]
    assert result["outcome"] == "applied", result
    return int(result["version"])


def join(server: Process) -> dict[str, Any]:
    body = {
        "invite_code": server.ready["invite_codes"]["teacher"],
        "username": "ada",
        "password": "ten letters and more",
    }
    joined: dict[str, Any] = server.client.post("/auth/register", json=body).json()
    return joined


async def test_a_push_to_either_server_reaches_a_client_also_after_the_service_was_gone(
    site: Site,
) -> None:
    one, two = site.servers
    assert one.ready["invite_codes"] == two.ready["invite_codes"]
    listener = Listener(await asyncio.to_thread(join, one), one, two)
    async with listener.connected():
        await until(lambda: listener.live == [True])
        for number, server in enumerate([one, two, one]):
            version = await asyncio.to_thread(push, server, listener.headers, f"class{number}")
            await until(lambda version=version: version in listener.versions())  # type: ignore[misc]
        site.service.process.kill()
        site.service.end()
        # Nothing waits for the service, and health says what is the matter.
        version = await asyncio.to_thread(push, two, listener.headers, "meanwhile")
        await until(lambda: two.client.get("/health/ready").json()["checks"]["realtime"] != "ok")
        await asyncio.to_thread(site.restart_service)
        await until(lambda: listener.live[-1] and len(listener.live) > 1)
        last = await asyncio.to_thread(push, two, listener.headers, "afterwards")
        await until(lambda: last in listener.versions())
        assert version < last
    logs = await asyncio.to_thread(site.end)
    assert sum(log.count("realtime.service_away") for log in logs) == 1
    assert site.secret not in "".join(logs)


def write(folder: Path, text: str, mode: int = 0o600) -> Path:
    file = folder / "realtime.toml"
    file.write_text(text)
    file.chmod(mode)
    return folder


def test_clients_and_servers_may_reach_a_service_by_different_addresses(tmp_path: Path) -> None:
    text = 'app_id = "7"\nkey = "k"\nsecret = "s"\nhost = "ws-eu.example"\n'
    found = read(write(tmp_path, text + 'api_host = "api-eu.example"\n'))
    assert isinstance(found, ServiceSettings)
    assert found.address() == Realtime(key="k", host="ws-eu.example", port=443, tls=True)
    assert (found.api_host, found.api_port) == ("api-eu.example", None)


def test_the_secret_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path, 'app_id = "7"\nkey = "k"\nhost = "h"\n', mode=0o644)
    with pytest.raises(RealtimeUnreadable, match="look at secret"):
        read(folder)
    monkeypatch.setenv("TOOLBOXAI_REALTIME_SECRET", "from outside")
    found = read(folder)
    assert found is not None
    assert found.secret == "from outside"


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, SETTINGS.format(port=1, key="k", secret="s"), mode=0o640)
    with pytest.raises(RealtimeUnreadable, match="other people"):
        read(folder)


def test_settings_that_do_not_fit_are_named_without_the_secret(tmp_path: Path) -> None:
    text = SETTINGS.format(port=70_000, key="k", secret="do not tell")
    with pytest.raises(RealtimeUnreadable, match="look at port") as told:
        read(write(tmp_path, text))
    assert "do not tell" not in str(told.value)


def test_a_school_without_the_file_speaks_for_itself(tmp_path: Path) -> None:
    assert read(tmp_path) is None
