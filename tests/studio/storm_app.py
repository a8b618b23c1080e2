"""The app of a storm, as a process that can be killed: python -m tests.studio.storm_app FOLDER.

Commands come as JSON lines on standard input, each answered by one line: `queue` (a model file
in base64), `push`, `undo`, `windows`. The first line says that it runs.
"""

import asyncio
import base64
import json
import random
import sys
from pathlib import Path
from typing import Any

from desktop import logs
from desktop.classroom.instants import SystemClock
from desktop.errors import CompanionError
from desktop.storage.cache import Cache
from desktop.studio import rbxmx_reader
from desktop.studio.service import StudioService


async def serve(folder: Path) -> None:
    """Run the Studio road until nobody gives commands any more."""
    clock = SystemClock()
    cache = Cache.open(folder / "account", clock=clock, chance=random.SystemRandom())
    service = StudioService(cache, clock, random.Random(), folder / "profile", platform_port=0)
    await service.start()
    print(json.dumps({"running": True}), flush=True)
    try:
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(await answer(service, json.loads(line))), flush=True)
    finally:
        await service.stop()
        cache.close()


async def answer(service: StudioService, command: dict[str, Any]) -> Any:
    """Do what a command says."""
    match command["do"]:
        case "queue":
            model = rbxmx_reader.read(base64.b64decode(command["model"]))
            build = rbxmx_reader.build_of(command["title"], model, "ab" * 32)
            return await service.queue(await service.pack(build) if command["ahead"] else build)
        case "push":
            push = service.push(command["id"])
            return {"state": push.state, "reason": push.reason}
        case "undo":
            try:
                await service.undo(command["id"])
            except CompanionError as problem:
                return {"kind": type(problem).__name__, "problem": str(problem)}
            return {"kind": "", "problem": ""}
        case "windows":
            return len(service.windows())
        case unknown:
            raise ValueError(unknown)


if __name__ == "__main__":
    logs.join()
    asyncio.run(serve(Path(sys.argv[1])))
