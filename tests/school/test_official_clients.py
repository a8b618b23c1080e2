"""The official Pusher clients, for JavaScript and for Python, work with the school's endpoint."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CLIENT = Path(__file__).with_name("client.js")
FETCH = ROOT / "tests" / "tools" / "fetch_pusher.py"
TRIGGER = """
import json, sys
sys.path.insert(0, sys.argv[1])
import pusher
host, port, key, secret, channel = sys.argv[2:]
client = pusher.Pusher("1", key, secret, host=host, port=int(port), ssl=False)
print(json.dumps(client.trigger(channel, "notification", {"text": "hello"})))
print(json.dumps(client.trigger_batch(
    [{"channel": channel, "name": "notification", "data": {"text": "again"}}])))
"""


@pytest.fixture(scope="module")
def clients() -> Path:
    """Where both clients lie, fetched once for the environment."""
    into = Path(sys.prefix) / "share" / "pusher"
    done = subprocess.run(
        [sys.executable, str(FETCH), "--into", str(into)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return into


class Listener:
    """pusher-js in Node, telling line by line what it hears."""

    def __init__(self, library: Path, served: Any, person: Any, class_id: str) -> None:
        node = Path(sys.executable).parent / "node"
        words = [
            str(library / "pusher.js"), "127.0.0.1", str(served.port),
            served.school.secrets.realtime_key, person.id, class_id,
            person.tokens["access_token"],
        ]  # fmt: skip
        self._process = subprocess.Popen(
            [str(node), str(CLIENT), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.heard: list[dict[str, Any]] = []

    def until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        for told in self.heard:
            if fits(told):
                return told
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.heard.append(json.loads(line))
            if fits(self.heard[-1]):
                return self.heard[-1]
        raise AssertionError(f"It ended, having heard {self.heard}")

    def close(self) -> None:
        self._process.communicate(timeout=30)


@pytest.fixture
def listen(clients: Path, served: Any) -> Iterator[Callable[..., Listener]]:
    open_ones: list[Listener] = []

    def start(person: Any, class_id: str) -> Listener:
        open_ones.append(Listener(clients, served, person, class_id))
        return open_ones[-1]

    yield start
    for one in open_ones:
        one.close()


def trigger(clients: Path, served: Any, channel: str, secret: str) -> Any:
    words = ["127.0.0.1", str(served.port), served.school.secrets.realtime_key, secret, channel]
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TRIGGER, str(clients / "python"), *words],
        capture_output=True,
        text=True,
    )


def test_pusher_js_connects_is_let_in_and_hears_what_changes(
    listen: Callable[..., Listener], ada: Any, op: Any
) -> None:
    told = listen(ada, "math")
    room, own = "presence-class-math", f"private-user-{ada.id}"
    told.until(lambda one: one["on"] == "connected")
    joined = told.until(lambda one: one["on"] == "joined" and one["channel"] == room)
    assert (joined["count"], joined["me"]) == (1, ada.id)
    told.until(lambda one: one["on"] == "joined" and one["channel"] == own)
    refused = told.until(lambda one: one["on"] == "refused")
    assert refused["channel"] == "private-user-nobody"
    [version] = ada.apply(op("create", "announcements", "n", {"title": "N", "class_ids": ["math"]}))
    changed = told.until(lambda one: one["on"] == "changed")
    assert changed["data"] == {"version": version}


def test_pusher_js_sees_a_colleague_come_into_the_class(
    listen: Callable[..., Listener], served: Any, ada: Any, ben: Any, op: Any
) -> None:
    group = next(record for record in ada.pull() if record["id"] == "math")
    both = {"teacher_ids": [ada.id, ben.id]}
    ada.apply(op("update", "classes", "math", both, base=group["version"]))
    first = listen(ada, "math")
    first.until(lambda one: one["on"] == "joined" and one["channel"] == "presence-class-math")
    listen(ben, "math").until(lambda one: one.get("count") == 2)
    assert first.until(lambda one: one["on"] == "added")["id"] == ben.id


def test_the_python_library_triggers_what_pusher_js_hears(
    clients: Path, listen: Callable[..., Listener], served: Any, ada: Any
) -> None:
    served.clock.moment = dt.datetime.now(dt.UTC)
    ada = served.sign_in("ada")
    told = listen(ada, "math")
    room = "presence-class-math"
    told.until(lambda one: one["on"] == "joined" and one["channel"] == room)
    refused = trigger(clients, served, room, "not the secret")
    assert "signature" in refused.stderr
    done = trigger(clients, served, room, served.school.secrets.realtime_secret)
    assert done.returncode == 0, done.stderr
    for text in ("hello", "again"):
        heard = told.until(lambda one, text=text: one.get("data") == {"text": text})
        assert heard["channel"] == room
    assert sum(one["on"] == "notification" for one in told.heard) == 2
