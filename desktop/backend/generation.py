"""Generation jobs from the client's side: ask, follow as they are made, cancel, go on."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec
from pydantic import BaseModel, ValidationError

from desktop.backend import problems
from desktop.backend.session import Session
from desktop.backend.transport import Request
from desktop.sentences import say
from desktop.wire import API_PREFIX
from desktop.wire.generation import (
    IDEMPOTENCY_KEY_HEADER,
    LAST_EVENT_ID_HEADER,
    Job,
    Models,
    ProviderTold,
    ProviderWish,
    Tried,
)

Told = TypeVar("Told", bound=BaseModel)
Method = Literal["GET", "POST", "PUT", "DELETE"]

LONGEST_EVENT = 4_000_000
"""Letters; a longer one is no event of ours."""


@dataclass(frozen=True)
class Event:
    """One event of a job's story. `id` is empty for live text, which is never told twice."""

    id: str
    name: str
    data: dict[str, Any]


class GenerationClient:
    """What a signed-in teacher asks of a server about lessons in the making."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def make(self, request: bytes, key: str, provider: str = "best") -> Job:
        """Ask for a lesson; the same key gives the same job.

        Raises:
            problems.BackendProblem: the server refuses, or cannot be reached.
        """
        query = {"provider": provider}
        return await self._ask("POST", "/jobs", Job, request, key=key, query=query)

    async def revise(self, request: bytes, key: str) -> Job:
        """Ask for a part to be made anew; the same key gives the same job.

        Raises:
            problems.BackendProblem: the server refuses, or cannot be reached.
        """
        return await self._ask("POST", "/revisions", Job, request, key=key)

    async def job(self, job_id: str) -> Job:
        """A job as it is, with its lesson when it is done."""
        return await self._ask("GET", f"/jobs/{job_id}", Job)

    async def cancel(self, job_id: str) -> Job:
        """Stop a job; one that has ended stays as it is."""
        return await self._ask("POST", f"/jobs/{job_id}/cancel", Job, b"{}")

    async def resume(self, job_id: str) -> Job:
        """Go on with a job that failed or was cancelled."""
        return await self._ask("POST", f"/jobs/{job_id}/resume", Job, b"{}")

    async def provider(self) -> ProviderTold:
        """Who makes this teacher's lessons there."""
        return await self._ask("GET", "/provider", ProviderTold)

    async def hand_over(self, wish: ProviderWish) -> ProviderTold:
        """Use one's own provider there, for as long as that process lives."""
        return await self._ask("PUT", "/provider", ProviderTold, _body(wish))

    async def models(self, wish: ProviderWish) -> list[str]:
        """What a provider offers."""
        return (await self._ask("POST", "/provider/models", Models, _body(wish))).names

    async def try_out(self, wish: ProviderWish) -> Tried:
        """Ask a provider one short question."""
        return await self._ask("POST", "/provider/try", Tried, _body(wish))

    async def events(self, job_id: str, after: str = "") -> AsyncGenerator[Event, None]:
        """The story of a job behind the event `after`, as it comes, to its end.

        Raises:
            problems.Offline, problems.LostAnswer: the stream broke; go on after the last event.
            problems.BackendProblem: whatever else the server tells.
        """
        headers = {"Accept": "text/event-stream"}
        headers |= {LAST_EVENT_ID_HEADER: after} if after else {}
        request = Request("GET", f"{API_PREFIX}/generation/jobs/{job_id}/events", headers=headers)
        fields: dict[str, str] = {}
        async for line in self._session.lines(request):
            if line:
                name, _, value = line.partition(": ")
                fields[name] = value
                continue
            event = _event(fields)
            fields = {}
            if event is not None:
                yield event

    async def _ask(
        self,
        method: Method,
        path: str,
        kind: type[Told],
        body: bytes | None = None,
        *,
        key: str = "",
        query: dict[str, str] | None = None,
    ) -> Told:
        headers = {IDEMPOTENCY_KEY_HEADER: key} if key else {}
        request = Request(
            method, f"{API_PREFIX}/generation{path}", body, query=query or {}, headers=headers
        )
        answer = await self._session.send(request)
        try:
            return await asyncio.to_thread(kind.model_validate_json, answer.body)
        except ValidationError as error:
            server = self._session.transport.server
            raise problems.BadAnswer(server, say("the answer of {path}", path=path)) from error


def _body(wish: ProviderWish) -> bytes:
    return wish.model_dump_json().encode()


def _event(fields: dict[str, str]) -> Event | None:
    """An event of the stream; None for a comment or for what makes no sense."""
    if "event" not in fields:
        return None
    try:
        data = msgspec.json.decode(fields.get("data", ""))
    except msgspec.DecodeError:
        return None
    return Event(fields.get("id", ""), fields["event"], data) if isinstance(data, dict) else None
