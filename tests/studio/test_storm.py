"""A short storm in the suite; `python -m tests.studio.storm` is the long one."""

from tests.studio import storm


async def test_random_pushes_under_blows_land_once_and_each_undo_is_exact() -> None:
    counts = await storm.weather(pushes=24, seed=3)
    assert sum(count for what, count in counts.items() if what.startswith("landed")) >= 10
    assert sum(count for what, count in counts.items() if what.startswith("undone")) >= 3
