"""The bridge's door: who is let in, who is not, and that a genuine push never notices."""

import asyncio
import base64
import json
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.studio import pairing, protocol
from desktop.studio.bridge import listen
from desktop.studio.errors import PortsTaken, StudioError
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.conftest import free_port

NONCE_B = "b" * 64
SID = "a-session"


def url(service: StudioService, host: str = "127.0.0.1") -> str:
    return f"ws://{host}:{service.ports[0]}{protocol.PATH}"


def secret(profile: Path) -> bytes:
    known = pairing.load(profile)
    assert known is not None
    return known.secret


def hello(mac: str, **changes: object) -> str:
    fields = {
        "type": "hello", "nonceB": NONCE_B, "mac": mac, "proto": 1, "plugin": "0", "studio": "t",
        "sid": SID, "placeId": 7, "gameId": 8, "placeName": "Test", "mode": "edit",
    }  # fmt: skip
    return json.dumps({**fields, **changes})


async def read(socket_: ClientConnection) -> dict[str, Any]:
    return dict(json.loads(await asyncio.wait_for(socket_.recv(), 5)))


def dialled(socket_: ClientConnection) -> int:
    return int(socket_.remote_address[1])


async def enter(socket_: ClientConnection, profile: Path) -> dict[str, Any]:
    """Shake hands as the plugin does; returns the answer."""
    challenge = await read(socket_)
    mac = protocol.plugin_mac(secret(profile), dialled(socket_), challenge["nonceA"], NONCE_B, SID)
    await socket_.send(hello(mac))
    answer = await read(socket_)
    return {**answer, "nonceA": challenge["nonceA"]}


async def ended(socket_: ClientConnection) -> bool:
    """Whether the other side closes, rather than answering."""
    try:
        await asyncio.wait_for(socket_.recv(), 5)
    except ConnectionClosed:
        return True
    return False


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
async def test_both_sides_prove_themselves_on_both_loopback_addresses(
    service: StudioService, profile: Path, host: str
) -> None:
    async with connect(url(service, host), proxy=None) as plugin:
        welcome = await enter(plugin, profile)
        assert welcome["type"] == "welcome"
        expected = protocol.app_mac(secret(profile), service.ports[0], welcome["nonceA"], NONCE_B)
        assert welcome["mac"] == expected
        assert [window.place_id for window in service.windows()] == ["7"]
    await builds.until(lambda: not service.windows())


async def test_a_wrong_mac_is_rejected_with_a_sentence(
    service: StudioService, profile: Path
) -> None:
    async with connect(url(service), proxy=None) as plugin:
        await read(plugin)
        await plugin.send(hello("0" * 64))
        answer = await read(plugin)
        assert answer["type"] == "reject"
        assert "Install it again" in answer["human"]
        assert "mac" not in answer
        assert await ended(plugin)
    assert service.windows() == []


async def test_a_squatter_that_hands_the_greeting_on_to_the_app_is_found_out(
    service: StudioService, profile: Path
) -> None:
    """The plugin dials another port; the program there relays everything to ours."""
    async with connect(url(service), proxy=None) as relayed:
        challenge = await read(relayed)
        other = service.ports[0] + 1
        mac = protocol.plugin_mac(secret(profile), other, challenge["nonceA"], NONCE_B, SID)
        await relayed.send(hello(mac))
        assert (await read(relayed))["type"] == "reject"
    assert service.windows() == []


async def test_a_replayed_mac_is_rejected(service: StudioService, profile: Path) -> None:
    async with connect(url(service), proxy=None) as first:
        challenge = await read(first)
    mac = protocol.plugin_mac(secret(profile), service.ports[0], challenge["nonceA"], NONCE_B, SID)
    async with connect(url(service), proxy=None) as second:
        await read(second)
        await second.send(hello(mac))
        assert (await read(second))["type"] == "reject"


async def test_a_plugin_of_another_protocol_is_told_to_be_installed_again(
    service: StudioService, profile: Path
) -> None:
    async with connect(url(service), proxy=None) as plugin:
        challenge = await read(plugin)
        mac = protocol.plugin_mac(
            secret(profile), service.ports[0], challenge["nonceA"], NONCE_B, SID
        )
        await plugin.send(hello(mac, proto=2))
        assert (await read(plugin))["code"] == "version"


@pytest.mark.parametrize("origin", ["https://example.org", "http://127.0.0.1", "null"])
async def test_any_origin_gets_404(service: StudioService, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(url(service), origin=origin, proxy=None):  # type: ignore[arg-type]
            pass
    assert refused.value.response.status_code == 404
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{service.url}/status", headers={"Origin": origin})
    assert answer.status_code == 404
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "host", ["example.org", "localhost.example.org", "127.0.0.1:1", "127.0.0.1.nip.io", ""]
)
async def test_a_foreign_host_gets_404(service: StudioService, host: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{service.url}/status", headers={"Host": host})
    assert answer.status_code == 404


async def test_our_own_host_names_are_answered(service: StudioService) -> None:
    port = service.ports[0]
    async with httpx.AsyncClient(trust_env=False) as client:
        for host in ("127.0.0.1", "localhost", "[::1]", f"127.0.0.1:{port}", f"localhost:{port}"):
            answer = await client.get(f"{service.url}/status", headers={"Host": host})
            assert answer.status_code == 200
            assert set(answer.json()) == {"version", "studio_version"}


async def test_a_body_that_is_too_long_is_refused_before_it_is_read(
    service: StudioService,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.ports[0])
    writer.write(b"POST /control/v1/wake HTTP/1.1\r\nHost: localhost\r\n"
                 b"Content-Length: 1000000000\r\n\r\n")  # fmt: skip
    assert b"413" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_the_control_routes_want_their_token(service: StudioService) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for headers in ({}, {"Authorization": "Bearer " + "0" * 64}):
            answer = await client.post(f"{service.url}/control/v1/wake", headers=headers)
            assert answer.status_code == 404


async def test_a_frame_that_is_too_long_ends_the_connection(
    service: StudioService, profile: Path
) -> None:
    async with connect(url(service), proxy=None) as plugin:
        await enter(plugin, profile)
        await plugin.send("x" * (protocol.FRAME_BYTES + 1))
        assert await ended(plugin)


@pytest.mark.logs("a frame we cannot read")
@pytest.mark.parametrize(
    "frame",
    [
        "not json",
        "[]",
        '{"type":"unheard_of","seq":1}',
        '{"type":"ping"}',
        '{"type":"plan","seq":1,"pushId":"x","planHash":1,"items":{}}',
        '{"type":"log","seq":1,"text":"\\ud800"}',
        "[" * 100_000,
        '{"type":"log","seq":1,"text":' + '{"a":' * 50_000,
    ],
)
async def test_a_malformed_or_deep_frame_ends_only_its_own_connection(
    service: StudioService, profile: Path, frame: str
) -> None:
    async with (
        connect(url(service), proxy=None) as honest,
        connect(url(service), proxy=None) as broken,
    ):
        await enter(honest, profile)
        await enter(broken, profile)
        await broken.send(frame)
        assert await ended(broken)
        await honest.send('{"type":"ping","seq":1}')
        assert (await read(honest))["type"] == "pong"


@pytest.mark.logs("out of order")
async def test_a_frame_that_comes_twice_ends_the_connection(
    service: StudioService, profile: Path
) -> None:
    async with connect(url(service), proxy=None) as plugin:
        await enter(plugin, profile)
        await plugin.send('{"type":"ping","seq":1}')
        await read(plugin)
        await plugin.send('{"type":"ping","seq":1}')
        assert await ended(plugin)


async def test_a_hello_that_is_no_hello_is_rejected(service: StudioService) -> None:
    for text in ("{}", "nonsense", '{"type":"hello"}', "[" * 50_000):
        async with connect(url(service), proxy=None) as plugin:
            await read(plugin)
            await plugin.send(text)
            assert (await read(plugin))["code"] == "malformed"


async def test_a_taken_port_is_passed_over(profile: Path, cache: Cache) -> None:
    known = pairing.load(profile)
    assert known is not None
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", known.ports[0]))
        squatter.listen()
        service = StudioService(cache, SystemClock(), builds.chance(), profile, platform_port=0)
        await service.start()
        assert service.ports == [known.ports[1]]
        await service.stop()


async def test_a_port_that_is_taken_on_ipv6_alone_is_passed_over() -> None:
    first, second = free_port(), free_port()
    with socket.socket(socket.AF_INET6) as squatter:
        squatter.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        squatter.bind(("::1", first))
        squatter.listen()
        sockets = listen([first, second])
    assert {opened.getsockname()[1] for opened in sockets} == {second}
    for opened in sockets:
        opened.close()


async def test_all_ports_taken_says_so_and_names_them() -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = squatter.getsockname()[1]
        with pytest.raises(PortsTaken, match=str(port)) as told:
            listen([port])
    assert "Close other open copies" in str(told.value)


async def test_a_second_bridge_of_the_same_profile_says_that_one_is_running(
    service: StudioService, cache: Cache, profile: Path
) -> None:
    second = StudioService(cache, SystemClock(), builds.chance(), profile, platform_port=0)
    with pytest.raises(StudioError, match="already connected"):
        await second.start()
    await second.stop()
    assert service.ports


async def test_the_secret_is_in_no_repr(profile: Path) -> None:
    known = pairing.load(profile)
    assert known is not None
    assert known.secret.hex() not in repr(known)


async def test_files_with_secrets_are_for_the_user_alone(
    service: StudioService, profile: Path
) -> None:
    for name in ("pairing.json", "bridge.json"):
        assert (profile / name).stat().st_mode & 0o077 == 0


async def test_the_platforms_port_is_answered_too_where_it_is_free(
    profile: Path, cache: Cache
) -> None:
    port = free_port()
    service = StudioService(cache, SystemClock(), builds.chance(), profile, platform_port=port)
    await service.start()
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://localhost:{port}/status")
    assert set(answer.json()) == {"version", "studio_version"}
    await service.stop()


async def test_a_bridge_that_nobody_calls_sets_no_timer(
    service: StudioService, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    set_timer, wanted = loop.call_at, []

    def counted(when: float, *rest: Any, **named: Any) -> asyncio.TimerHandle:
        wanted.append(when)
        return set_timer(when, *rest, **named)

    async with httpx.AsyncClient(trust_env=False) as client:
        await client.get(f"http://127.0.0.1:{service.ports[0]}/")
    await asyncio.sleep(0.2)  # whatever the call set off has ended
    monkeypatch.setattr(loop, "call_at", counted)
    await asyncio.sleep(0.5)
    assert len(wanted) == 1  # the one of this very pause


async def test_a_taken_platform_port_is_no_trouble(profile: Path, cache: Cache) -> None:
    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        port = squatter.getsockname()[1]
        service = StudioService(cache, SystemClock(), builds.chance(), profile, platform_port=port)
        await service.start()
        assert service.ports
        await service.stop()


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1", b"200"), ("example.org", b"404"), ("localhost:1", b"404")]
)
async def test_the_host_of_a_whole_url_counts_in_place_of_the_header(
    service: StudioService, host: str, status: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.ports[0])
    writer.write(f"GET http://{host}/status HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert status in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_a_polled_line_takes_only_signed_requests_and_none_of_them_twice(
    service: StudioService, profile: Path
) -> None:
    async with httpx.AsyncClient(trust_env=False, base_url=f"{service.url}/lb/v1") as client:
        line = (await client.post("/open")).json()["line"]
        opened = (await client.get("/next", params={"line": line, "after": "0"})).json()
        nonce_a = json.loads(opened["frames"][0])["nonceA"]
        port = service.ports[0]
        mac = protocol.plugin_mac(secret(profile), port, nonce_a, NONCE_B, SID)
        sent = await client.post("/msg", params={"line": line}, json={"frames": [hello(mac)]})
        assert sent.status_code == 200
        await builds.until(service.windows)
        key = protocol.line_key(secret(profile), port, nonce_a, NONCE_B)
        body = json.dumps({"frames": ['{"type":"ping","seq":1}']}).encode()
        for wrong in ({}, signed(key, 1, b"another body"), signed("0" * 64, 1, body)):
            answer = await client.post("/msg", params={"line": line}, content=body, headers=wrong)
            assert answer.status_code == 404
        right = signed(key, 1, body)
        answers = [
            await client.post("/msg", params={"line": line}, content=body, headers=right)
            for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [200, 404]
        assert len(service.windows()) == 1


def signed(key: str, seq: int, body: bytes) -> dict[str, str]:
    import hashlib
    import hmac

    words = f"POST|/lb/v1/msg|{seq}|{hashlib.sha256(body).hexdigest()}"
    mac = hmac.new(key.encode(), words.encode(), "sha256").hexdigest()
    return {"X-LB-Seq": str(seq), "X-LB-Mac": mac}


async def test_contents_come_ahead_while_a_push_is_looked_at_and_nothing_else_does(
    service: StudioService, profile: Path
) -> None:
    large = "local x = 1 -- a line\n" * 20_000
    async with connect(url(service), proxy=None) as plugin:
        await enter(plugin, profile)
        blocked = await service.pack(builds.scripts("loadstring('x')()"))
        parcel = await service.pack(builds.scripts("print(1)", large))
        arrived: dict[str, bytes] = {}
        while arrived.keys() < parcel.contents.keys():
            message = await read(plugin)
            assert message["type"] in {"blob", "blobs"}
            for each in message.get("blobs", [message]):
                before = arrived.get(each["sha256"], b"")
                arrived[each["sha256"]] = before + base64.b64decode(each["data"])
        while arrived != parcel.contents:  # the rest of what comes in pieces
            message = await read(plugin)
            arrived[message["sha256"]] += base64.b64decode(message["data"])
        assert blocked.contents.keys() - arrived.keys()


async def test_nothing_comes_ahead_where_nobody_knows_which_window_is_meant(
    service: StudioService, profile: Path
) -> None:
    async with connect(url(service), proxy=None) as first, connect(url(service), proxy=None) as one:
        for number, plugin in enumerate((first, one)):
            challenge = await read(plugin)
            sid = f"{SID} {number}"
            mac = protocol.plugin_mac(
                secret(profile), dialled(plugin), challenge["nonceA"], NONCE_B, sid
            )
            await plugin.send(hello(mac, sid=sid, placeId=number + 1))
            assert (await read(plugin))["type"] == "welcome"
        await builds.until(lambda: len(service.windows()) == 2)
        await service.pack(builds.scripts("print(1)"))
        for plugin in (first, one):
            await plugin.send('{"type": "ping", "seq": 1}')
            assert (await read(plugin))["type"] == "pong"
