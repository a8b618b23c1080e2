"""Who is signed in on this profile, where their things lie, and how one comes and goes.

`account.json` in the profile names the current account and holds no secret; each account has a
folder of its own under `accounts/`, which stays when its person signs out unless they erase it.
"""

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from desktop import private_files
from desktop.backend import cache_keys, problems
from desktop.backend.secrets import SecretStore
from desktop.classroom.instants import Clock

if TYPE_CHECKING:  # a command that works offline does not wait for the network's libraries
    from desktop.backend.session import Session, SignIn
    from desktop.backend.transport import Transport
    from desktop.wire import auth

ACCOUNT_FILE = "account.json"
LOCAL_SERVER = "local"
"""Stands for Local school's address, which changes with every start."""

DOOMED = ".erased-"

ServerKind = Literal["companion", "local"]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """The person, as the server names them."""

    id: str
    username: str
    display_name: str = ""
    email: str = ""
    role: str = "teacher"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """One person on one server."""

    server: str
    kind: ServerKind
    server_name: str = ""
    user: User

    @property
    def slug(self) -> str:
        """A short name for folders and secrets: readable, and unlike that of any other account."""
        where = "local" if self.kind == "local" else self.server.partition("://")[2]
        told = re.sub(r"[^a-z0-9]+", "-", f"{where}-{self.user.username}".lower()).strip("-")
        mark = hashlib.sha256(f"{self.server}\n{self.user.id}".encode()).hexdigest()[:10]
        return f"{told[:40]}-{mark}"


@dataclass(frozen=True)
class Place:
    """Where an account's things lie."""

    folder: Path

    @property
    def session_lock(self) -> Path:
        """Taken by whoever renews the sign-in."""
        return self.folder / "session.lock"

    @property
    def sync_lock(self) -> Path:
        """Taken by whoever runs a round of syncing."""
        return self.folder / "sync.lock"


def place(profile: Path, account: Account) -> Place:
    """The account's folder, made when it is not there yet; only this user may read it."""
    folder = profile / "accounts" / account.slug
    private_folder(profile)
    for one in (folder.parent, folder):
        one.mkdir(mode=0o700, exist_ok=True)
    return Place(folder)


def private_folder(folder: Path) -> None:
    """Make a folder that only this user may read; one that is there stays as it is."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def current(profile: Path) -> Account | None:
    """Who is signed in, or None; a file that makes no sense counts as nobody."""
    try:
        return msgspec.json.decode((profile / ACCOUNT_FILE).read_bytes(), type=Account)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None


def make_current(profile: Path, account: Account) -> None:
    """Name the current account, in one step that a power cut cannot halve."""
    private_folder(profile)
    content = msgspec.json.format(msgspec.json.encode(account)) + b"\n"
    private_files.write(profile / ACCOUNT_FILE, content)


def open_session(
    profile: Path,
    account: Account,
    transport: "Transport",
    secrets: SecretStore,
    *,
    clock: Clock,
    sign_in_again: "SignIn | None" = None,
) -> "Session":
    """The signed-in state of an account; it asks nothing until it is used."""
    from desktop.backend.session import Session

    return Session(
        transport,
        secrets,
        f"{account.slug}/session",
        clock=clock,
        lock_file=place(profile, account).session_lock,
        sign_in_again=sign_in_again,
    )


async def sign_in(
    server: str,
    username: str,
    password: str,
    *,
    profile: Path,
    secrets: SecretStore,
    clock: Clock,
    device: str = "",
    allow_plain_http: bool = False,
) -> Account:
    """Sign in, keep the tokens, and make this the current account.

    Raises:
        WrongUse: the address is none.
        problems.NotPrivate: the password would travel unencrypted to another machine.
        problems.NotASchool: there is no school server at that address.
        problems.WrongPassword: the name and the password do not go together.
        problems.BackendProblem: whatever else the network or the server tells.
    """
    from desktop.backend import companion, session
    from desktop.backend.transport import HttpTransport, is_loopback, normal_address

    address = normal_address(server)
    encrypted = address.startswith("https:") or is_loopback(address)
    if not encrypted and not allow_plain_http:
        raise problems.NotPrivate(address)
    transport = HttpTransport(address)
    try:
        told = await companion.capabilities(transport)
        tokens = await session.log_in(transport, username, password, device)
        account = Account(
            server=address, kind="companion", server_name=told.name, user=_user(tokens.user)
        )
        await open_session(profile, account, transport, secrets, clock=clock).keep(tokens)
    finally:
        await transport.close()
    make_current(profile, account)
    return account


def local_account(tokens: "auth.Tokens") -> Account:
    """The account of Local school's owner."""
    return Account(
        server=LOCAL_SERVER, kind="local", server_name="Local school", user=_user(tokens.user)
    )


async def sign_out(
    profile: Path, account: Account, secrets: SecretStore, *, clock: Clock, erase: bool = False
) -> None:
    """Forget the sign-in; with `erase`, everything of this account on this computer too.

    Unsent work is the caller's to look at first: this erases whatever is there.
    """
    from desktop.backend.transport import HttpTransport

    if account.kind == "companion":
        transport = HttpTransport(account.server)
        try:
            await open_session(profile, account, transport, secrets, clock=clock).sign_out()
        finally:
            await transport.close()
    if erase:
        _doom(place(profile, account).folder, clock)
        cache_keys.forget(secrets, account.slug)
    if current(profile) == account:
        (profile / ACCOUNT_FILE).unlink()
    sweep(profile)


def folders(profile: Path) -> list[Path]:
    """The folder of every account that has something on this computer, by name."""
    return sorted(
        one
        for one in (profile / "accounts").glob("*")
        if one.is_dir() and not one.name.startswith(DOOMED)
    )


def erase(profile: Path, folder: Path, clock: Clock) -> None:
    """Erase an account that is not the current one, by its folder."""
    _doom(folder, clock)
    sweep(profile)


def _doom(folder: Path, clock: Clock) -> None:
    # Renamed in one step: a crash half-way leaves no half account, and the rest goes later.
    folder.rename(folder.with_name(f"{DOOMED}{clock.now().timestamp():.0f}-{folder.name}"))


def sweep(profile: Path) -> None:
    """Remove what an interrupted erasing left behind."""
    for folder in (profile / "accounts").glob(f"{DOOMED}*"):
        shutil.rmtree(folder)


def _user(user: "auth.User") -> User:
    return User(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        email=user.email,
        role=user.role,
    )
