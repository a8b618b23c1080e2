"""Real devices are killed in the middle of edits and rounds; nothing that was saved is lost."""

from pathlib import Path

import pytest

from tests.crash import kills

KILLS = 24


@pytest.mark.timeout(300)
def test_nothing_saved_is_lost_when_devices_are_killed(tmp_path: Path) -> None:
    found = list(kills.stages(KILLS, tmp_path, seed=1))
    assert [one.broken for one in found if one.broken] == []
    assert sum(one.kills for one in found) >= KILLS
    assert sum(one.deeds for one in found) >= KILLS
