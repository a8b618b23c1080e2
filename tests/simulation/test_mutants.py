"""The simulated world finds engines that are broken on purpose, each within 300 seeds."""

import pytest

from tests.simulation import many
from tests.simulation.mutants import MUTANTS, broken
from tests.simulation.world import run

MOST_SEEDS = 300


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", MUTANTS)
def test_a_broken_engine_is_caught(name: str) -> None:
    with broken(name):
        found = next(
            (seed for seed in range(MOST_SEEDS) if run(many.on_ground(), seed).broken), None
        )
    assert found is not None, f"{name}: not caught within {MOST_SEEDS} seeds"
