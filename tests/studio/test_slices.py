"""No step of a large push keeps Studio from drawing, counted in steps of the machine.

Time would tell of this computer and of what else it does. The machine calls us at every call and
every turn of a loop: so many make a slice, on the clock that the plugin is given here.
"""

import time
from pathlib import Path
from typing import Any

from desktop.lessons import luau
from desktop.lessons.instances import Build, Instance, Placed, Vector3
from desktop.studio.service import StudioService
from desktop.studio.simulator import SimulatedStudio
from tests.studio import builds

STEP_S = 25e-9
"""What one turn takes in Studio, as measured for SHA-256 in native code."""
SLICE_S = 0.008
LAND_S = 120.0


class CountedStudio(SimulatedStudio):
    """A practice Studio whose clock goes on by the work that is done, and stands otherwise."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.steps = 0
        self.longest: dict[str, int] = {}
        self._frame_began = time.monotonic()

    async def __aenter__(self) -> "CountedStudio":
        await super().__aenter__()
        self._machine.vm.set_interrupt(self._count)
        self._tasks = _Counted(self, self._tasks)
        return self

    def _count(self, _thread: object) -> Any:
        self.steps += 1
        return luau.machine().VmState.Continue

    def _outside(self) -> dict[str, Any]:
        clock = self._machine.function(lambda: self._frame_began + self.steps * STEP_S)
        return {**super()._outside(), "clock": clock}

    def _deliver(self, number: int, what: str, text: str | bytes) -> None:
        self.frame("message", lambda: super(CountedStudio, self)._deliver(number, what, text))

    def frame(self, kind: str, work: Any) -> Any:
        """One turn of Studio's: from one moment at which it can draw to the next."""
        self.steps, self._frame_began = 0, time.monotonic()
        try:
            return work()
        finally:
            self.longest[kind] = max(self.longest.get(kind, 0), self.steps)


class _Counted:
    """Studio's tasks, each round of them counted."""

    def __init__(self, studio: CountedStudio, tasks: Any) -> None:
        self._studio, self._tasks = studio, tasks

    def get(self, name: str) -> Any:
        called = self._tasks.get(name)
        return lambda *given: self._studio.frame("task", lambda: called(*given))


def large(number: int) -> Build:
    parts = tuple(
        Instance("Part", f"Part {index}", {"Size": Vector3(1, 2, number)}, {"n": 1.0})
        for index in range(1_500)
    )
    source = f"-- {number}\n" + "f('a') -- an honest line\n" * 8_000
    top = Instance("Folder", "Large", children=(*parts, builds.script("Long", source)))
    return Build("Large", "large", "ab" * 32, (Placed("Workspace", top),))


async def test_a_large_push_its_update_and_its_undo_are_done_in_slices(
    service: StudioService, profile: Path
) -> None:
    async with CountedStudio(profile) as studio:
        await studio.until("ready")
        for number in (1, 2):
            push_id = await service.queue(large(number))
            assert (await service.settled(push_id, LAND_S)).state == "landed"
        await service.undo(push_id)
        assert studio.complaints == []
        assert all(steps * STEP_S < 2 * SLICE_S for steps in studio.longest.values())
