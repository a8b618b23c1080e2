"""Values that a database may have no room for: refused or kept, and never a fault of ours."""

from typing import Any

import pytest

from tests.school.conftest import PASSWORD

NUL = "a\x00b"
WIDE = "\ufdfa" * 200
"""One letter that folds to eighteen."""


@pytest.mark.parametrize("name", [NUL, WIDE])
def test_a_strange_name_signs_nobody_in(served: Any, ada: Any, name: str) -> None:
    answer = served.client.post("/auth/login", json={"username": name, "password": PASSWORD})
    assert answer.status_code in (401, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("name", [NUL, WIDE])
def test_a_strange_name_registers_nobody_or_somebody_who_can_sign_in(
    served: Any, ada: Any, name: str
) -> None:
    with served.school.database.write() as connection:
        code = served.school.accounts.invite(connection, "teacher")
    body = {"invite_code": code, "username": name, "password": PASSWORD}
    answer = served.client.post("/auth/register", json=body)
    assert answer.status_code in (201, 422), answer.text
    if answer.status_code == 201:
        assert served.sign_in(name).get("/auth/me").status_code == 200


def test_an_op_with_a_strange_id_stops_no_other(ada: Any, op: Any) -> None:
    strange = {**op("create", "classes", "x", {"name": "X"}), "op_id": NUL}
    told = ada.push(strange, op("create", "classes", "y", {"name": NUL}))
    assert told[0]["outcome"] in ("applied", "rejected")
    assert told[1]["outcome"] == "applied"
    [kept] = [record for record in ada.pull() if record["id"] == "y"]
    assert kept["data"]["name"] == NUL


def test_a_strange_address_is_not_found(ada: Any) -> None:
    for path in ("/classes/a%00b/analytics", "/generation/jobs/a%00b"):
        assert ada.get(path).status_code in (404, 422)


def test_a_device_with_a_strange_name_is_kept_or_refused(served: Any, ada: Any) -> None:
    body = {"username": "ada", "password": PASSWORD, "device_name": NUL}
    assert served.client.post("/auth/login", json=body).status_code in (200, 422)
