"""HTTP as it really comes: redirects, portals, broken and endless answers, and what they mean."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator

import pytest

from desktop.backend import problems, transport
from desktop.backend.transport import Answer, HttpTransport, Request
from desktop.errors import CompanionError, Offline, WrongUse


class Web:
    """A server that says exactly the bytes a test gives it, and keeps what it was asked."""

    def __init__(self, *answers: bytes) -> None:
        self._answers = list(answers)
        self.asked: list[bytes] = []
        self.url = ""
        self.talks: list[asyncio.Task[None]] = []

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.talks.append(task)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head.lower())
                await reader.readexactly(int(length[1]) if length else 0)
                self.asked.append(head)
                answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                writer.write(answer.replace(b"HERE", self.url.encode()))
                await writer.drain()
                if b"ontent-length" not in answer.lower():
                    break
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def web(*answers: bytes) -> AsyncIterator[tuple[Web, HttpTransport]]:
    told = Web(*answers)
    server = await asyncio.start_server(told.handle, "127.0.0.1", 0)
    told.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    client = HttpTransport(told.url)
    try:
        yield told, client
    finally:
        await client.close()
        await asyncio.gather(*told.talks)
        server.close()
        await server.wait_closed()


def said(status: str, headers: str = "", body: bytes = b"{}") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


async def test_a_token_is_never_carried_to_another_origin() -> None:
    async with web(said("200 OK")) as (elsewhere, _):
        lure = said("307 Temporary Redirect", f"Location: {elsewhere.url}/api\r\n")
        async with web(lure) as (_, client):
            with pytest.raises(problems.Moved):
                await client.send(Request("GET", "/api", token="secret"))
        assert elsewhere.asked == []


async def test_a_redirect_within_the_server_is_followed_with_its_body() -> None:
    redirect = said("307 Temporary Redirect", "Location: HERE/api/classes/\r\n")
    async with web(redirect, said("200 OK", body=b'{"ok":1}')) as (told, client):
        answer = await client.send(Request("POST", "/api/classes", b"{}", token="secret"))
        assert answer.body == b'{"ok":1}'
        assert told.asked[1].startswith(b"POST /api/classes/ ")
        assert b"Bearer secret" in told.asked[1]


async def test_a_change_that_is_pointed_elsewhere_is_not_turned_into_a_question() -> None:
    async with web(said("302 Found", "Location: HERE/other\r\n")) as (told, client):
        with pytest.raises(problems.BadAnswer):
            await client.send(Request("POST", "/api", b"{}"))
        assert len(told.asked) == 1


async def test_redirects_in_circles_end() -> None:
    async with web(said("307 Temporary Redirect", "Location: HERE/again\r\n")) as (told, client):
        with pytest.raises(problems.BadAnswer):
            await client.send(Request("GET", "/again"))
        assert len(told.asked) == transport.MAX_REDIRECTS + 1


async def test_nobody_there_is_offline_and_was_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    client = HttpTransport(f"http://127.0.0.1:{port}")
    with pytest.raises(problems.Offline) as caught:
        await client.send(Request("GET", "/"))
    assert not isinstance(caught.value, problems.LostAnswer)
    assert caught.value.exit_code == 3
    await client.close()


@pytest.mark.parametrize("half", [b"", b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n", b"nonsense\r\n\r\n"])
async def test_an_answer_that_breaks_off_may_have_had_its_effect(half: bytes) -> None:
    broken = half.replace(b"X: y", b"Transfer-Encoding: chunked")
    async with web(broken) as (_, client):
        with pytest.raises(problems.LostAnswer):
            await client.send(Request("POST", "/", b"{}"))


async def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_ANSWER_BYTES", 1_000)
    async with web(said("200 OK", body=b"x" * 5_000)) as (_, client):
        with pytest.raises(problems.TooLarge):
            await client.send(Request("GET", "/"))


async def test_damaged_packing_makes_no_sense_and_is_said_so() -> None:
    async with web(said("200 OK", "Content-Encoding: gzip\r\n", b"no gzip")) as (_, client):
        with pytest.raises(problems.BadAnswer):
            await client.send(Request("GET", "/"))


async def test_a_proxy_of_the_school_is_not_asked_for_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with web(said("200 OK")) as (_, client):
        assert (await client.send(Request("GET", "/"))).status == 200


def answer(status: int, body: bytes = b"{}", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"content-type": "application/json", **named}, body)


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (400, problems.Invalid), (401, problems.SignInNeeded), (402, problems.NotEntitled),
        (403, problems.Forbidden), (404, problems.NotFound), (409, problems.Invalid),
        (410, problems.CursorExpired), (412, problems.Invalid), (413, problems.TooLarge),
        (418, problems.BadAnswer), (422, problems.Invalid), (429, problems.RateLimited),
        (500, problems.ServerFault), (502, problems.ServerBusy), (503, problems.ServerBusy),
        (504, problems.ServerBusy), (511, problems.CaptivePortal), (302, problems.BadAnswer),
    ],
)  # fmt: skip
def test_every_status_has_its_problem(status: int, problem: type[CompanionError]) -> None:
    with pytest.raises(problem) as caught:
        transport.raise_for(answer(status), "https://school.example")
    assert type(caught.value) is problem


@pytest.mark.parametrize("status", [200, 302, 401, 403, 404])
def test_a_web_page_where_data_was_due_is_a_captive_portal(status: int) -> None:
    page = answer(status, b"<html>", content_type="text/html; charset=utf-8")
    with pytest.raises(problems.CaptivePortal):
        transport.raise_for(page, "https://school.example")


def test_a_gateways_own_error_page_is_the_servers_trouble() -> None:
    page = answer(502, b"<html>Bad Gateway</html>", content_type="text/html")
    with pytest.raises(problems.ServerBusy):
        transport.raise_for(page, "https://school.example")


def test_a_refusal_tells_its_code_and_its_faults() -> None:
    body = (
        b'{"title": "x", "status": 422, "code": "invalid", "detail": "The name is missing.",'
        b' "errors": [{"pointer": "/name", "message": "missing"}, 7]}'
    )
    with pytest.raises(problems.Invalid) as caught:
        transport.raise_for(answer(422, body), "https://school.example")
    assert caught.value.code == "invalid"
    assert "The name is missing." in str(caught.value)
    assert [fault.pointer for fault in caught.value.faults] == ["/name"]


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"', b"{", b'{"code": 7, "errors": "x"}'])
def test_a_refusal_in_another_form_is_still_a_refusal(body: bytes) -> None:
    with pytest.raises(problems.Invalid):
        transport.raise_for(answer(422, body), "https://school.example")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "17"}, 17.0),
        ({"retry-after": "9999999"}, 86_400.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({}, None),
        (
            {"retry-after": "Mon, 02 Mar 2026 10:00:30 GMT",
             "date": "Mon, 02 Mar 2026 10:00:00 GMT"},
            30.0,
        ),
        (
            {"retry-after": "Mon, 02 Mar 2026 09:00:00 GMT",
             "date": "Mon, 02 Mar 2026 10:00:00 GMT"},
            0.0,
        ),
        ({"retry-after": "Mon, 02 Mar 2026 10:00:30 GMT"}, None),
    ],
)  # fmt: skip
def test_a_wait_is_read_from_a_count_or_against_the_servers_own_date(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert transport.retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("school.example.org", "https://school.example.org"),
        (" https://School.example.org/ ", "https://school.example.org"),
        ("https://school.example.org:443/x", "https://school.example.org"),
        ("http://127.0.0.1:8009", "http://127.0.0.1:8009"),
        ("http://[::1]:8009/", "http://[::1]:8009"),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed: str, address: str) -> None:
    assert transport.normal_address(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "ftp://school", "https://", "https://a@b", "https://x:notaport", "http://x:99999"]
)
def test_what_is_no_address_is_said_so(typed: str) -> None:
    with pytest.raises(WrongUse):
        transport.normal_address(typed)


def test_every_problem_is_a_whole_sentence_and_waiting_is_no_failure() -> None:
    told = [
        problems.Offline("s"), problems.LostAnswer("s"), problems.CaptivePortal("s"),
        problems.RateLimited(), problems.ServerBusy(), problems.ServerFault(),
        problems.SignInNeeded(), problems.WrongPassword(), problems.Forbidden(),
        problems.NotEntitled(), problems.NotFound("s"), problems.NotASchool("s"),
        problems.CursorExpired(), problems.TooLarge(), problems.Invalid(""),
        problems.BadAnswer("s", "x"), problems.Moved("s", "t"), problems.NotPrivate("s"),
    ]  # fmt: skip
    for problem in told:
        assert str(problem).endswith(".")
        assert str(problem)[0].isupper() or str(problem).startswith("s ")
        assert "!" not in str(problem)
    assert all(problem.exit_code == 3 for problem in told[:6])
    assert all(isinstance(problem, Offline) for problem in told[:6])
