"""A forgotten password: a code by mail or in the log, good once, and it ends every sign-in."""

import json
import re
import socketserver
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.school import forgotten, mail
from desktop.school.mail import MailServer, MailUnreadable
from desktop.school.public_url import PublicUrl
from desktop.wire.auth import PasswordResetRequest

NEW = "a wholly new password"


class _Postbox(socketserver.StreamRequestHandler):
    """Enough of SMTP to take a letter."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word == "DATA":
                self._say("354 go on")
                letter = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    letter += part
                self.server.letters.append(letter.decode())  # type: ignore[attr-defined]
                self.server.arrived.release()  # type: ignore[attr-defined]
            if word == "QUIT":
                self._say("221 bye")
                return
            self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def postbox() -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Postbox) as server:
        server.letters = []  # type: ignore[attr-defined]
        server.arrived = threading.Semaphore(0)  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def with_mail(served: Any, port: int) -> None:
    """Let the running school send its mail to this port."""
    server = MailServer(host="127.0.0.1", port=port, security="none", sender="school@x.example")
    object.__setattr__(served.school, "mail", server)


def add_ada(served: Any) -> None:
    accounts = served.school.accounts
    kept = accounts.hash("correct horse battery")
    with served.school.database.write() as connection:
        accounts.add(
            connection, username="ada", role="teacher", password_hash=kept, email="ada@x.example"
        )


def asked(served: Any, **who: str) -> Any:
    answer = served.client.post("/auth/password-reset", json=who)
    assert answer.status_code == 202, answer.text
    return answer.json()


def code_in(letter: str) -> str:
    found = re.search(r"The code is: (\S+)", letter)
    assert found is not None, letter
    return found[1]


def confirm(served: Any, code: str, password: str = NEW) -> int:
    body = {"token": code, "password": password}
    return int(served.client.post("/auth/password-reset/confirm", json=body).status_code)


def code_by_mail(served: Any, postbox: Any) -> str:
    add_ada(served)
    with_mail(served, postbox.server_address[1])
    asked(served, email="Ada@X.example")
    assert postbox.arrived.acquire(timeout=20)
    assert "To: ada@x.example" in postbox.letters[0]
    return code_in(postbox.letters[0])


def test_a_code_by_mail_replaces_the_password_once_and_ends_every_sign_in(
    served: Any, postbox: Any
) -> None:
    code = code_by_mail(served, postbox)
    before = served.sign_in("ada")
    assert confirm(served, code) == 204
    assert before.get("/auth/me").status_code == 401
    served.sign_in("ada", NEW)
    old = {"username": "ada", "password": "correct horse battery"}
    assert served.client.post("/auth/login", json=old).status_code == 401
    assert confirm(served, code, "yet another password") == 403


def test_a_code_is_good_for_an_hour(served: Any, postbox: Any) -> None:
    code = code_by_mail(served, postbox)
    served.clock.forward(3_601)
    assert confirm(served, code) == 403


def test_a_wrong_code_and_a_short_password_are_refused(served: Any) -> None:
    assert confirm(served, "guessed") == 403
    assert confirm(served, "guessed", "short") == 422


@pytest.mark.logs("password.reset_code")
def test_without_a_mail_server_the_code_is_said_in_the_log_of_this_machine(
    served: Any, caplog: pytest.LogCaptureFixture
) -> None:
    served.add("ada")
    known, unknown = asked(served, username="ada"), asked(served, username="nobody")
    assert known == unknown
    for _ in range(200):
        found = re.search(r"code=(\S+)", caplog.text)
        if found:
            break
        threading.Event().wait(0.02)
    assert found is not None
    assert confirm(served, found[1].strip("'\"")) == 204


@pytest.mark.logs("password.no_mail_server")
@pytest.mark.parametrize(
    "reach", [{"loopback_only": False}, {"public_url": PublicUrl("school.example", 443, True)}]
)
def test_where_others_reach_the_school_no_code_is_said_in_the_log(
    served: Any, caplog: pytest.LogCaptureFixture, reach: dict[str, Any]
) -> None:
    served.add("ada")
    for name, value in reach.items():
        object.__setattr__(served.school, name, value)
    forgotten.ask(served.school, PasswordResetRequest(username="ada"), "127.0.0.1")
    assert "password.no_mail_server" in caplog.text
    assert "code=" not in caplog.text


def test_an_account_is_written_to_three_times_an_hour_at_most(served: Any, postbox: Any) -> None:
    add_ada(served)
    with_mail(served, postbox.server_address[1])
    # At the door the answer goes out before the work is done; behind it, one after the other.
    request = PasswordResetRequest(email="ada@x.example")
    for _ in range(5):
        forgotten.ask(served.school, request, "127.0.0.1")
    assert len(postbox.letters) == 3
    served.clock.forward(3_601)
    forgotten.ask(served.school, request, "127.0.0.1")
    assert len({code_in(letter) for letter in postbox.letters}) == 4


@pytest.mark.logs("password.mail_failed")
def test_a_mail_server_that_is_away_spoils_nothing(
    served: Any, caplog: pytest.LogCaptureFixture
) -> None:
    add_ada(served)
    with_mail(served, 1)
    asked(served, username="ada")
    for _ in range(200):
        if "password.mail_failed" in caplog.text:
            break
        threading.Event().wait(0.02)
    assert "ada" not in caplog.text.replace("user_id", "").lower().split("reason")[1]


def test_mail_settings_are_read_and_their_faults_said_without_their_secrets(tmp_path: Any) -> None:
    file = tmp_path / mail.FILE
    assert mail.read(tmp_path) is None
    file.touch(0o600)
    file.write_text('host = "mail.x.example"\nsender = "a@x.example"\npassword = "hush"\n')
    assert mail.read(tmp_path) == MailServer(
        host="mail.x.example", sender="a@x.example", password="hush"
    )
    file.write_text('host = ""\nsender = "a@x.example"\npassword = "hush"\n')
    with pytest.raises(MailUnreadable, match="host") as told:
        mail.read(tmp_path)
    assert "hush" not in str(told.value)
    file.chmod(0o644)
    with pytest.raises(MailUnreadable, match="read by other people"):
        mail.read(tmp_path)


def test_a_password_in_the_environment_needs_no_file_that_is_closed(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / mail.FILE).write_text('host = "mail.x.example"\nsender = "a@x.example"\n')
    monkeypatch.setenv(mail.PASSWORD_VARIABLE, "hush")
    read = mail.read(tmp_path)
    assert read is not None
    assert read.password == "hush"


def test_the_audit_log_tells_administrators_who_did_what_and_nobody_else(
    served: Any, ada: Any
) -> None:
    admin = served.person("root", "admin")
    assert ada.get("/audit").status_code == 403
    device = ada.get("/auth/sessions").json()[0]["id"]
    assert ada.delete(f"/auth/sessions/{device}").status_code == 204
    page = admin.get("/audit", limit=1).json()
    told = [entry for entry in page["entries"] if entry["action"] == "session.ended"]
    assert [(entry["user_id"], entry["subject"]) for entry in told] == [(ada.id, device)]
    assert admin.get("/audit", after=page["entries"][-1]["seq"]).json()["entries"] == []
    assert ada.id in json.dumps(page)


@pytest.mark.parametrize("change", ["UPDATE audit SET action = 'nothing'", "DELETE FROM audit"])
def test_a_line_of_the_audit_log_stays(served: Any, change: str) -> None:
    with served.school.database.write() as connection:
        served.school.accounts.note(connection, "u", "seen", "")
    with (
        pytest.raises(Exception, match="append only"),
        served.school.database.write() as connection,
    ):
        connection.exec_driver_sql(change)
