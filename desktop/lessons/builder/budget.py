"""What a place costs the computers of a class, and how much it may cost."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.lessons import luau
from desktop.lessons.instances import Build, CFrame, Instance, Vector3

VIEW_STUDS = 256.0
"""How far around a student parts count as in view.

A quarter of StreamingTargetRadius, up to which Roblox streams a place in unless it says otherwise
(https://create.roblox.com/docs/workspace/streaming).
"""

PARTS = frozenset({"Part", "SpawnLocation"})


@dataclass(frozen=True)
class Cost:
    """What a place costs."""

    instances: int
    parts_in_view: int
    """The most parts within VIEW_STUDS of one zone's middle."""
    script_bytes: int

    def fits(self, most: "Cost") -> bool:
        """Whether nothing of it is more than in `most`."""
        return (
            self.instances <= most.instances
            and self.parts_in_view <= most.parts_in_view
            and self.script_bytes <= most.script_bytes
        )


LARGEST = Cost(instances=1_800, parts_in_view=1_500, script_bytes=120_000)
"""What a lesson of eight zones and twenty questions may cost.

Roblox advises to stay below about 500,000 triangles in view; a part has 12 to some hundred
(https://create.roblox.com/docs/performance-optimization/improve).
"""

SCRIPT_SECONDS = 0.25
"""CPU time for compiling all scripts of a lesson once."""


def measure(build: Build) -> Cost:
    """Count what is in a build."""
    parts = [place for place, _ in _parts(build)]
    middles = [place for place, one in _parts(build) if one.name == "Floor"]
    return Cost(
        instances=build.instance_count,
        parts_in_view=max((_near(parts, middle) for middle in middles), default=len(parts)),
        script_bytes=sum(len(source.encode()) for source in build.scripts.values()),
    )


def script_seconds(build: Build) -> float:
    """CPU time that the scripts of a build take to compile, in seconds; it varies by computer."""
    before = time.process_time()
    for source in build.scripts.values():
        luau.syntax_fault(source)
    return time.process_time() - before


def _parts(build: Build) -> Iterator[tuple[Vector3, Instance]]:
    for placed in build.placed:
        for _, one in placed.instance.walk():
            frame = one.properties.get("CFrame")
            if one.class_name in PARTS and isinstance(frame, CFrame):
                yield frame.position, one


def _near(parts: list[Vector3], middle: Vector3) -> int:
    return sum((one.x - middle.x) ** 2 + (one.z - middle.z) ** 2 <= VIEW_STUDS**2 for one in parts)
