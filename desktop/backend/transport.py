"""One HTTP exchange with one server: the only module that knows httpx.

Everything above it sees `Request`, `Answer` and the errors of `problems`; a test or a simulated
world hands in another `Transport`.
"""

import asyncio
import datetime as dt
import email.utils
import ssl
import urllib.parse
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
import msgspec

from desktop.backend import problems
from desktop.backend.pace import Pace
from desktop.classroom.instants import Clock, SystemClock
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.wire.problem import FieldError

MAX_ANSWER_BYTES = 64_000_000
"""Larger answers are cut off: no honest page or package comes near it."""
MAX_REDIRECTS = 3
PATIENCE_S = 30.0
TIMEOUTS = httpx.Timeout(PATIENCE_S, connect=10.0, pool=10.0)
STREAM_TIMEOUTS = httpx.Timeout(60.0, connect=10.0, pool=10.0)
"""A stream says every 15 seconds that it lives."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Request:
    """What to ask. `path` begins with a slash and is read from the server's own address."""

    method: str
    path: str
    body: bytes | None = None
    content_type: str = "application/json"
    query: Mapping[str, str] = field(default_factory=dict)
    token: str | None = None
    """The access token, carried in the header of this exchange and nowhere else."""
    headers: Mapping[str, str] = field(default_factory=dict)
    patience_s: float = PATIENCE_S
    """How long to wait while nothing comes."""


@dataclass(frozen=True)
class Answer:
    """What came back. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Transport(Protocol):
    """Sends one request to the one server it was made for."""

    @property
    def server(self) -> str:
        """The server's address, for sentences and for comparing origins."""

    async def send(self, request: Request) -> Answer:
        """Send and give the answer, whatever its status.

        Raises:
            problems.Offline: nothing reached the server.
            problems.LostAnswer: it may have reached the server, and no answer came.
            problems.Moved: the server points to another origin.
            problems.TooLarge: the answer is larger than any honest one.
        """

    def lines(self, request: Request) -> AsyncGenerator[str, None]:
        """Send, and give the lines of a good answer as they come.

        Raises:
            problems.BackendProblem: as for `send`, and for an answer that is none of the good.
        """

    async def close(self) -> None:
        """Let go of the connections."""


class HttpTransport:
    """HTTP over the machine's own network, with the machine's own trusted certificates."""

    def __init__(self, server: str, *, clock: Clock | None = None) -> None:
        self._server = normal_address(server)
        self._clock = clock or SystemClock()
        self._pace = Pace()
        self._client: httpx.AsyncClient | None = None
        self._opening = asyncio.Lock()

    @property
    def server(self) -> str:
        """The server's address: scheme, host and port, without a slash at the end."""
        return self._server

    async def move(self, server: str) -> None:
        """Talk to the same server at its new address (Local school came up on another port)."""
        await self.close()
        self._server = normal_address(server)

    async def close(self) -> None:
        """Let go of the connections; the next request opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def send(self, request: Request) -> Answer:
        """See `Transport.send`. Redirects are followed within the same origin only."""
        client = await self._open()
        url = httpx.URL(self._server + request.path, params=dict(request.query) or None)
        for _ in range(MAX_REDIRECTS + 1):
            answer = await self._paced(client, request, url)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            if request.method != "GET" and answer.status not in (307, 308):
                raise problems.BadAnswer(self._server, say("it points elsewhere after a change"))
            target = url.join(answer.headers.get("location", ""))
            if _origin(str(target)) != _origin(self._server):
                raise problems.Moved(self._server, _origin(str(target)))
            url = target
        raise problems.BadAnswer(self._server, say("it points in circles"))

    async def _paced(self, client: httpx.AsyncClient, request: Request, url: httpx.URL) -> Answer:
        """One exchange, no faster after the last than the server bears."""
        wait = self._pace.wait(self._clock.monotonic())
        if wait > 0:
            await self._clock.sleep(wait)
        started = self._clock.monotonic()
        try:
            answer = await self._exchange(client, request, url)
        except problems.LostAnswer:
            self._pace.pushed_back(started, self._clock.monotonic())
            raise
        if answer.status in (429, 503):
            self._pace.pushed_back(started, self._clock.monotonic())
        else:
            self._pace.answered()
        return answer

    async def _exchange(
        self, client: httpx.AsyncClient, request: Request, url: httpx.URL
    ) -> Answer:
        headers = {"Accept": "application/json", **request.headers}
        if request.token:
            headers["Authorization"] = f"Bearer {request.token}"
        if request.body is not None:
            headers["Content-Type"] = request.content_type
        try:
            async with client.stream(
                request.method,
                url,
                content=request.body,
                headers=headers,
                timeout=httpx.Timeout(request.patience_s, connect=10.0, pool=10.0),
            ) as response:
                return Answer(
                    response.status_code,
                    {name.lower(): value for name, value in response.headers.items()},
                    await _limited(response),
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise problems.Offline(self._server) from error
        except httpx.DecodingError as error:
            raise problems.BadAnswer(self._server, say("its packing is damaged")) from error
        except httpx.TransportError as error:
            raise problems.LostAnswer(self._server) from error

    async def lines(self, request: Request) -> AsyncGenerator[str, None]:
        """See `Transport.lines`. A line may be long, and the wait for one as well."""
        client = await self._open()
        headers = {**request.headers}
        if request.token:
            headers["Authorization"] = f"Bearer {request.token}"
        url = httpx.URL(self._server + request.path, params=dict(request.query) or None)
        try:
            async with client.stream(
                request.method, url, headers=headers, timeout=STREAM_TIMEOUTS
            ) as response:
                if response.status_code != 200:
                    told = {name.lower(): value for name, value in response.headers.items()}
                    body = await _limited(response)
                    raise_for(Answer(response.status_code, told, body), self._server)
                    raise problems.BadAnswer(
                        self._server, say("status {status_code}", status_code=response.status_code)
                    )
                async for line in response.aiter_lines():
                    yield line
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise problems.Offline(self._server) from error
        except httpx.TransportError as error:
            raise problems.LostAnswer(self._server) from error

    async def _open(self) -> httpx.AsyncClient:
        async with self._opening:
            if self._client is None:
                # Reading the certificates takes up to 0.2 s: not on the window's thread.
                secure = self._server.startswith("https:")
                context = (
                    await asyncio.to_thread(trusted_certificates) if secure else _trusting_nobody()
                )
                self._client = httpx.AsyncClient(
                    verify=context,
                    timeout=TIMEOUTS,
                    # A proxy of the school stands before other machines, never before this one.
                    trust_env=not is_loopback(self._server),
                    limits=httpx.Limits(max_connections=8, max_keepalive_connections=4),
                )
            return self._client


async def _limited(response: httpx.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            raise problems.TooLarge
    return bytes(body)


def trusted_certificates() -> ssl.SSLContext:
    """What this computer trusts, as its own browser does. Takes up to 0.2 s: never on the UI."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _trusting_nobody() -> ssl.SSLContext:
    """For a plain address: without it httpx would read its own certificates for nothing."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def normal_address(server: str) -> str:
    """Bring what a person typed into the form `scheme://host[:port]`.

    Raises:
        WrongUse: it is no web address.
    """
    text = server.strip()
    if "://" not in text:
        text = "https://" + text
    try:
        parts = urllib.parse.urlsplit(text.rstrip("/"))
        port = parts.port
    except ValueError:
        parts, port = urllib.parse.urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise WrongUse(
            say("'{server}' is no address of a school server.", server=server),
            mend=say("It looks like https://school.example.org."),
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    standard = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != standard else "")


def is_loopback(server: str) -> bool:
    """Whether the address is this computer itself."""
    return (urllib.parse.urlsplit(server).hostname or "") in LOOPBACK


def _origin(address: str) -> str:
    try:
        return normal_address(urllib.parse.urlsplit(address)._replace(path="", query="").geturl())
    except WrongUse:
        return "elsewhere"


def raise_for(answer: Answer, server: str) -> None:
    """Raise the problem that the answer tells of; return when it is a good one.

    Raises:
        problems.BackendProblem: by status, and by what kind of document came.
    """
    status, wait = answer.status, retry_after(answer.headers)
    if answer.media_type in ("text/html", "application/xhtml+xml") and status < 500:
        raise problems.CaptivePortal(server)
    if status < 300:
        return
    told = _told(answer)
    detail, code = told.get("detail", ""), told.get("code", "")
    match status:
        case 401:
            raise problems.SignInNeeded(code=code)
        case 402:
            raise problems.NotEntitled(detail)
        case 403:
            raise problems.Forbidden(detail)
        case 404:
            raise problems.NotFound(server)
        case 410:
            raise problems.CursorExpired
        case 413:
            raise problems.TooLarge
        case 429:
            raise problems.RateLimited(detail, retry_after=wait)
        case 400 | 409 | 412 | 415 | 422:
            raise problems.Invalid(detail, code=code, faults=told.get("errors", ()))
        case 500:
            raise problems.ServerFault(retry_after=wait)
        case 511:
            raise problems.CaptivePortal(server)
    if status >= 500 or status in (408, 425):
        raise problems.ServerBusy(retry_after=wait)
    raise problems.BadAnswer(server, say("status {status}", status=status))


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, from a count or from a date.

    A date is read against the server's own `Date`, because this computer's clock may be wrong.
    """
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(min(int(said), 86_400))
    until, now = _http_date(said), _http_date(headers.get("date", ""))
    if until is None or now is None:
        return None
    return min(max((until - now).total_seconds(), 0.0), 86_400.0)


def _http_date(text: str) -> dt.datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _told(answer: Answer) -> dict[str, Any]:
    """What a problem document says, in the types we expect; nothing when it is none."""
    try:
        document = msgspec.json.decode(answer.body)
    except msgspec.DecodeError:
        return {}
    if not isinstance(document, dict):
        return {}
    told: dict[str, Any] = {
        key: document[key] for key in ("detail", "code") if isinstance(document.get(key), str)
    }
    faults = document.get("errors")
    told["errors"] = tuple(
        FieldError(pointer=str(fault.get("pointer", "")), message=str(fault.get("message", "")))
        for fault in (faults if isinstance(faults, list) else [])
        if isinstance(fault, dict)
    )
    return told
