"""A network in between: every byte arrives half a round trip later, however many there are.

`python -m benchmarks.distance PORT ROUND_TRIP_MS` prints the port on which it stands in for PORT.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator

CHUNK = 1 << 18


@contextlib.contextmanager
def between(port: int, round_trip_ms: float) -> Iterator[int]:
    """The port behind which `port` is as far away as that."""
    command = [sys.executable, "-m", "benchmarks.distance", str(port), str(round_trip_ms)]
    relay = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert relay.stdout is not None
        yield int(relay.stdout.readline())
    finally:
        relay.terminate()
        relay.communicate(timeout=30)


async def _run(port: int, delay_s: float) -> None:
    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(
            _carry(reader, far_writer, delay_s), _carry(far_reader, writer, delay_s)
        )

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay_s: float
) -> None:
    """Hand over what comes, each piece `delay_s` after it came."""
    loop = asyncio.get_running_loop()
    while piece := await reader.read(CHUNK):
        loop.call_later(delay_s, writer.write, piece)
    loop.call_later(delay_s, writer.close)


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1]), float(sys.argv[2]) / 2_000))
