"""Two real devices behind a proxy that does everything a bad network does."""

from pathlib import Path

import pytest

from tests.crash import proxied

SECONDS = 10.0


@pytest.mark.timeout(300)
def test_every_promise_holds_behind_the_nasty_proxy(tmp_path: Path) -> None:
    found = proxied.run(SECONDS, tmp_path / "stage", seed=3)
    assert found.broken == ()
    assert found.deeds > 20
    assert 0 < found.failed < found.rounds
    assert len(found.mischief) >= 6


@pytest.mark.timeout(300)
def test_a_device_that_drops_what_timed_out_is_caught_behind_the_proxy(tmp_path: Path) -> None:
    found = proxied.run(6.0, tmp_path / "stage", seed=4, mutant="an op is dropped on a time-out")
    assert any("promise 1" in one for one in found.broken), found
