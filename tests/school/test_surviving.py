"""What a school lives through: a full disk, and a clock that jumps."""

from typing import Any

import pytest
import sqlalchemy as sa

SOME_PAGES = 40
PLENTY = 2**30


class FileDisk:
    """SQLite's own bound on the size of the file: past it, writing fails as on a full disk."""

    def __init__(self, school: Any) -> None:
        self._engine = school.database.engine
        self._pages = PLENTY
        sa.event.listen(self._engine, "connect", self._bound)

    def _bound(self, connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count={self._pages}")

    def leave(self, pages: int) -> None:
        """Let so many pages more be written."""
        with self._engine.connect() as connection:
            used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        self._pages = min(PLENTY, used + pages)
        self._engine.dispose()


class ServerDisk:
    """A trigger that raises what PostgreSQL raises when it finds no room for a table to grow."""

    def __init__(self, school: Any) -> None:
        self._engine = school.database.engine

    def leave(self, pages: int) -> None:
        """Let so many pages of 4 KiB more be written."""
        with self._engine.begin() as connection:
            # Of the text, not of the file: one letter repeated is packed to nearly nothing.
            size = "(SELECT coalesce(sum(length(data)), 0) FROM record)"
            used = connection.exec_driver_sql(f"SELECT {size}").scalar_one()
            most = used + pages * 4_096
            connection.exec_driver_sql(
                "CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF {size} > {most} THEN RAISE EXCEPTION "
                "'could not extend file' USING ERRCODE = 'disk_full'; END IF; RETURN NEW; END $$"
            )
            connection.exec_driver_sql(
                "CREATE OR REPLACE TRIGGER full_disk BEFORE INSERT ON record "
                "FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )


def disk_of(school: Any) -> FileDisk | ServerDisk:
    return FileDisk(school) if school.database.is_file else ServerDisk(school)


@pytest.mark.logs("database.failed")
@pytest.mark.logs("status=507")
def test_a_full_disk_is_said_loses_nothing_and_is_over_when_there_is_room(
    served: Any, ada: Any, op: Any
) -> None:
    disk = disk_of(served.school)
    disk.leave(SOME_PAGES)
    big = "x" * 20_000
    kept = []
    for number in range(100):
        made = op("create", "announcements", f"n{number}", {"title": "N", "body": big})
        answer = ada.post("/sync/push", {"ops": [made]})
        if answer.status_code != 200:
            break
        kept.append(f"n{number}")
    assert (answer.status_code, answer.json()["code"]) == (507, "disk_full")
    assert 0 < len(kept) < 100
    # Reading goes on, and everything that was acknowledged is there; the refused one is not.
    seen = {record["id"] for record in ada.pull() if record["collection"] == "announcements"}
    assert seen == set(kept)
    disk.leave(PLENTY)
    assert ada.push(made)[0]["outcome"] == "applied"
    assert served.client.get("/health/ready").status_code == 200


@pytest.mark.parametrize("jump", [-400 * 86_400, -3_600, 600])
def test_a_clock_that_jumps_signs_nobody_out_and_loses_no_order(
    served: Any, ada: Any, op: Any, jump: int
) -> None:
    before = max(record["version"] for record in ada.pull())
    served.clock.forward(jump)
    [after] = ada.apply(op("create", "announcements", "a", {"title": "A"}))
    assert after > before
    assert [record["id"] for record in ada.pull()] == ["a"]
    body = {"refresh_token": ada.tokens["refresh_token"]}
    fresh = served.client.post("/auth/refresh", json=body)
    assert fresh.status_code == 200, fresh.text
    served.clock.forward(-jump)
    assert served.sign_in("ada").get("/auth/me").status_code == 200
    [last] = served.sign_in("ada").apply(op("create", "announcements", "b", {"title": "B"}))
    assert last > after


def test_a_clock_that_jumps_far_ahead_asks_for_a_new_sign_in_and_comes_back(
    served: Any, ada: Any
) -> None:
    served.clock.forward(2 * 86_400)
    told = ada.get("/auth/me")
    assert (told.status_code, told.json()["code"]) == (401, "token_expired")
    served.clock.forward(-2 * 86_400)
    assert ada.get("/auth/me").status_code == 200
