"""Many clients on loopback, in a process of their own that does as little as it can.

`python -m benchmarks.crowd` reads a `Plan` as JSON from standard input and writes a `Told`. Each
client keeps one connection and asks again as soon as it is answered (or after a pause); a general
HTTP client would spend more time on a request than the server it is to measure.
"""

import asyncio
import datetime as dt
import json
import random
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field

from desktop.classroom import ids

FRESH = b"~fresh-id~"
"""Where a request wants an id that was never used before."""

_CHANCE = random.Random()


@dataclass(frozen=True)
class Plan:
    """What is asked, by how many, and for how long. `requests` are whole requests as text."""

    host: str
    port: int
    requests: list[str]
    clients: int
    seconds: float
    pause_s: float = 0.0


@dataclass
class Told:
    """What came of it: the seconds of each answer, and the processor time of the clients."""

    times: list[float] = field(default_factory=list)
    wall_s: float = 0.0
    processor_s: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.wall_s


def started(plan: Plan) -> "subprocess.Popen[bytes]":
    """The clients of `plan`, under way in a process of their own."""
    crowd = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.crowd"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert crowd.stdin is not None
    crowd.stdin.write(json.dumps(asdict(plan)).encode())
    crowd.stdin.close()
    return crowd


def ended(crowd: "subprocess.Popen[bytes]") -> Told:
    """What the clients tell when they are done."""
    assert crowd.stdout is not None
    told = Told(**json.loads(crowd.stdout.read()))
    crowd.wait()
    return told


def ask(plan: Plan) -> Told:
    """Run the clients of `plan` to their end."""
    return ended(started(plan))


def request(
    method: str, path: str, headers: dict[str, str], body: str = "", host: str = "localhost"
) -> str:
    """A whole request as text; an id in its body may be `FRESH`."""
    sized = {"Host": host, "Content-Length": str(_length(body)), **headers}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sized.items())]
    return "\r\n".join(lines) + "\r\n\r\n" + body


def fresh_id() -> str:
    """An id that was never used before, of the kind that the app makes."""
    return ids.new_id(dt.datetime.now(dt.UTC), _CHANCE)


def _length(body: str) -> int:
    return len(_filled(body.encode()))


def _filled(request: bytes) -> bytes:
    while FRESH in request:
        request = request.replace(FRESH, fresh_id().encode(), 1)
    return request


class _Client(asyncio.Protocol):
    """One connection, asking the requests in turn."""

    def __init__(self, plan: Plan, place: int, told: Told, end: float) -> None:
        self._requests = [text.encode() for text in plan.requests]
        self._next = place
        self._pause = plan.pause_s
        self._told = told
        self._end = end
        self._answer = b""
        self._asked = 0.0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        request = _filled(self._requests[self._next % len(self._requests)])
        self._next += 1
        self._asked = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._answer += data
        if not _is_whole(self._answer):
            return
        now = time.perf_counter()
        if not self._answer.startswith(b"HTTP/1.1 2"):
            self.done.set_exception(RuntimeError(self._answer[:400].decode("latin-1")))
            self._transport.close()
            return
        self._told.times.append(now - self._asked)
        self._answer = b""
        if now >= self._end:
            self.done.set_result(None)
            self._transport.close()
        elif self._pause:
            asyncio.get_running_loop().call_later(self._pause, self._ask)
        else:
            self._ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("The server hung up."))


def _is_whole(answer: bytes) -> bool:
    head, separator, body = answer.partition(b"\r\n\r\n")
    if not separator:
        return False
    lines = head.lower().split(b"\r\n")
    length = next(line for line in lines if line.startswith(b"content-length:"))
    return len(body) >= int(length.partition(b":")[2])


async def _run(plan: Plan) -> Told:
    told = Told()
    began = time.perf_counter()
    used = time.process_time()
    loop = asyncio.get_running_loop()
    clients = []
    for place in range(plan.clients):
        client = _Client(plan, place, told, began + plan.seconds)
        await loop.create_connection(lambda client=client: client, plan.host, plan.port)  # type: ignore[misc]
        clients.append(client)
    await asyncio.gather(*(client.done for client in clients))
    told.wall_s = time.perf_counter() - began
    told.processor_s = time.process_time() - used
    return told


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(_run(Plan(**json.load(sys.stdin)))))))
