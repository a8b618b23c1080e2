"""A script checks what sync promises, on two profiles of one teacher, by these commands alone."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_contract import Shell
from tests.sync.world import School

COLLECTIONS = ("classes", "students", "attendance", "xp_awards")
STEPS = 20


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a long passphrase")


class Teacher:
    """One profile, and everything that was typed there."""

    def __init__(self, folder: Path, school: School) -> None:
        self.shell = Shell(folder)
        assert self.shell.login(school).returncode == 0
        self.typed: list[tuple[str, str, str, Any]] = []
        """Collection, id, field, value."""
        self.awarded: list[str] = []

    def all(self, collection: str, *, pending: bool = False) -> list[dict[str, Any]]:
        found = self.shell.json("records", collection, *(["--pending"] if pending else []))
        return [one for one in found if self._is_mine(collection, one)]

    @staticmethod
    def _is_mine(collection: str, one: dict[str, Any]) -> bool:
        """Other tests of this worker use the same school."""
        return collection != "classes" or str(one["data"]["name"]).startswith("promise ")

    def sync(self) -> dict[str, Any]:
        """A round; whatever it leaves is told alike by `sync`, `ops` and `conflicts`."""
        done = self.shell.run("sync")
        assert done.returncode in (0, 4), done.stderr
        told = json.loads(done.stdout)
        ops = self.shell.json("ops")
        refused = [one for one in ops if one["state"] == "rejected"]
        assert told["waiting"] == len(ops) - len(refused)
        assert told["rejected"] == len(refused) == 0
        assert told["conflicts"] == len(self.shell.json("conflicts"))
        assert (done.returncode == 4) is (told["conflicts"] > 0)
        return dict(told)

    def edit(self, collection: str, id_: str, field: str, value: str) -> None:
        self.shell.json("edit", collection, id_, f'{field}="{value}"')
        self.typed.append((collection, id_, field, value))

    def decide(self, take: str) -> None:
        for asked in self.shell.json("conflicts"):
            assert {"mine", "theirs", "base", "who", "field"} <= set(asked)
            self.shell.json("resolve", str(asked["id"]), "--take", take)


def test_two_profiles_keep_every_promise_as_far_as_a_script_can_see(
    tmp_path: Path, school: School
) -> None:
    chance = random.Random(2)
    pair = [Teacher(tmp_path / name, school) for name in ("desk", "couch")]
    first = pair[0].shell
    group = first.json("create", "classes", 'name="promise class"')["id"]
    pupil = first.json("create", "students", 'given_name="Ana"', f'class_ids=["{group}"]')["id"]
    for one in pair:
        one.sync()
    for step in range(STEPS):
        one = chance.choice(pair)
        match chance.choice(("room", "room", "note", "mark", "award", "sync", "sync")):
            case "room":
                one.edit("classes", group, "room", f"room {step}")
            case "note":
                one.edit("students", pupil, "note", f"note {step}")
            case "mark":
                whose = (f'student_id="{pupil}"', f'class_id="{group}"', 'day="2026-11-23"')
                made = one.shell.json("create", "attendance", *whose, f'note="mark {step}"')
                one.typed.append(("attendance", made["id"], "note", f"mark {step}"))
            case "award":
                fields = (f'student_id="{pupil}"', f'class_id="{group}"', "xp=5")
                at = 'awarded_at="2026-11-23T10:00:00Z"'
                made = one.shell.json("create", "xp_awards", *fields, f'reason="{step}"', at)
                one.awarded.append(made["id"])
            case "sync":
                one.sync()
    _settle(pair)
    _check(pair)


def _settle(pair: list[Teacher]) -> None:
    for _ in range(3):
        for one in pair:
            one.sync()
            one.decide("mine")
    for one in pair:
        told = one.sync()
        assert (told["waiting"], told["conflicts"], told["rejected"]) == (0, 0, 0)
        assert one.shell.json("ops") == []


def _check(pair: list[Teacher]) -> None:
    desk, couch = pair
    for collection in COLLECTIONS:
        here, there = ({one["id"]: one for one in side.all(collection)} for side in pair)
        assert here == there, f"the two do not hold the same {collection}"
        assert not desk.all(collection, pending=True)
    marks = desk.all("attendance")
    days = [(one["data"]["student_id"], one["data"]["day"]) for one in marks]
    assert len(days) == len(set(days)), "a mark exists twice"
    awards = {one["id"] for one in desk.all("xp_awards")}
    assert {*desk.awarded, *couch.awarded} <= awards, "an award is lost"
    for one in pair:
        kept = {record: _history(one, *record) for record in {typed[:2] for typed in one.typed}}
        for collection, id_, field, value in one.typed:
            assert (field, value) in kept[collection, id_], f"{value} of {field} is in no history"


def _history(one: Teacher, collection: str, id_: str) -> set[tuple[str, Any]]:
    """Every value that a field of the record ever had, as far as its journal tells."""
    values: set[tuple[str, Any]] = set()
    for change in one.shell.json("history", collection, id_):
        for side in (change["old"], change["new"]):
            whole = side if isinstance(side, dict) else {change["field"]: side}
            values |= {(field, value) for field, value in whole.items() if isinstance(value, str)}
    return values
