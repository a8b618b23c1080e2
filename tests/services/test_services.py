"""The composition root: from nothing to a running account and back, on real parts."""

import asyncio
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import services, workspaces
from desktop.backend import accounts, problems
from desktop.classroom.instants import SystemClock
from desktop.settings import Settings
from desktop.storage import outbox, records
from desktop.storage.cache import Cache
from desktop.sync.status import State
from desktop.wire.auth import User
from tests.sync.world import ROOT, School

HEAVY = "alembic httpx keyring nacl pydantic sqlalchemy starlette structlog uvicorn websockets"


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a passphrase")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(profile=tmp_path / "profile", vault=tmp_path / "vault")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  (conditions of all kinds)
            await asyncio.sleep(0.02)


def test_importing_the_services_is_cheap() -> None:
    code = f"import sys, desktop.services; print(*set(sys.modules) & set('{HEAVY}'.split()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "", done.stderr


def test_without_an_account_the_sentence_holds_the_command(settings: Settings) -> None:
    with (
        pytest.raises(workspaces.NobodySignedIn, match="login --server URL"),
        workspaces.open_offline(settings),
    ):
        pass


async def test_nobody_signed_in_resumes_nothing(settings: Settings) -> None:
    assert await services.resume(settings) is None


async def test_local_school_opens_with_its_sample_and_comes_back_with_the_teachers_work(
    settings: Settings,
) -> None:
    first = await services.start_local_school(settings, sample=True)
    await until(lambda: first.sync.status.state is State.SYNCED)
    students = await asyncio.wrap_future(first.ask(records.find, "students"))
    assert len(students) > 100
    made = await asyncio.wrap_future(first.act(outbox.create, "classes", {"name": "My own"}))
    await first.close()
    school = first.line.school
    assert school is not None

    again = await services.resume(settings)
    assert again is not None
    assert again.account == first.account
    kept = await asyncio.wrap_future(again.ask(records.get, "classes", made.id))
    assert kept is not None
    await until(lambda: again.sync.status.state is State.SYNCED)
    kept = await asyncio.wrap_future(again.ask(records.get, "classes", made.id))
    assert kept is not None
    assert not kept.dirty
    await again.close()


async def test_closing_leaves_no_process_no_task_and_no_open_cache(settings: Settings) -> None:
    before = asyncio.all_tasks()
    opened = await services.start_local_school(settings, sample=False)
    assert opened.line.school is not None
    pid = opened.line.school.ready.pid
    await opened.close()
    assert asyncio.all_tasks() == before
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with workspaces.open_offline(settings) as workspace:
        assert workspace.ask(records.find, "classes").result() == []


async def test_a_school_that_crashed_is_started_again_and_synced_with(settings: Settings) -> None:
    opened = await services.start_local_school(settings, sample=False)
    await until(lambda: opened.sync.status.state is State.SYNCED)
    assert opened.line.school is not None
    os.kill(opened.line.school.ready.pid, 9)
    made = await asyncio.wrap_future(opened.act(outbox.create, "classes", {"name": "4A"}))
    await until(
        lambda: (
            not opened.cache.read(lambda c: records.find(c, "classes", pending=True))
            and opened.sync.status.state is State.SYNCED
        )
    )
    assert made.op_id
    await opened.close()


async def test_signing_in_elsewhere_opens_that_account_and_resumes_offline(
    settings: Settings, school: School
) -> None:
    opened = await services.sign_in(settings, school.url, school.username, school.password)
    await until(lambda: opened.sync.status.last_synced is not None)
    assert opened.account.kind == "companion"
    await opened.close()
    # The same account, whose server is gone meanwhile.
    gone = accounts.Account(server="http://127.0.0.1:9", kind="companion", user=opened.account.user)
    accounts.make_current(settings.profile, gone)
    again = await services.resume(settings)
    assert again is not None
    await until(lambda: again.sync.status.state in (State.OFFLINE, State.SIGN_IN_NEEDED))
    await again.close()


async def test_a_wrong_password_opens_nothing(settings: Settings, school: School) -> None:
    with pytest.raises(problems.WrongPassword):
        await services.sign_in(settings, school.url, "nobody-at-all", "wrong")
    assert await services.resume(settings) is None


async def test_subscribers_hear_which_records_changed(settings: Settings) -> None:
    opened = await services.start_local_school(settings, sample=False)
    heard: list[tuple[str, str]] = []
    opened.subscribe(heard.extend)
    made = await asyncio.wrap_future(opened.act(outbox.create, "classes", {"name": "4A"}))
    await until(lambda: ("classes", made.id) in heard)
    await opened.close()


async def test_what_was_asked_for_is_done_though_nobody_waits_for_it_any_more(
    settings: Settings, tmp_path: Path
) -> None:
    """A page that closes cancels its tasks; the edit it was waiting for stood in a queue."""
    cache = Cache.open(tmp_path, clock=SystemClock(), chance=random.Random(1), who="Ana Ruiz")
    user = User(id="u1", username="ana", email="", display_name="Ana Ruiz", role="teacher")
    account = accounts.Account(server="https://school.example", kind="companion", user=user)
    desk = workspaces.Workspace(settings, SystemClock(), random.Random(1), account, cache)
    go_on = threading.Event()
    before = desk.cache.write(lambda _tx: go_on.wait(30))
    edit = desk.act(outbox.create, "classes", {"name": "4A"})
    page = asyncio.ensure_future(asyncio.wrap_future(edit))
    await asyncio.sleep(0)
    page.cancel()
    go_on.set()
    assert await asyncio.wrap_future(before)
    made = await asyncio.to_thread(edit.result, 30)
    found = cache.read(lambda connection: records.get(connection, "classes", made.id))
    assert found is not None
    assert found.local["name"] == "4A"
    desk.put_away()
