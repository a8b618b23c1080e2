"""What an administrator changes of accounts, from the command line, while the server runs."""

from typing import Any

import pytest

from desktop.school import forgotten, people
from desktop.school.people import NoSuchPerson
from desktop.wire.auth import PasswordResetRequest
from tests.school.conftest import PASSWORD

NEW = "a wholly new password"


def presence(person: Any) -> int:
    """What joining the class's presence channel is answered with."""
    asked = {"socket_id": "1.2", "channel_name": "presence-class-math"}
    status: int = person.post("/realtime/auth", asked).status_code
    return status


def login(served: Any, password: str) -> int:
    body = {"username": "ada", "password": password}
    status: int = served.client.post("/auth/login", json=body).status_code
    return status


def test_another_role_counts_from_the_next_request_on(served: Any, ada: Any, ben: Any) -> None:
    assert presence(ada) == 200
    with served.school.database.write() as connection:
        people.set_role(connection, "Ada", "parent")
        people.set_role(connection, "ben", "admin")
    assert [ada.get("/sync/changes").status_code, presence(ada)] == [403, 403]
    assert ada.get("/auth/me").json()["role"] == "parent"
    assert ben.get("/audit").status_code == 200
    # What a teacher's cursor had left out, an administrator sees: it starts anew.
    ben.pull()
    with served.school.database.write() as connection:
        people.set_role(connection, "ben", "teacher")
    assert ben.get("/sync/changes", cursor=ben.cursor).json()["code"] == "cursor_expired"


def test_a_locked_account_is_out_everywhere_and_no_road_leads_back_in(
    served: Any, ada: Any, ben: Any
) -> None:
    with served.school.database.write() as connection:
        people.lock(connection, "ada", served.school.moment())
    assert ada.get("/auth/me").json()["code"] == "token_revoked"
    again = {"refresh_token": ada.tokens["refresh_token"]}
    assert served.client.post("/auth/refresh", json=again).status_code == 401
    assert login(served, PASSWORD) == 401
    forgotten.ask(served.school, PasswordResetRequest(username="ada"), "127.0.0.1")
    with served.school.database.read() as connection:
        [one] = [found for found in people.listed(connection) if found["username"] == "ada"]
    assert (one["locked"], one["devices"]) == (True, 0)
    assert ben.get("/auth/me").status_code == 200


def test_a_new_password_signs_every_device_out_and_opens_a_locked_account(
    served: Any, ada: Any
) -> None:
    kept = served.school.accounts.hash(NEW)
    with served.school.database.write() as connection:
        people.lock(connection, "ada", served.school.moment())
        people.set_password(connection, "ada", kept, served.school.moment())
    assert ada.get("/auth/me").status_code == 401
    assert [login(served, PASSWORD), login(served, NEW)] == [401, 200]
    assert {record["id"] for record in served.sign_in("ada", NEW).pull()} >= {"math", "kim"}


def test_a_name_that_nobody_has_is_said(served: Any) -> None:
    with (
        pytest.raises(NoSuchPerson, match="called eve"),
        served.school.database.write() as connection,
    ):
        people.set_role(connection, "eve", "admin")
