"""The composition root: builds every service once, in order, and hands it on by argument.

The window and `sync --watch` hold `Services`, which `start_local_school`, `sign_in` and `resume`
give; what needs no network is in `workspaces`. Everything heavy is imported inside.
"""

import contextlib
import platform
import random
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from desktop.classroom.instants import SystemClock
from desktop.errors import CompanionError
from desktop.settings import Settings
from desktop.workspaces import Workspace, open_workspace

if TYPE_CHECKING:
    from desktop.backend.accounts import Account
    from desktop.backend.companion import CompanionClient
    from desktop.backend.generation import GenerationClient
    from desktop.backend.local_school import LocalSchool, Ready, Seed
    from desktop.backend.session import Session
    from desktop.backend.transport import HttpTransport
    from desktop.lessons.providers.config import ProviderConfig
    from desktop.studio.service import StudioService
    from desktop.sync.engine import SyncEngine
    from desktop.sync.lesson_jobs import LessonJobs
    from desktop.sync.live import LiveSync
    from desktop.wire.auth import Tokens
    from desktop.wire.generation import ProviderWish

ROUND_LOCK_TIMEOUT_S = 60.0


@dataclass
class Line:
    """The line to an account's server, for as long as somebody talks on it."""

    transport: "HttpTransport"
    session: "Session"
    client: "CompanionClient"
    school: "LocalSchool | None" = None

    async def close(self) -> None:
        """Hang up; a Local school that was started for it ends."""
        try:
            await self.transport.close()
        finally:
            if self.school is not None:
                await self.school.stop()


@dataclass
class Services(Workspace):
    """Everything behind a signed-in account's window; `close` it once, on its loop."""

    line: Line
    engine: "SyncEngine"
    sync: "LiveSync"
    studio: "StudioService"
    generation: "GenerationClient"
    lessons: "LessonJobs"
    studio_problem: CompanionError | None = field(default=None, kw_only=True)
    """Why the bridge to Studio is not there, or None."""

    @property
    def client(self) -> "CompanionClient":
        """What can be asked of the school server."""
        return self.line.client

    @property
    def session(self) -> "Session":
        """The signed-in state."""
        return self.line.session

    async def start(self) -> None:
        """Start what runs by itself.

        Raises:
            StorageError: the cache does not answer; what had started is stopped again.
        """
        try:
            await self._start_studio()
            if self.line.school is not None:
                self.line.school.on_restart(self._school_is_back)
            await self.sync.start()
            await self.hand_over_provider()
            await self.lessons.start()
        except BaseException:
            await self._stop()
            raise

    async def close(self) -> None:
        """End in order: what makes work, what does it, then where it is kept."""
        try:
            await self._stop()
        finally:
            await self.line.close()

    async def _start_studio(self) -> None:
        try:
            await self.studio.start()
        except CompanionError as problem:
            # Without Studio everything else still works; its screen and the doctor say why.
            self.studio_problem = problem

    async def _stop(self) -> None:
        import asyncio

        async with contextlib.AsyncExitStack() as then:  # the last that is named comes first
            then.push_async_callback(asyncio.to_thread, self.put_away)
            then.push_async_callback(self.studio.stop)
            then.push_async_callback(self.sync.stop)
            then.push_async_callback(self.lessons.stop)

    def went_online(self) -> None:
        """The network, or the school behind it, is back: whatever waits goes now."""
        self.sync.went_online()
        self.lessons.went_online()

    async def _school_is_back(self, _: "Ready") -> None:
        self.sync.went_online()
        await self.hand_over_provider()
        self.lessons.went_online()

    async def hand_over_provider(self) -> None:
        """Give Local school the teacher's AI provider, which it keeps in memory only.

        What is wrong with it is said where it is set up and where a lesson is asked for.
        """
        import asyncio

        if self.line.school is None:
            return
        with contextlib.suppress(CompanionError):
            config = await asyncio.to_thread(ai_provider, self.settings)
            await self.generation.hand_over(provider_wish(config))


async def open_line(settings: Settings, account: "Account") -> Line:
    """The line to `account`'s server; for a local account its school is started.

    Raises:
        NoSecretStore: there is nowhere to keep the sign-in.
        SchoolDidNotStart: Local school does not come up.
    """
    import asyncio

    from desktop.backend import accounts, companion, secrets, transport

    if account.kind == "local":
        return (await _open_local_line(settings, None))[1]
    store = await asyncio.to_thread(secrets.open_store, settings.vault, settings.vault_passphrase)
    server = transport.HttpTransport(account.server)
    session = accounts.open_session(settings.profile, account, server, store, clock=SystemClock())
    return Line(server, session, companion.CompanionClient(session))


async def _open_local_line(settings: Settings, seed: "Seed | None") -> "tuple[Account, Line]":
    """Start Local school and sign its owner in, with a password that never touches a disk."""
    from desktop.backend import accounts, companion, local_school, secrets, session, transport

    clock, chance = SystemClock(), random.SystemRandom()
    log = settings.logs / "school.log"
    school = local_school.LocalSchool(settings.school_folder, log, clock=clock, chance=chance)
    server = transport.HttpTransport((await school.start(seed)).url)

    async def sign_owner_in() -> "Tokens":
        owner = school.owner
        return await session.log_in(server, owner.username, owner.password, device_name(settings))

    async def follow(ready: "Ready") -> None:
        await server.move(ready.url)

    school.on_restart(follow)
    try:
        tokens = await sign_owner_in()
        account = accounts.local_account(tokens)
        signed_in = accounts.open_session(
            settings.profile,
            account,
            server,
            secrets.MemoryStore(),
            clock=clock,
            sign_in_again=sign_owner_in,
        )
        await signed_in.keep(tokens)
    except BaseException:
        await server.close()
        await school.stop()
        raise
    return account, Line(server, signed_in, companion.CompanionClient(signed_in), school)


def ai_provider(settings: Settings) -> "ProviderConfig":
    """Who makes lessons by the settings, with the key from the keyring or vault. Blocks.

    Raises:
        NoSecretStore: there is nowhere to look for the key.
        KeyringLocked, VaultLocked: the place that has it does not open.
    """
    from desktop.backend import provider_keys, secrets
    from desktop.lessons.providers.config import ADDRESSES, Limits, ProviderConfig, is_loopback

    kind = settings.ai_provider
    if kind == "template":
        return ProviderConfig()
    address = settings.ai_address or ADDRESSES[kind]
    try:
        store = secrets.open_store(settings.vault, settings.vault_passphrase)
        key = provider_keys.get(store, kind, address)
    except secrets.NoSecretStore:
        if not is_loopback(address):
            raise
        key = ""  # a model on this computer mostly needs none
    return ProviderConfig(
        kind,
        address,
        settings.ai_model,
        key,
        settings.ai_username,
        Limits(tokens=settings.ai_most_tokens, cost=Decimal(settings.ai_most_cents) / 100),
    )


def provider_wish(config: "ProviderConfig") -> "ProviderWish":
    """A provider as it is handed to Local school."""
    from desktop.wire.generation import ProviderWish

    return ProviderWish(
        kind=config.kind,
        base_url=config.base_url,
        model=config.model,
        key=config.key,
        username=config.username,
        most_tokens=config.limits.tokens,
        most_cost=float(config.limits.cost),
    )


def device_name(settings: Settings) -> str:
    """How this computer is named in the list of signed-in devices."""
    return settings.device_name or platform.node()


def make_engine(workspace: Workspace, client: "CompanionClient") -> "SyncEngine":
    """The engine of one account; its rounds exclude those of other processes."""
    from desktop.backend import accounts, locks
    from desktop.sync.engine import SyncEngine

    lock = accounts.place(workspace.settings.profile, workspace.account).sync_lock
    return SyncEngine(
        workspace.cache,
        client,
        clock=workspace.clock,
        lock=lambda: locks.held(lock, workspace.clock, ROUND_LOCK_TIMEOUT_S),
    )


def make_live_sync(
    workspace: Workspace, client: "CompanionClient", engine: "SyncEngine"
) -> "LiveSync":
    """What runs rounds by itself, and is poked by the server."""
    from desktop.sync.live import LiveSync

    return LiveSync(
        workspace.cache,
        client,
        engine,
        workspace.account.user.id,
        clock=workspace.clock,
        chance=workspace.chance,
    )


async def open_services(settings: Settings, account: "Account", line: Line) -> Services:
    """Build and start everything behind a signed-in account's window.

    Raises:
        StorageError: the cache cannot be opened.
        CompanionError: a service cannot start; what had started is closed again.
    """
    import asyncio

    from desktop.backend.generation import GenerationClient
    from desktop.studio.service import StudioService
    from desktop.sync.lesson_jobs import LessonJobs

    workspace = await asyncio.to_thread(open_workspace, settings, account)
    engine = make_engine(workspace, line.client)
    generation = GenerationClient(line.session)
    parts = {one.name: getattr(workspace, one.name) for one in fields(Workspace)}
    services = Services(
        **parts,
        line=line,
        engine=engine,
        sync=make_live_sync(workspace, line.client, engine),
        studio=StudioService(
            workspace.cache,
            workspace.clock,
            workspace.chance,
            settings.profile,
            ports=settings.bridge_ports,
            road=settings.studio_road,
            server_program=settings.studio_server,
            school=line.client.server,
        ),
        generation=generation,
        lessons=LessonJobs(
            workspace.cache, generation, clock=workspace.clock, chance=workspace.chance
        ),
    )
    await services.start()
    return services


async def start_local_school(settings: Settings, *, sample: bool) -> Services:
    """No account, no network: start Local school, and sign its owner in.

    `sample` fills a school that has no data yet with five classes to try things on.

    Raises:
        SchoolDidNotStart: it does not come up; the sentence holds its last words.
    """
    from desktop.backend import accounts

    account, line = await _open_local_line(settings, "sample" if sample else "empty")
    accounts.make_current(settings.profile, account)
    return await _open_or_hang_up(settings, account, line)


async def sign_in(settings: Settings, server: str, username: str, password: str) -> Services:
    """Sign in to a school server and open its account.

    Raises:
        WrongPassword, NotASchool, Offline, NotPrivate, NoSecretStore: each says what to do.
    """
    import asyncio

    from desktop.backend import accounts, secrets

    store = await asyncio.to_thread(secrets.open_store, settings.vault, settings.vault_passphrase)
    account = await accounts.sign_in(
        server,
        username,
        password,
        profile=settings.profile,
        secrets=store,
        clock=SystemClock(),
        device=device_name(settings),
        allow_plain_http=settings.allow_plain_http,
    )
    return await _open_or_hang_up(settings, account, await open_line(settings, account))


async def sign_in_again(settings: Settings, account: "Account", password: str) -> None:
    """Keep a new sign-in of an account whose old one has ended; whoever opens it next has it.

    Raises:
        WrongPassword, NotASchool, Offline, NoSecretStore: each says what to do.
    """
    import asyncio

    from desktop.backend import accounts, secrets

    store = await asyncio.to_thread(secrets.open_store, settings.vault, settings.vault_passphrase)
    await accounts.sign_in(
        account.server,
        account.user.username,
        password,
        profile=settings.profile,
        secrets=store,
        clock=SystemClock(),
        device=device_name(settings),
        allow_plain_http=settings.allow_plain_http,
    )


async def resume(settings: Settings) -> Services | None:
    """Open the account that is signed in on this profile, or None when nobody is.

    Needs no network: what was kept is there at once, and syncing begins when it can.

    Raises:
        CompanionError: the account's Local school, secrets or cache cannot be opened.
    """
    from desktop.backend import accounts

    account = accounts.current(settings.profile)
    if account is None:
        return None
    if account.kind == "local":
        account, line = await _open_local_line(settings, None)
        accounts.make_current(settings.profile, account)
    else:
        line = await open_line(settings, account)
    return await _open_or_hang_up(settings, account, line)


async def _open_or_hang_up(settings: Settings, account: "Account", line: Line) -> Services:
    try:
        return await open_services(settings, account, line)
    except BaseException:
        await line.close()
        raise
