"""A database that goes away and comes back, and a server that is killed at any moment."""

import os
import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from desktop.school.database import Database, DatabaseAway
from desktop.school.folder import Folder, SchoolInUse
from desktop.school.passwords import Passwords
from desktop.school.school import School
from desktop.school.site import Site
from tests.conftest import DATABASES
from tests.school.conftest import HeldClock, Served
from tests.school.serving import Process
from tests.tools import postgres

KILLS = 3
ON_POSTGRESQL = [name for name in DATABASES if name == "postgresql"]


@pytest.fixture(params=ON_POSTGRESQL)
def own_cluster() -> Iterator[postgres.Cluster]:
    """A server of this test alone: it may stop it."""
    with postgres.running() as running:
        yield running


@pytest.mark.logs("database.failed")
@pytest.mark.logs("status=503")
def test_a_database_that_is_away_answers_503_and_is_back_by_itself(
    own_cluster: postgres.Cluster, tmp_path: Path, op: Any
) -> None:
    school = School.open(
        Folder.open(tmp_path / "school"),
        url=own_cluster.url(own_cluster.fresh()),
        clock=HeldClock(),
        chance=random.Random(7),
        passwords=Passwords(),
        slow_s=3_600,
    )
    served = Served(school, HeldClock())
    served.start()
    try:
        ada = served.person("ada")
        ada.apply(op("create", "classes", "before", {"name": "Before"}))
        for how in ("immediate", "fast"):  # a crash, and a restart in order
            own_cluster.stop(how)
            waiting = op("create", "classes", how, {"name": how})
            for answer in (
                ada.post("/sync/push", {"ops": [waiting]}),
                ada.get("/sync/changes"),
                served.client.get("/health/ready"),
            ):
                assert answer.status_code == 503, answer.text
                assert int(answer.headers["Retry-After"]) > 0
                assert "Traceback" not in answer.text
            assert served.client.get("/health/live").status_code == 200
            own_cluster.start()
            assert [result["outcome"] for result in ada.push(waiting)] == ["applied"]
        assert {record["id"] for record in ada.pull()} == {"before", "immediate", "fast"}
        assert served.client.get("/health/ready").status_code == 200
    finally:
        served.stop()


@pytest.mark.parametrize("database_url", ON_POSTGRESQL, indirect=True)
def test_no_server_works_on_a_school_that_is_being_restored(
    tmp_path: Path, database_url: sa.URL
) -> None:
    site = Site(tmp_path / "administrator", database_url)
    with site.held():
        server = Database(database_url, serves=True)
        with pytest.raises(DatabaseAway, match="restores or resets"):
            server.migrate()
    server.migrate()
    with pytest.raises(SchoolInUse), site.held():
        pass
    server.close()
    with site.held():
        pass


def ops(start: int) -> list[dict[str, Any]]:
    return [
        {
            "op_id": f"op{number}",
            "collection": "classes",
            "id": f"class{number}",
            "kind": "create",
            "patch": {"name": f"Class {number}"},
            "at": "2026-03-02T09:00:00Z",
        }
        for number in range(start, start + 5)
    ]


def _push(server: Process, headers: dict[str, str], start: int) -> dict[str, int]:
    """Push the five ops from `start`; the version of each that was acknowledged."""
    answer = server.client.post("/sync/push", json={"ops": ops(start)}, headers=headers)
    return {one["op_id"]: one["version"] for one in answer.json()["results"]}


def test_no_acknowledged_push_is_lost_by_a_kill_at_any_moment(
    tmp_path: Path, database_url: sa.URL | None
) -> None:
    chance = random.Random(11)
    told = database_url.render_as_string(hide_password=False) if database_url else ""
    options = ("--owner", *(("--database-url", told) if told else ()))
    acknowledged: dict[str, int] = {}
    number = 0
    for _ in range(KILLS):
        server = Process(tmp_path / "school", *options)
        headers = server.sign_in(server.ready["owner"])
        killer = threading.Timer(
            chance.uniform(0.0, 0.3), os.kill, (server.ready["pid"], signal.SIGKILL)
        )
        acknowledged |= _push(server, headers, number)  # on a busy machine there may be no second
        number += 5
        killer.start()
        try:
            while True:
                acknowledged |= _push(server, headers, number)
                number += 5
        except httpx.TransportError:
            number += 5  # whether these took effect nobody knows: they are sent again below
        finally:
            killer.join()
            server.client.close()
            server.process.communicate(timeout=60)
    server = Process(tmp_path / "school", *options)
    try:
        headers = server.sign_in(server.ready["owner"])
        again: dict[str, tuple[str, int]] = {}
        for start in range(0, number, 5):
            body = {"ops": ops(start)}
            results = server.client.post("/sync/push", json=body, headers=headers).json()["results"]
            again |= {one["op_id"]: (one["outcome"], one["version"]) for one in results}
        assert len(acknowledged) > 0
        for op_id, version in acknowledged.items():
            assert again[op_id] == ("duplicate", version)
        assert len({version for _, version in again.values()}) == number
    finally:
        server.process.terminate()
        server.end()
        server.client.close()
