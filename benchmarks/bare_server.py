"""The floor of every server in Python: uvicorn, set up like ours, and an answer that is ready.

`python -m benchmarks.bare_server PAGE` prints the port it chose, and then answers every GET with
the bytes of the file PAGE, and every POST with a few of its own.
"""

import asyncio
import sys
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from desktop.school import serve


def application(page: bytes) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        small = scope["path"] == "/small"
        body = b'{"status": "live"}' if small else page
        length = str(len(body)).encode()
        headers = [(b"content-length", length), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


async def run(page: bytes) -> None:
    listener = serve.listen("127.0.0.1", 0)
    config = serve.settings(application(page))
    config.lifespan = "off"
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]).read_bytes()))
