"""The seven promises of syncing, in thousands of simulated worlds."""

import pytest

from tests.simulation import many

CHUNKS = 40
SEEDS_A_CHUNK = 50


@pytest.mark.timeout(600)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_promise_holds_whatever_goes_wrong(chunk: int) -> None:
    seeds = range(chunk * SEEDS_A_CHUNK, (chunk + 1) * SEEDS_A_CHUNK)
    broken = [(one.seed, one.broken) for one in many.chunk_of(seeds) if one.broken]
    assert broken == [], "python -m tests.simulation --tell SEED tells how it happened"
