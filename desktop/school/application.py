"""The ASGI application: the routes of the Companion API on one school."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI
from starlette.routing import WebSocketRoute

from desktop import __version__
from desktop.school import document, problems, upkeep
from desktop.school.guard import Guard
from desktop.school.realtime import endpoint, trigger
from desktop.school.routes import (
    about,
    audit,
    auth,
    billing,
    classes,
    generation,
    privacy,
    providers,
    realtime,
    sync,
    telemetry,
)
from desktop.school.school import School
from desktop.wire import API_PREFIX


def build(school: School) -> FastAPI:
    """The application that serves `school`."""

    @contextlib.asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        tidying = asyncio.create_task(upkeep.run(school))
        try:
            async with (
                school.channels.running(),
                school.workshop.running(),
                school.commits.running(),
            ):
                yield
        finally:
            tidying.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await tidying

    application = FastAPI(
        title="ToolBoxAI Companion API",
        version=__version__,
        openapi_url=f"{API_PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        lifespan=life,
    )
    application.state.school = school
    problems.install(application)
    # The busiest first: a request is compared with one address after the other.
    parts = (
        sync, auth, about, classes, generation, providers, telemetry, realtime, privacy, audit,
        billing,
    )  # fmt: skip
    for part in parts:
        application.include_router(part.router, prefix=API_PREFIX)
    application.add_api_route("/health/live", about.live, include_in_schema=False)
    application.add_api_route("/health/ready", about.ready, include_in_schema=False)
    application.add_api_route("/metrics", about.metrics, include_in_schema=False)
    for path, door in (("events", trigger.trigger), ("batch_events", trigger.trigger_batch)):
        application.add_api_route(
            f"/apps/{{app_id}}/{path}", door, methods=["POST"], include_in_schema=False
        )
    application.router.routes.append(WebSocketRoute("/app/{key}", endpoint.connected))
    application.add_middleware(sync.PushDoor, school=school)
    application.add_middleware(
        Guard, names=school.names, slow_s=school.slow_s, metrics=school.metrics
    )
    document.install(application)
    return application
