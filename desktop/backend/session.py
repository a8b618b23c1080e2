"""Being signed in: tokens, their rotation, and the one place where a request gets its token.

A refresh token is used once and replaced. Whoever wants to refresh takes a lock that other
processes on this profile take too, reads the store again, and only then asks the server: a
rotation that another process made is adopted, never repeated. The new tokens are stored before
they are used.
"""

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec

from desktop.backend import locks, problems
from desktop.backend.secrets import SecretStore
from desktop.backend.transport import Answer, Request, Transport, raise_for
from desktop.classroom.instants import Clock
from desktop.sentences import say
from desktop.wire import API_PREFIX, auth

InThread = Callable[..., Awaitable[Any]]
"""Runs a blocking call elsewhere and awaits it, as `asyncio.to_thread` does."""
SignIn = Callable[[], Awaitable[auth.Tokens]]
"""Signs in anew without a person: Local school's owner, whose password lives in memory."""

FRESH_SHARE = 0.8
"""An access token is renewed when this share of its life is over."""
LOCK_TIMEOUT_S = 60.0
ROTATION_TRIES = 3
ROTATION_PATIENCE_S = 8.0
"""The server lets the last token ask again for 30 s (the contract's grace): all tries lie in it."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the secret store holds for an account."""

    access: str
    refresh: str
    got_at: float
    """Seconds since 1970 by this computer's clock: a wrong clock costs a refresh, no more."""
    lives_s: int


class Session:
    """The signed-in state of one account on one server."""

    def __init__(
        self,
        transport: Transport,
        secrets: SecretStore,
        name: str,
        *,
        clock: Clock,
        lock_file: Path | None = None,
        sign_in_again: SignIn | None = None,
        in_thread: InThread = asyncio.to_thread,
    ) -> None:
        self._transport = transport
        self._secrets = secrets
        self._name = name
        self._clock = clock
        self._lock_file = lock_file
        self._sign_in_again = sign_in_again
        self._in_thread = in_thread
        self._kept: Kept | None = None
        self._read = False
        self._alone = asyncio.Lock()

    @property
    def transport(self) -> Transport:
        """The connection to the server."""
        return self._transport

    async def send(self, request: Request) -> Answer:
        """Send with a valid token; refreshes at most once when the server says 401.

        Raises:
            problems.SignInNeeded: nobody is signed in, or the sign-in has ended.
            problems.BackendProblem: whatever the answer or the network tells.
        """
        kept = await self._usable()
        answer = await self._transport.send(_with_token(request, kept))
        if answer.status == 401:
            kept = await self._renew(kept)
            answer = await self._transport.send(_with_token(request, kept))
        raise_for(answer, self._transport.server)
        return answer

    async def lines(self, request: Request) -> AsyncGenerator[str, None]:
        """The lines of an answer that comes bit by bit, with a valid token.

        Raises:
            problems.SignInNeeded: nobody is signed in, or the sign-in has ended.
            problems.BackendProblem: whatever the answer or the network tells.
        """
        kept = await self._usable()
        try:
            async for line in self._transport.lines(_with_token(request, kept)):
                yield line
        except problems.SignInNeeded:
            kept = await self._renew(kept)
            async for line in self._transport.lines(_with_token(request, kept)):
                yield line

    async def refresh_if_due(self) -> None:
        """Make sure of a token that is good for a while.

        Raises:
            problems.SignInNeeded: nobody is signed in, or the sign-in has ended.
        """
        await self._usable()

    async def keep(self, tokens: auth.Tokens) -> None:
        """Store the tokens of a fresh sign-in, and use them from now on."""
        await self._store(tokens)

    async def sign_out(self) -> None:
        """Tell the server, as far as it can be reached, and forget the tokens here."""
        async with self._locked():
            kept = await self._load()
            if kept is not None:
                # The family dies by itself within a day; being offline must not hold anyone.
                with contextlib.suppress(problems.BackendProblem):
                    request = Request("POST", f"{API_PREFIX}/auth/logout", b"{}")
                    await self._transport.send(_with_token(request, kept))
            await self._forget()

    async def _usable(self) -> Kept:
        if not self._read:
            await self._load()
        if self._kept is None or self._is_due(self._kept):
            return await self._renew(self._kept)
        return self._kept

    def _is_due(self, kept: Kept) -> bool:
        age = self._clock.now().timestamp() - kept.got_at
        return not 0 <= age < kept.lives_s * FRESH_SHARE

    async def _renew(self, stale: Kept | None) -> Kept:
        async with self._locked():
            kept = await self._load()
            if kept is not None and kept != stale and not self._is_due(kept):
                return kept
            if kept is None:
                return await self._start_anew(problems.SignInNeeded(say("Nobody is signed in.")))
            try:
                tokens = await self._rotate(kept.refresh)
            except problems.SignInNeeded as ended:
                await self._forget()
                return await self._start_anew(ended)
            return await self._store(tokens)

    async def _start_anew(self, ended: problems.SignInNeeded) -> Kept:
        if self._sign_in_again is None:
            raise ended
        return await self._store(await self._sign_in_again())

    async def _rotate(self, refresh: str) -> auth.Tokens:
        body = auth.RefreshRequest(refresh_token=refresh).model_dump_json().encode()
        request = Request(
            "POST", f"{API_PREFIX}/auth/refresh", body, patience_s=ROTATION_PATIENCE_S
        )
        for _ in range(ROTATION_TRIES - 1):
            # The server may have rotated; it lets the very last token ask again for a while.
            with contextlib.suppress(problems.LostAnswer):
                return read_tokens(await self._transport.send(request), self._transport.server)
        return read_tokens(await self._transport.send(request), self._transport.server)

    async def _load(self) -> Kept | None:
        text = await self._in_thread(self._secrets.get, self._name)
        self._read = True
        self._kept = None
        if isinstance(text, str):
            with contextlib.suppress(msgspec.DecodeError):
                self._kept = msgspec.json.decode(text, type=Kept)
        return self._kept

    async def _store(self, tokens: auth.Tokens) -> Kept:
        kept = Kept(
            access=tokens.access_token,
            refresh=tokens.refresh_token,
            got_at=self._clock.now().timestamp(),
            lives_s=tokens.expires_in,
        )
        await self._in_thread(self._secrets.set, self._name, msgspec.json.encode(kept).decode())
        self._kept, self._read = kept, True
        return kept

    async def _forget(self) -> None:
        await self._in_thread(self._secrets.delete, self._name)
        self._kept, self._read = None, True

    @contextlib.asynccontextmanager
    async def _locked(self) -> AsyncIterator[None]:
        async with self._alone:
            if self._lock_file is None:
                yield
                return
            async with locks.held(self._lock_file, self._clock, LOCK_TIMEOUT_S):
                yield


async def log_in(transport: Transport, username: str, password: str, device: str) -> auth.Tokens:
    """Exchange a name (or e-mail address) and a password for tokens.

    Raises:
        problems.WrongPassword: they do not go together.
        problems.BackendProblem: whatever else the network or the server tells.
    """
    name = {"email" if "@" in username else "username": username}
    body = auth.LoginRequest(**name, password=password, device_name=device)
    request = Request("POST", f"{API_PREFIX}/auth/login", body.model_dump_json().encode())
    answer = await transport.send(request)
    if answer.status == 401:
        raise problems.WrongPassword
    return read_tokens(answer, transport.server)


def read_tokens(answer: Answer, server: str) -> auth.Tokens:
    """Read what signing in and refreshing give.

    Raises:
        problems.BackendProblem: the answer is a refusal, or makes no sense.
    """
    raise_for(answer, server)
    try:
        return auth.Tokens.model_validate_json(answer.body)
    except ValueError as error:
        raise problems.BadAnswer(server, say("no sign-in in it")) from error


def _with_token(request: Request, kept: Kept) -> Request:
    return dataclasses.replace(request, token=kept.access)
