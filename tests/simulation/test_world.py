"""The seven promises of syncing, in the first thousand simulated worlds."""

import pytest

from tests.simulation import many

SEEDS = range(1_000)
CHUNK = 50


@pytest.mark.timeout(600)
@pytest.mark.parametrize("start", SEEDS[::CHUNK])
def test_every_promise_holds_whatever_goes_wrong(start: int) -> None:
    assert many.broken_in(range(start, start + CHUNK)) == []
