"""Staying signed in at the real school: rotation, several holders, and the end of it."""

import asyncio
import random
from pathlib import Path

import msgspec
import pytest

from desktop.backend import problems, secrets, session
from desktop.backend.session import Kept, Session
from desktop.backend.transport import HttpTransport, Request
from desktop.classroom.instants import SystemClock
from desktop.wire import auth
from tests.sync.world import Device, Network, School

ME = Request("GET", "/api/v1/auth/me")
NAME = "someone/session"


async def signed_in(school: School, store: secrets.SecretStore, lock: Path | None) -> Session:
    network = Network(HttpTransport(school.url))
    tokens = await session.log_in(network, school.username, school.password, "test")
    one = Session(network, store, NAME, clock=SystemClock(), lock_file=lock)
    await one.keep(tokens)
    return one


def another(of: Session, store: secrets.SecretStore, lock: Path | None) -> Session:
    """The same account in another process, as far as that can be told in one."""
    return Session(of.transport, store, NAME, clock=SystemClock(), lock_file=lock)


def kept(store: secrets.SecretStore) -> Kept:
    return msgspec.json.decode(store.get(NAME) or "", type=Kept)


def spoil(store: secrets.SecretStore, **changes: object) -> Kept:
    spoiled = msgspec.structs.replace(kept(store), **changes)
    store.set(NAME, msgspec.json.encode(spoiled).decode())
    return spoiled


def network(of: Session) -> Network:
    assert isinstance(of.transport, Network)
    return of.transport


async def test_a_stored_sign_in_goes_on_in_the_next_process(school: School, tmp_path: Path) -> None:
    store = secrets.VaultFile(tmp_path / "vault", "p")
    first = await signed_in(school, store, tmp_path / "lock")
    later = another(first, store, tmp_path / "lock")
    user = msgspec.json.decode((await later.send(ME)).body)
    assert user["username"] == school.username
    assert network(later).requests("/refresh") == []
    await first.transport.close()


async def test_a_token_near_its_end_is_renewed_and_stored_before_it_is_used(
    school: School, tmp_path: Path
) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    old = spoil(store, got_at=kept(store).got_at - 800)
    later = another(one, store, None)
    answer = await later.send(ME)
    assert answer.status == 200
    assert kept(store).refresh != old.refresh
    assert network(one).requests("/auth/me")[-1].token == kept(store).access
    await one.transport.close()


async def test_a_clock_that_was_set_back_costs_a_refresh_and_no_more(school: School) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    spoil(store, got_at=kept(store).got_at + 86_400)
    assert (await another(one, store, None).send(ME)).status == 200
    await one.transport.close()


async def test_a_token_the_server_no_longer_takes_is_renewed_once(school: School) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    spoil(store, access="no longer good")
    assert (await another(one, store, None).send(ME)).status == 200
    assert len(network(one).requests("/auth/me")) == 2
    assert len(network(one).requests("/auth/refresh")) == 1
    await one.transport.close()


async def test_a_server_that_says_401_to_everything_is_not_asked_for_ever(school: School) -> None:
    one = await signed_in(school, secrets.MemoryStore(), None)
    for _ in range(2):
        network(one).answer("/auth/me", 401)
    with pytest.raises(problems.SignInNeeded):
        await one.send(ME)
    assert len(network(one).requests("/auth/refresh")) == 1
    await one.transport.close()


async def test_many_who_want_to_renew_at_once_rotate_once(school: School, tmp_path: Path) -> None:
    store = secrets.VaultFile(tmp_path / "vault", "p")
    one = await signed_in(school, store, tmp_path / "lock")
    spoil(store, access="no longer good")
    others = [another(one, store, tmp_path / "lock") for _ in range(3)]
    answers = await asyncio.gather(*(each.send(ME) for each in others for _ in range(2)))
    assert [answer.status for answer in answers] == [200] * 6
    assert len(network(one).requests("/auth/refresh")) == 1
    await one.transport.close()


async def test_a_lost_answer_to_a_rotation_is_asked_for_again(school: School) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    spoil(store, access="no longer good")
    network(one).lose_answer("/auth/refresh")
    assert (await another(one, store, None).send(ME)).status == 200
    assert len(network(one).requests("/auth/refresh")) == 2
    await one.transport.close()


async def test_a_rotation_that_a_kill_kept_from_being_stored_is_made_good_at_the_next_start(
    school: School,
) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    old = spoil(store, access="no longer good")
    body = auth.RefreshRequest(refresh_token=old.refresh).model_dump_json().encode()
    await network(one).send(Request("POST", "/api/v1/auth/refresh", body))  # and killed here
    assert (await another(one, store, None).send(ME)).status == 200
    assert kept(store).refresh != old.refresh
    await one.transport.close()


async def test_being_offline_never_ends_a_sign_in(school: School) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    before = spoil(store, access="no longer good")
    later = another(one, store, None)
    network(one).lose_request("/auth/refresh")
    with pytest.raises(problems.Offline):
        await later.send(ME)
    assert kept(store) == before
    assert (await later.send(ME)).status == 200
    await one.transport.close()


async def test_a_dead_refresh_token_signs_out_and_says_so(school: School) -> None:
    store = secrets.MemoryStore()
    one = await signed_in(school, store, None)
    spoil(store, access="gone", refresh="gone")
    with pytest.raises(problems.SignInNeeded):
        await another(one, store, None).send(ME)
    assert store.get(NAME) is None
    with pytest.raises(problems.SignInNeeded):
        await another(one, store, None).send(ME)
    await one.transport.close()


async def test_local_schools_owner_is_signed_in_anew_without_a_person(school: School) -> None:
    store = secrets.MemoryStore()
    network = Network(HttpTransport(school.url))

    async def again() -> auth.Tokens:
        return await session.log_in(network, school.username, school.password, "test")

    one = Session(network, store, NAME, clock=SystemClock(), sign_in_again=again)
    assert (await one.send(ME)).status == 200
    spoil(store, access="gone", refresh="gone")
    renewed = Session(network, store, NAME, clock=SystemClock(), sign_in_again=again)
    assert (await renewed.send(ME)).status == 200
    await network.close()


async def test_signing_out_ends_it_at_the_server_too(school: School, tmp_path: Path) -> None:
    device = await Device(tmp_path, school, "desk").open()
    token = kept_access(device)
    await device.session.sign_out()
    answer = await device.network.send(Request("GET", "/api/v1/auth/me", token=token))
    assert answer.status == 401
    await device.close()


async def test_signing_out_offline_forgets_the_tokens_all_the_same(
    school: School, tmp_path: Path
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    device.network.lose_request("/auth/logout")
    await device.session.sign_out()
    assert device.store.get(f"{device.account.slug}/session") is None
    await device.close()


async def test_a_wrong_password_is_called_by_its_name(school: School) -> None:
    transport = HttpTransport(school.url)
    with pytest.raises(problems.WrongPassword):
        await session.log_in(transport, f"nobody{random.random()}", "wrong", "test")
    await transport.close()


async def test_an_answer_without_tokens_makes_no_sense(school: School) -> None:
    network = Network(HttpTransport(school.url))
    network.answer("/auth/login", 200, b'{"access_token": 7}')
    with pytest.raises(problems.BadAnswer):
        await session.log_in(network, "a", "b", "test")
    await network.close()


def kept_access(device: Device) -> str:
    text = device.store.get(f"{device.account.slug}/session") or ""
    return msgspec.json.decode(text, type=Kept).access
