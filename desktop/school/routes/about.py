"""What the server is and whether it is well: capabilities and health, without signing in."""

import sqlalchemy as sa
from fastapi import APIRouter, Request, Response

from desktop import __version__
from desktop.school import health, store
from desktop.school.asking import AtSchool, address_of
from desktop.school.metrics import CONTENT_TYPE, is_of_this_machine
from desktop.school.problems import Fault, answers
from desktop.school.school import LOOPBACK_NAMES
from desktop.school.tables import job
from desktop.wire.capabilities import Capabilities, Realtime

router = APIRouter(tags=["about"])
FEATURES = [
    "sync",
    "push",
    "realtime",
    "telemetry",
    "sessions",
    "register",
    "figures",
    "generation",
    "privacy",
    "billing",
]


@router.get("/capabilities", responses=answers())
async def capabilities(request: Request, school: AtSchool) -> Capabilities:
    """What this server can do, told before anybody signs in."""
    url = request.url
    tls = url.scheme == "https"
    # Without a public address, the one that the client itself used is the one that reaches us.
    realtime = school.realtime_address or Realtime(
        key=school.secrets.realtime_key,
        host=url.hostname or "127.0.0.1",
        port=url.port or (443 if tls else 80),
        tls=tls,
    )
    return Capabilities(
        name="ToolBoxAI school server", version=__version__, features=FEATURES, realtime=realtime
    )


@router.get("/health/live", responses=answers())
async def live() -> health.Live:
    """The process answers."""
    return health.Live()


@router.get("/health/ready", responses=answers())
def ready(school: AtSchool) -> health.Ready:
    """The database can be read and written, and its tables have this program's shape."""
    return health.check(school)


def metrics(request: Request, school: AtSchool) -> Response:
    """Figures for Prometheus, told on this machine only."""
    local = school.names is None or request.url.hostname in LOOPBACK_NAMES
    if not local or not is_of_this_machine(address_of(request), request.headers.raw):
        raise Fault(404, "not_found", "There is nothing at this address.")
    queued = sa.select(sa.func.count()).where(job.c.state.in_(["queued", "running"]))
    with school.database.read() as connection:
        gauges = {
            "records_version": store.current_version(connection),
            "jobs_waiting": connection.execute(queued).scalar_one(),
        }
    gauges["sockets"] = len(school.hub.sockets)
    return Response(school.metrics.text(gauges), media_type=CONTENT_TYPE)
