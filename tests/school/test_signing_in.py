"""Signing in: tokens, their families, reuse, the grace, limits, and invite codes."""

import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

PASSWORD = "correct horse battery"


def refresh(served: Any, token: str) -> httpx.Response:
    return served.client.post("/auth/refresh", json={"refresh_token": token})


def me(served: Any, access_token: str) -> httpx.Response:
    return served.client.get("/auth/me", headers={"Authorization": f"Bearer {access_token}"})


def test_a_sign_in_gives_tokens_that_open_the_account(served: Any) -> None:
    ada = served.person("Ada")
    assert ada.tokens["expires_in"] == 900
    assert ada.tokens["refresh_expires_in"] == 86_400
    assert ada.get("/auth/me").json()["username"] == "Ada"


def test_a_name_is_matched_without_case_and_an_email_works_too(served: Any) -> None:
    served.add("Ada")
    assert served.sign_in("aDA")
    wrong = {"username": "ada", "email": "ada@x.example", "password": PASSWORD}
    assert served.client.post("/auth/login", json=wrong).status_code == 422


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_told_apart_by_nothing(
    served: Any, name: str
) -> None:
    served.add("ada")
    answer = served.client.post("/auth/login", json={"username": name, "password": "no"})
    assert answer.status_code == 401
    problem = answer.json()
    assert (problem["code"], problem["detail"]) == (
        "wrong_credentials",
        "The name or the password is not right.",
    )


def test_five_failures_in_a_minute_lock_the_account_for_that_minute(served: Any) -> None:
    served.add("ada")
    wrong = {"username": "ada", "password": "no"}
    for _ in range(5):
        assert served.client.post("/auth/login", json=wrong).status_code == 401
    right = {"username": "ADA", "password": PASSWORD}
    refused = served.client.post("/auth/login", json=right)
    assert refused.status_code == 429
    assert refused.json()["code"] == "rate_limited"
    served.add("ben")
    served.sign_in("ben")
    served.clock.forward(int(refused.headers["Retry-After"]) + 1)
    served.sign_in("ada")


def test_many_wrong_passwords_at_once_are_five_attempts_and_no_more(served: Any) -> None:
    served.add("ada")
    wrong = {"username": "ada", "password": "no"}

    def attempt(_: int) -> int:
        status: int = served.client.post("/auth/login", json=wrong).status_code
        return status

    with ThreadPoolExecutor(20) as crowd:
        statuses = Counter(crowd.map(attempt, range(60)))
    assert statuses == {401: 5, 429: 55}


def test_a_whole_school_signs_in_from_one_address_within_a_minute(served: Any) -> None:
    served.add("ada")
    for _ in range(120):
        served.sign_in("ada")


def test_nobody_takes_anothers_way_in_by_joining_with_their_address(served: Any) -> None:
    with served.school.database.write() as connection:
        codes = served.school.accounts.standing_invites(connection)
    for name in ("ada", "pupil"):
        body = {"username": name, "password": f"the password of {name}", "email": "Ada@x.example"}
        body["invite_code"] = codes["teacher" if name == "ada" else "student"]
        assert served.client.post("/auth/register", json=body).status_code == 201
        served.clock.forward(1)
    by_email = {"email": "ada@X.example", "password": "the password of ada"}
    assert served.client.post("/auth/login", json=by_email).json()["user"]["username"] == "ada"
    by_email["password"] = "the password of pupil"
    assert served.client.post("/auth/login", json=by_email).status_code == 401
    served.sign_in("pupil", "the password of pupil")


def test_an_access_token_ends_after_fifteen_minutes(served: Any) -> None:
    ada = served.person("ada")
    served.clock.forward(899)
    assert ada.get("/auth/me").status_code == 200
    served.clock.forward(2)
    answer = ada.get("/auth/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_refresh_rotates_and_keeps_the_person(served: Any) -> None:
    ada = served.person("ada")
    served.clock.forward(600)
    fresh = refresh(served, ada.tokens["refresh_token"]).json()
    assert fresh["refresh_token"] != ada.tokens["refresh_token"]
    assert me(served, fresh["access_token"]).json()["id"] == ada.id


def test_the_very_last_token_may_be_asked_with_again_within_thirty_seconds(served: Any) -> None:
    ada = served.person("ada")
    token = ada.tokens["refresh_token"]
    lost = refresh(served, token).json()
    served.clock.forward(29)
    again = refresh(served, token)
    assert again.status_code == 200
    assert again.json()["refresh_token"] == lost["refresh_token"]
    assert refresh(served, lost["refresh_token"]).status_code == 200


def test_a_dead_token_after_the_grace_revokes_the_whole_family(served: Any) -> None:
    ada = served.person("ada")
    token = ada.tokens["refresh_token"]
    fresh = refresh(served, token).json()
    served.clock.forward(31)
    answer = refresh(served, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "refresh_reused")
    assert refresh(served, fresh["refresh_token"]).status_code == 401
    assert me(served, fresh["access_token"]).json()["code"] == "token_revoked"


def test_within_the_grace_only_the_last_token_is_spared(served: Any) -> None:
    ada = served.person("ada")
    first = ada.tokens["refresh_token"]
    second = refresh(served, first).json()["refresh_token"]
    refresh(served, second)
    answer = refresh(served, first)
    assert (answer.status_code, answer.json()["code"]) == (401, "refresh_reused")


def test_a_revoked_family_leaves_other_devices_signed_in(served: Any) -> None:
    laptop, tablet = served.person("ada"), served.sign_in("ada")
    token = laptop.tokens["refresh_token"]
    refresh(served, token)
    served.clock.forward(60)
    refresh(served, token)
    assert tablet.get("/auth/me").status_code == 200


def test_a_refresh_token_ends_after_a_day_without_use(served: Any) -> None:
    ada = served.person("ada")
    served.clock.forward(86_401)
    answer = refresh(served, ada.tokens["refresh_token"])
    assert (answer.status_code, answer.json()["code"]) == (401, "refresh_expired")


@pytest.mark.parametrize("token", ["x", "ey.ey.ey", "a" * 2_000])
def test_made_up_tokens_open_nothing(served: Any, token: str) -> None:
    assert refresh(served, token).status_code == 401
    assert me(served, token).json()["code"] == "token_invalid"


def test_a_token_that_names_no_algorithm_opens_nothing(served: Any) -> None:
    import jwt

    ada = served.person("ada")
    claims = jwt.decode(ada.tokens["access_token"], options={"verify_signature": False})
    kid = jwt.get_unverified_header(ada.tokens["access_token"])["kid"]
    forged = jwt.encode(claims, None, algorithm="none", headers={"kid": kid})
    assert me(served, forged).json()["code"] == "token_invalid"


def test_signing_out_ends_the_device_at_once(served: Any) -> None:
    ada = served.person("ada")
    assert ada.post("/auth/logout").status_code == 204
    assert ada.get("/auth/me").json()["code"] == "token_revoked"
    assert refresh(served, ada.tokens["refresh_token"]).status_code == 401


def test_devices_are_listed_and_one_can_be_signed_out(served: Any) -> None:
    laptop, tablet = served.person("ada"), served.sign_in("ada")
    sessions = laptop.get("/auth/sessions").json()
    assert [session["current"] for session in sessions].count(True) == 1
    other = next(session for session in sessions if not session["current"])
    assert laptop.delete(f"/auth/sessions/{other['id']}").status_code == 204
    assert tablet.get("/auth/me").status_code == 401


def test_nobody_signs_another_persons_device_out(served: Any) -> None:
    ada, ben = served.person("ada"), served.person("ben")
    target = ada.get("/auth/sessions").json()[0]["id"]
    assert ben.delete(f"/auth/sessions/{target}").status_code == 404
    assert ada.get("/auth/me").status_code == 200


def register(served: Any, code: str, username: str = "New") -> httpx.Response:
    body = {"invite_code": code, "username": username, "password": "ten letters and more"}
    return served.client.post("/auth/register", json=body)


def test_an_invite_code_decides_the_role(served: Any) -> None:
    with served.school.database.write() as connection:
        codes = served.school.accounts.standing_invites(connection)
    assert set(codes) == {"teacher", "student", "parent"}
    for role, code in codes.items():
        answer = register(served, code.lower(), f"a {role}")
        assert answer.status_code == 201
        assert answer.json()["user"]["role"] == role
    assert served.sign_in("A Teacher", "ten letters and more")


def test_an_unknown_or_expired_code_and_a_taken_name_are_refused(served: Any) -> None:
    with served.school.database.write() as connection:
        code = served.school.accounts.standing_invites(connection)["teacher"]
    assert register(served, "AAAA-BBBB-CCCC").json()["code"] == "invite_invalid"
    assert register(served, code).status_code == 201
    assert register(served, code, "nEW").json()["code"] == "username_taken"
    served.clock.forward(91 * 86_400)
    assert register(served, code, "late").status_code == 403


def test_codes_cannot_be_guessed_at_speed(served: Any) -> None:
    answers = {register(served, f"AAAA-BBBB-{number}").status_code for number in range(21)}
    assert answers == {403, 429}


@pytest.mark.parametrize("role", ["student", "parent"])
def test_pupils_and_parents_reach_no_records(served: Any, role: str) -> None:
    person = served.person("pat", role)
    assert person.get("/auth/me").status_code == 200
    assert person.get("/sync/changes").status_code == 403
    assert person.post("/sync/push", {"ops": []}).status_code == 403
    assert person.get("/telemetry/place-keys").status_code == 403


def test_passwords_and_tokens_are_not_kept_as_such(served: Any) -> None:
    ada = served.person("ada")
    folder = served.school.folder.path
    content = b"".join(file.read_bytes() for file in folder.glob("school.sqlite*"))
    assert PASSWORD.encode() not in content
    assert ada.tokens["refresh_token"].encode() not in content


def test_the_files_of_a_school_are_private(served: Any) -> None:
    folder = served.school.folder.path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_a_rotated_signing_key_signs_nobody_out(served: Any, open_school: Any) -> None:
    from desktop.school.tokens import Tokens

    ada = served.person("ada")
    served.school.folder.rotate_signing_key()
    rotated = Tokens(served.school.folder.secrets(), served.clock.now)
    with served.school.database.write() as connection:
        assert rotated.actor(connection, ada.tokens["access_token"]).id == ada.id
        fresh = rotated.refresh(connection, ada.tokens["refresh_token"])
        assert fresh is not None
        assert rotated.actor(connection, fresh.access_token).id == ada.id
    assert me(served, fresh.access_token).status_code == 401  # the server has the old keys still


def test_upkeep_forgets_ended_sign_ins_and_keeps_living_ones(served: Any) -> None:
    from desktop.school import upkeep

    old = served.person("ada")
    served.clock.forward(86_000)
    fresh = refresh(served, old.tokens["refresh_token"]).json()
    other = served.person("ben")
    served.clock.forward(1_000)
    upkeep.tidy(served.school)
    assert refresh(served, fresh["refresh_token"]).status_code == 200
    assert other.get("/auth/sessions").status_code == 401  # expired, but known
    served.clock.forward(90_000)
    upkeep.tidy(served.school)
    assert refresh(served, fresh["refresh_token"]).json()["code"] == "refresh_invalid"
