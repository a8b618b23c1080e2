"""Runs a school server in the foreground until it is asked to stop."""

import asyncio
import contextlib
import gc
import ipaddress
import json
import os
import secrets
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

import uvicorn
from starlette.types import ASGIApp

from desktop.errors import CompanionError, WrongUse
from desktop.school import application, facts, seeding
from desktop.school.certificate import Certificate
from desktop.school.folder import Folder
from desktop.school.patience import PatientProtocol
from desktop.school.public_url import PROXIES, PublicUrl
from desktop.school.realtime.protocol import MAX_FRAME_BYTES
from desktop.school.school import School
from desktop.school.site import Site

Filling = Literal["sample", "empty"]
STOP_S = 3
"""How long a stop waits for requests under way; a push is done in far less."""
BACKLOG = 512
GARBAGE = 20_000
"""New objects after which the garbage of the youngest is looked for; Python's own is 700."""


class PortBusy(CompanionError):
    """The address cannot be listened on."""


@dataclass(frozen=True)
class Wish:
    """How the server is to run."""

    site: Site
    host: str = "127.0.0.1"
    port: int = 0
    filling: Filling | None = None
    owner: bool = False
    until_stdin_closes: bool = False
    allow_network: bool = False
    certificate: Certificate | None = None
    public_url: PublicUrl | None = None


def serve(wish: Wish, announce: Callable[[dict[str, Any]], None]) -> None:
    """Serve until SIGTERM, Ctrl-C, or (if wished) the end of standard input.

    `announce` is called once with the ready line, when the server really answers.

    Raises:
        CompanionError: the server cannot start, with the reason.
    """
    loopback = is_loopback(wish.host)
    if not wish.allow_network:
        _refuse_plain(wish)
    if wish.certificate is not None:
        wish.certificate.check()
    folder = Folder.open(wish.site.path)
    folder.lock()
    try:
        listener = listen(wish.host, wish.port)
        with (
            listener,
            contextlib.closing(
                School.open(
                    folder,
                    url=wish.site.url,
                    serves=True,
                    loopback_only=loopback,
                    public_url=wish.public_url,
                    own_providers=wish.owner and loopback,
                )
            ) as school,
        ):
            seeding.fill(school, wish.filling)
            ready = _ready(school, listener, wish)
            asyncio.run(_serve(school, listener, wish, lambda: announce(ready)))
    finally:
        folder.release()


def _refuse_plain(wish: Wish) -> None:
    """Refuse what would send passwords over a network without encryption."""
    unread = "without encryption: passwords and pupils' names could be read on the way."
    if wish.public_url is not None and not wish.public_url.tls:
        raise WrongUse(
            f"People would reach this server {unread}",
            mend="Give the web server before it a certificate and write --public-url https://..., "
            "or add --allow-network if the network is yours alone.",
        )
    if not is_loopback(wish.host) and wish.certificate is None:
        raise WrongUse(
            f"The address {wish.host} can be reached from other machines, and this server would "
            f"speak {unread}",
            mend="Give it a certificate with --certificate and --key, or put it behind a web "
            "server that has one and serve on 127.0.0.1 with --public-url, or add --allow-network "
            "if the network is yours alone.",
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; its port is known before the server starts.

    Raises:
        PortBusy: somebody else listens there, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off only where the protocol is named: without it, each
    # answer waits some 40 ms for the client's acknowledgement of its headers.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # on Windows this option would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortBusy(
            f"The school server cannot listen on {host}, port {port}: "
            f"{getattr(error, 'strerror', None) or error}.",
            mend="Another program may be using it. Choose another port, or leave --port out.",
        ) from error
    listener.setblocking(False)
    return listener


def _ready(school: School, listener: socket.socket, wish: Wish) -> dict[str, Any]:
    """The ready line: where the server is and how to get in."""
    line: dict[str, Any] = {
        "url": _url(listener, wish),
        "pid": os.getpid(),
        "data": str(school.folder.path),
    }
    with school.database.write() as connection:
        line["invite_codes"] = school.accounts.standing_invites(connection)
        sample_teacher = facts.get(connection, facts.SAMPLE_TEACHER)
    if sample_teacher:
        line["sample_teacher"] = json.loads(sample_teacher)
    if wish.owner:
        line["owner"] = _owner(school)
    return line


def _owner(school: School) -> dict[str, str]:
    """Let the teacher of this machine in, with a password that lives as long as this process."""
    with school.database.write() as connection:
        user_id, username = seeding.owner(school.accounts, connection)
    password = secrets.token_urlsafe(24)
    school.accounts.add_session_password(user_id, password)
    return {"username": username, "password": password}


async def _serve(
    school: School, listener: socket.socket, wish: Wish, announce: Callable[[], None]
) -> None:
    behind_proxy = wish.public_url is not None
    app = application.build(school)
    server = _Server(settings(app, wish.certificate, behind_proxy=behind_proxy))
    loop = asyncio.get_running_loop()

    def stop() -> None:
        server.should_exit = True

    with _stopped_by_signals(loop, stop):
        if wish.until_stdin_closes:
            watch = threading.Thread(target=_watch_stdin, args=(loop, stop), daemon=True)
            watch.start()
        running = asyncio.create_task(server.serve(sockets=[listener]))
        await _until_it_answers(server, _url(listener, wish), running)
        _collect_rarely()
        if server.started and not server.should_exit:
            announce()
        await running


def _collect_rarely() -> None:
    """Look for garbage less often, and never again among what was loaded by now.

    Some ten thousand objects of the program live as long as the process, and a request leaves few
    cycles behind: by the usual threshold a seventh of a push went into looking for them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def settings(
    app: ASGIApp, certificate: Certificate | None = None, *, behind_proxy: bool = False
) -> uvicorn.Config:
    """How uvicorn runs the application: quiet, bounded, and telling nothing about itself.

    `behind_proxy`: a web server on this machine says for whom it asks (X-Forwarded-For); limits
    then count for that address, and not for all the world together.
    """
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips=PROXIES,
        lifespan="on",
        http=PatientProtocol,
        ws="websockets-sansio",
        ws_max_size=MAX_FRAME_BYTES * 2,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=STOP_S,
        ssl_certfile=certificate.chain if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
    )


class _Server(uvicorn.Server):
    """uvicorn, without its own signal handling: it ends the process by the signal it got."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to us."""
        yield


async def _until_it_answers(
    server: uvicorn.Server, url: str, running: "asyncio.Task[None]"
) -> None:
    while not server.started and not running.done():  # noqa: ASYNC110  (uvicorn tells no other way)
        await asyncio.sleep(0.005)
    if running.done() or server.should_exit:
        return
    await asyncio.to_thread(_ask, f"{url}/health/ready")


def _url(listener: socket.socket, wish: Wish) -> str:
    """How this machine itself reaches the server."""
    scheme = "http" if wish.certificate is None else "https"
    host, port = listener.getsockname()[:2]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared only)
    return f"{scheme}://[{name}]:{port}" if ":" in name else f"{scheme}://{name}:{port}"


def _ask(url: str) -> None:
    # Only whether it answers is asked, and nothing told: its certificate names another address.
    unverified = ssl.create_default_context()
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=unverified))
    with opener.open(url, timeout=30) as answer:
        answer.read()


@contextlib.contextmanager
def _stopped_by_signals(
    loop: asyncio.AbstractEventLoop, stop: Callable[[], None]
) -> Iterator[None]:
    signals = [signal.SIGINT, signal.SIGTERM]
    if sys.platform == "win32":
        signals.append(signal.SIGBREAK)

    def asked(*_: object) -> None:
        loop.call_soon_threadsafe(stop)

    before = {number: signal.signal(number, asked) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch_stdin(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    # Not through sys.stdin: a thread that waits in it holds its lock and spoils the exit.
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    with contextlib.suppress(RuntimeError):  # the loop is closed: the server has stopped already
        loop.call_soon_threadsafe(stop)
