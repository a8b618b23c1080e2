"""The process is killed in the middle of editing: what was acknowledged is there."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.storage import history, records, repair, sending

EDITING = textwrap.dedent("""
    import random, sys
    from pathlib import Path
    from desktop.classroom.instants import SystemClock
    from desktop.storage import ingest, outbox, sending
    from desktop.storage.cache import Cache
    from desktop.wire.feed import ChangedRecord

    cache = Cache.open(Path(sys.argv[1]), clock=SystemClock(), chance=random.SystemRandom())
    act = lambda verb, *args: cache.write(lambda tx: verb(tx, *args)).result()
    number = 0
    while True:
        number += 1
        made = act(outbox.create, "classes", {"name": f"name {number}"})
        print("made", made.id, number, flush=True)
        act(outbox.update, "classes", made.id, {"room": f"room {number}"})
        print("room", made.id, number, flush=True)
        if number % 3 == 0:
            ready = [op.op_id for op in cache.read(sending.next_ops)]
            act(sending.mark_in_flight, ready)
            act(sending.applied, ready[0], number)
        page = [ChangedRecord(id=f"s{n}", collection="students", version=number, updated_at="",
                              data={"given_name": str(number)}) for n in range(20)]
        cache.write(lambda tx: ingest.apply_page(tx, page, str(number)), durable=False).result()
""")


@pytest.mark.parametrize("seed", range(6))
def test_what_was_acknowledged_is_there_after_a_kill(
    open_cache: Any, tmp_path: Path, seed: Any
) -> None:
    folder = tmp_path / "account"
    open_cache(folder).close()
    acknowledged: list[str] = []
    child = subprocess.Popen(
        [sys.executable, "-c", EDITING, str(folder)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    try:
        first = child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.25))
    finally:
        os.kill(child.pid, signal.SIGKILL)
    acknowledged = [first, *child.stdout.readlines()]
    child.stdout.close()
    child.wait()
    whole = [line.split() for line in acknowledged if line.endswith("\n")]

    assert not repair.is_damaged(folder / "cache.sqlite")
    cache = open_cache(folder)
    assert cache.notice == ""
    for what, id_, number in whole:
        record = cache.read(lambda c, id_=id_: records.get(c, "classes", id_))
        assert record.local["name"] == f"name {number}"
        assert cache.read(lambda c, id_=id_: history.of(c, "classes", id_))
        if what == "room":
            assert record.local["room"] == f"room {number}"
    waiting = {op.id for op in cache.read(sending.waiting)}
    for record in cache.read(lambda c: records.find(c, "classes", pending=True)):
        assert record.id in waiting
    for record in cache.read(lambda c: records.find(c, "classes")):
        assert record.dirty == (record.id in waiting)
    assert len(whole) >= 1
