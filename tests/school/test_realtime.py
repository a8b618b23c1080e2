"""The embedded realtime endpoint: Pusher protocol 7 with a plain WebSocket client."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import ClientConnection, connect

from desktop.school.realtime import endpoint, protocol


class Client:
    """A client that has said hello."""

    def __init__(self, socket: ClientConnection, hello: dict[str, Any]) -> None:
        self.socket = socket
        self.hello = json.loads(hello["data"])
        self.socket_id: str = self.hello["socket_id"]

    async def send(self, event: str, data: object, channel: str = "") -> None:
        frame = {"event": event, "data": data} | ({"channel": channel} if channel else {})
        await self.socket.send(json.dumps(frame))

    async def next(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
        if isinstance(frame.get("data"), str):
            frame["data"] = json.loads(frame["data"])
        return frame

    async def poked(self, version: int) -> list[dict[str, Any]]:
        """The pokes up to the one that tells of `version`; older commits may poke late."""
        frames = [await self.next()]
        while frames[-1]["data"]["version"] < version:
            frames.append(await self.next())
        return frames

    async def rest(self, seconds: float = 0.3) -> list[dict[str, Any]]:
        """What else comes within some seconds."""
        frames = []
        with contextlib.suppress(TimeoutError):
            while True:
                frames.append(json.loads(await asyncio.wait_for(self.socket.recv(), seconds)))
        return frames

    async def subscribe(self, person: Any, channel: str) -> dict[str, Any]:
        data: dict[str, Any] = {"channel": channel}
        if person is not None:
            body = {"socket_id": self.socket_id, "channel_name": channel}
            answer = await asyncio.to_thread(person.post, "/realtime/auth", body)
            data |= answer.json()
        await self.send("pusher:subscribe", data)
        return await self.next()


Joining = Callable[..., AbstractAsyncContextManager[Client]]


@pytest.fixture
def joining(served: Any) -> Joining:
    @asynccontextmanager
    async def joined(query: str = "?protocol=7&client=test&version=1") -> AsyncIterator[Client]:
        told = (await asyncio.to_thread(served.client.get, "/capabilities")).json()["realtime"]
        assert told["tls"] is False
        url = f"ws://{told['host']}:{told['port']}/app/{told['key']}{query}"
        async with connect(url) as socket:
            yield Client(socket, json.loads(await socket.recv()))

    return joined


async def test_hello_names_the_socket_and_the_activity_timeout(joining: Joining) -> None:
    async with joining() as client:
        assert client.hello["activity_timeout"] == 120
        assert protocol.is_socket_id(client.socket_id)
        await client.send("pusher:ping", {})
        assert (await client.next())["event"] == "pusher:pong"


async def test_a_commit_pokes_every_teacher_whom_it_concerns_and_nobody_else(
    joining: Joining, ada: Any, ben: Any, op: Any
) -> None:
    async with joining() as hers, joining() as his:
        for client, person in ((hers, ada), (his, ben)):
            answer = await client.subscribe(person, f"private-user-{person.id}")
            assert answer["event"] == "pusher_internal:subscription_succeeded"
        [version] = await asyncio.to_thread(
            ada.apply, op("create", "students", "new", {"given_name": "N", "class_ids": ["math"]})
        )
        poke = (await hers.poked(version))[-1]
        assert (poke["event"], poke["data"]) == ("sync.changed", {"version": version})
        assert poke["channel"] == f"private-user-{ada.id}"
        assert all(json.loads(frame["data"])["version"] < version for frame in await his.rest())


async def test_many_commits_at_once_become_few_pokes(joining: Joining, ada: Any, op: Any) -> None:
    async with joining() as client:
        await client.subscribe(ada, f"private-user-{ada.id}")
        ops = [op("create", "classes", f"c{n}", {"name": "C"}) for n in range(300)]
        versions = await asyncio.to_thread(ada.apply, *ops)
        pokes = await client.poked(versions[-1])
        assert pokes[-1]["data"]["version"] == versions[-1]
        assert len(pokes) <= 2
        assert await client.rest() == []


async def test_who_gains_or_loses_a_class_is_poked(
    joining: Joining, ada: Any, ben: Any, op: Any
) -> None:
    math = next(record for record in ada.pull() if record["id"] == "math")
    async with joining() as client:
        await client.subscribe(ben, f"private-user-{ben.id}")
        version = math["version"]
        for teachers in ([ada.id, ben.id], [ada.id]):
            change = op("update", "classes", "math", {"teacher_ids": teachers}, version)
            [version] = await asyncio.to_thread(ada.apply, change)
            assert await client.poked(version)


async def test_only_the_own_channel_and_own_classes_are_signed_for(ada: Any, ben: Any) -> None:
    for channel in (
        f"private-user-{ben.id}",
        "presence-class-art",
        "presence-class-nowhere",
        "private-anything",
        "",
    ):
        answer = ada.post("/realtime/auth", {"socket_id": "1.2", "channel_name": channel})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), channel
    forged = {"socket_id": "1.2:presence-class-art:x", "channel_name": f"private-user-{ada.id}"}
    assert ada.post("/realtime/auth", forged).status_code == 422


async def test_a_wrong_or_borrowed_signature_lets_nobody_in(joining: Joining, ada: Any) -> None:
    channel = f"private-user-{ada.id}"
    async with joining() as one, joining() as other:
        body = {"socket_id": one.socket_id, "channel_name": channel}
        borrowed = (await asyncio.to_thread(ada.post, "/realtime/auth", body)).json()["auth"]
        for auth in ("", "key:00", borrowed, "ключ"):
            await other.send("pusher:subscribe", {"channel": channel, "auth": auth})
            refusal = await other.next()
            assert refusal["event"] == "pusher:subscription_error"
            assert refusal["data"]["status"] == 401


async def test_a_presence_channel_tells_who_comes_and_goes(
    joining: Joining, ada: Any, ben: Any, op: Any
) -> None:
    math = next(record for record in ada.pull() if record["id"] == "math")
    share = op("update", "classes", "math", {"teacher_ids": [ada.id, ben.id]}, math["version"])
    await asyncio.to_thread(ada.apply, share)
    channel = "presence-class-math"
    async with joining() as hers:
        answer = await hers.subscribe(ada, channel)
        assert answer["data"]["presence"] == {
            "count": 1,
            "ids": [ada.id],
            "hash": {ada.id: {"name": "ada"}},
        }
        async with joining() as his:
            answer = await his.subscribe(ben, channel)
            assert answer["data"]["presence"]["count"] == 2
            added = await hers.next()
            assert added["event"] == "pusher_internal:member_added"
            assert added["data"] == {"user_id": ben.id, "user_info": {"name": "ben"}}
            await his.send("client-request_leaderboard", {"n": 5}, channel)
            asked = await hers.next()
            assert (asked["event"], asked["data"]) == ("client-request_leaderboard", {"n": 5})
            assert asked["user_id"] == ben.id
            await his.send("pusher:unsubscribe", {"channel": channel})
            removed = await hers.next()
            assert removed["event"] == "pusher_internal:member_removed"
            assert removed["data"] == {"user_id": ben.id}


async def test_client_events_come_from_members_only(joining: Joining, ada: Any) -> None:
    async with joining() as inside, joining() as outside:
        await inside.subscribe(ada, "presence-class-math")
        await outside.send("client-shout", {}, "presence-class-math")
        assert (await outside.next())["data"]["code"] == 4301
        await outside.subscribe(None, "school-announcements")
        await outside.send("client-shout", {}, "school-announcements")
        assert (await outside.next())["data"]["code"] == 4301
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(inside.socket.recv(), 0.2)


async def test_a_flood_of_client_events_is_refused(joining: Joining, ada: Any) -> None:
    async with joining() as client:
        await client.subscribe(ada, "presence-class-math")
        for _ in range(11):
            await client.send("client-shout", {}, "presence-class-math")
        assert (await client.next())["data"]["code"] == 4301


async def test_an_unknown_key_and_an_old_protocol_are_refused_with_their_codes(
    served: Any, joining: Joining
) -> None:
    key = served.school.secrets.realtime_key
    for path, code in (("/app/wrong?protocol=7", 4001), (f"/app/{key}?protocol=3", 4007)):
        async with connect(f"ws://127.0.0.1:{served.port}{path}") as socket:
            error = json.loads(await socket.recv())
            assert (error["event"], error["data"]["code"]) == ("pusher:error", code)
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await socket.recv()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == code


@pytest.mark.parametrize(
    "text", ["no json", "[]", '{"event": 5}', '{"event":"what"}', '{"event":"pusher:subscribe"}']
)
async def test_a_message_that_makes_no_sense_is_answered_and_survived(
    joining: Joining, text: str
) -> None:
    async with joining() as client:
        await client.socket.send(text)
        assert (await client.next())["event"] == "pusher:error"
        await client.send("pusher:ping", {})
        assert (await client.next())["event"] == "pusher:pong"


async def test_a_message_that_is_too_large_is_not_taken(joining: Joining) -> None:
    async with joining() as client:
        await client.send("pusher:ping", "x" * 11_000)
        error = await client.next()
        assert error["event"] == "pusher:error"


async def test_a_silent_client_is_pinged_and_then_let_go(
    joining: Joining, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint.protocol, "ACTIVITY_TIMEOUT_S", 0.1)
    monkeypatch.setattr(endpoint.protocol, "PONG_TIMEOUT_S", 0.2)
    async with joining() as client:
        assert (await client.next())["event"] == "pusher:ping"
        await client.send("pusher:pong", {})
        assert (await client.next())["event"] == "pusher:ping"
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await client.next()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4201


async def test_a_page_of_another_site_cannot_connect(served: Any) -> None:
    url = f"ws://127.0.0.1:{served.port}/app/{served.school.secrets.realtime_key}"
    with pytest.raises(websockets.InvalidStatus):
        async with connect(url, origin="https://evil.example"):  # type: ignore[arg-type]
            pass
