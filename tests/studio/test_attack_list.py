"""The whole list of attacks on the port: none gets in, and a genuine push lands under each."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import WebSocketException

from desktop.studio import pairing, protocol
from desktop.studio.service import StudioService
from desktop.studio.simulator import SimulatedStudio
from tests.studio import builds
from tests.studio.test_bridge import NONCE_B, SID, hello, secret

LAND_S = 30.0
ANSWER_S = 10.0
UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
Attack = Callable[[int, Path], Awaitable[None]]


async def raw(port: int, head: str, body: bytes = b"") -> bytes:
    """Send bytes as they are; returns the first line of the answer, empty when there is none."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(head.encode("latin-1") + body)
        async with asyncio.timeout(ANSWER_S):
            return await reader.readline()
    except (ConnectionError, TimeoutError):
        return b""
    finally:
        writer.close()


def is_refused(answer: bytes) -> bool:
    return answer == b"" or answer.split(b" ")[1] in {b"400", b"403", b"404", b"405", b"413"}


async def foreign_host(port: int, _profile: Path) -> None:
    """As DNS rebinding looks: a page's own name leads to this computer."""
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1.evil.example",
        "localhost.",
        "",
    ):
        head = f"GET {protocol.PATH} HTTP/1.1\r\nHost: {host}\r\n{UPGRADE}\r\n"
        assert is_refused(await raw(port, head)), host
        assert is_refused(await raw(port, f"GET /status HTTP/1.1\r\nHost: {host}\r\n\r\n")), host


async def any_origin(port: int, _profile: Path) -> None:
    for origin in ("https://evil.example", "null", f"http://127.0.0.1:{port}", "", "file://"):
        head = (
            f"GET {protocol.PATH} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n{UPGRADE}\r\n"
        )
        assert is_refused(await raw(port, head)), origin


async def wrong_mac(port: int, _profile: Path) -> None:
    async with connect(f"ws://127.0.0.1:{port}{protocol.PATH}", proxy=None) as socket:
        await socket.recv()
        await socket.send(hello("0" * 64))
        assert json.loads(await socket.recv())["type"] == "reject"


async def replayed_mac(port: int, profile: Path) -> None:
    url = f"ws://127.0.0.1:{port}{protocol.PATH}"
    async with connect(url, proxy=None) as first:
        nonce_a = json.loads(await first.recv())["nonceA"]
    mac = protocol.plugin_mac(secret(profile), port, nonce_a, NONCE_B, SID)
    async with connect(url, proxy=None) as second:
        await second.recv()
        await second.send(hello(mac))
        assert json.loads(await second.recv())["type"] == "reject"


async def malformed_greetings(port: int, _profile: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    for text in ("", "{", "null", "[]", '{"type":"hello"}', deep, '{"type":"plan","seq":1}', "\0"):
        with contextlib.suppress(WebSocketException):  # closed before we could end politely
            async with connect(f"ws://127.0.0.1:{port}{protocol.PATH}", proxy=None) as socket:
                await socket.recv()
                await socket.send(text)
                assert json.loads(await socket.recv())["type"] == "reject", text[:20]


async def slow_head(port: int, _profile: Path) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with contextlib.suppress(ConnectionError):
        for byte in b"GET /status HTTP/1.1\r\n":
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.005)
    assert not reader.at_eof() or not await reader.read()
    writer.close()


async def huge_body(port: int, _profile: Path) -> None:
    head = "POST /control/v1/wake HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n"
    assert is_refused(await raw(port, head.format(1_000_000_000), b"x" * 100_000))
    assert is_refused(await raw(port, head.format("9" * 400)))
    assert is_refused(await raw(port, head.format(-1)))


async def crooked_paths(port: int, _profile: Path) -> None:
    for target in (
        "/lb/v1/../../control/v1/wake", "//control/v1/wake", "/control/v1/%2e%2e/wake",
        "/lb/v1/next?line=../../bridge.json", "/%00", "/..%2f..%2fetc/passwd",
        "\\control\\v1\\wake",
        "http://evil.example/status", f"http://evil.example:{port}/status", "*", "status",
        "/lb/v1/blob/" + "a" * 64, "/lb/v1/next?line=" + "a" * 60_000, "/" + "a/" * 20_000,
    ):  # fmt: skip
        for method in ("GET", "POST", "OPTIONS", "CONNECT", "TRACE"):
            head = f"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
            answer = await raw(port, head)
            assert is_refused(answer), (method, target[:60], answer)


async def unsigned_lines(port: int, _profile: Path) -> None:
    """Lines without stream clients, of nobody: more than there is room for."""
    for _ in range(60):
        head = (
            f"POST {protocol.PREFIX}/open HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
        )
        await raw(port, head)


async def ten_thousand_connections(port: int, _profile: Path) -> None:
    """So many in all; as many at once as a computer's file handles allow a test."""
    crowd: list[asyncio.StreamWriter] = []
    for _ in range(10_000):
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            crowd.append(writer)
        if len(crowd) > 200:
            crowd.pop(0).close()
    for writer in crowd:
        writer.close()


ATTACKS: tuple[Attack, ...] = (
    foreign_host, any_origin, wrong_mac, replayed_mac, malformed_greetings, slow_head, huge_body,
    crooked_paths, unsigned_lines, ten_thousand_connections,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
async def test_an_attack_gets_nobody_in_and_stalls_no_push(
    service: StudioService, profile: Path, attack: Attack
) -> None:
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        (before,) = service.windows()
        attacking = asyncio.create_task(attack(service.ports[0], profile))
        for number in (1, 2):
            push_id = await service.queue(builds.lesson(f"print({number})"))
            assert (await service.settled(push_id, LAND_S)).state == "landed"
        await attacking
        push_id = await service.queue(builds.lesson("print(3)"))
        assert (await service.settled(push_id, LAND_S)).state == "landed"
        assert service.windows() == [before]
        assert studio.complaints == []


async def test_a_program_that_squats_the_first_port_keeps_no_push_away(
    profile: Path, service: StudioService
) -> None:
    """It plays the app; the plugin believes no word of it and goes on to the next port."""
    heard: list[str] = []

    async def squat(socket: ServerConnection) -> None:
        await socket.send('{"type":"challenge","nonceA":"' + "00" * 32 + '"}')
        heard.append(str(await socket.recv()))
        await socket.send('{"type":"welcome","mac":"' + "00" * 32 + '"}')
        heard.extend([str(text) async for text in socket])

    known = pairing.load(profile)
    assert known is not None
    squatted = next(port for port in known.ports if port != service.ports[0])
    # The one that is squatted comes first on the plugin's list.
    pairing.save(profile, pairing.Pairing(
        install_id=known.install_id, secret=known.secret, ports=(squatted, service.ports[0]),
        plugin_path=known.plugin_path,
    ))  # fmt: skip
    async with serve(squat, "127.0.0.1", squatted), SimulatedStudio(profile) as studio:
        await studio.until("ready", LAND_S)
        push_id = await service.queue(builds.lesson())
        assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert [json.loads(text)["type"] for text in heard] == ["hello"]
    assert known.secret.hex() not in heard[0]
