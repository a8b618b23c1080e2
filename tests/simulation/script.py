"""What happens in a world: a list of steps drawn from a seed, each of which stands alone.

A step carries every number that decides about it, so that leaving one out changes nothing in
the others: that is what lets a failing script shrink.
"""

import random
from dataclasses import dataclass, replace

LOST, UNREACHED, LATE, TWICE, CUT, CUT_WHOLE = (
    "lost",
    "unreached",
    "late",
    "twice",
    "cut",
    "cut off",
)
STATUS, STATUS_AFTER, PORTAL, NONSENSE, SLOW = (
    "status",
    "status after",
    "portal",
    "nonsense",
    "slow",
)

STATUSES = (401, 402, 403, 409, 410, 412, 413, 429, 500, 502, 503)


@dataclass(frozen=True)
class Weather:
    """What happens to one request on its way. `number` says how much of it."""

    kind: str
    number: float = 0.0

    def __str__(self) -> str:
        return f"{self.kind} {self.number:.3g}"


@dataclass(frozen=True)
class Step:
    """One thing that happens."""

    number: int
    """Its place in the script it was drawn for: it also marks what a person types in it."""
    pause_s: float
    """How long after the step before."""
    device: int
    verb: str
    pick: int
    """Decides which record, which field, which value."""
    weather: tuple[Weather, ...] = ()
    dies_after: int | None = None
    """The device loses its power at this statement of SQL, counted from here."""
    crowded: bool = False
    """Everybody works on the same two records."""

    def __str__(self) -> str:
        weather = f" weather [{', '.join(map(str, self.weather))}]" if self.weather else ""
        death = "" if self.dies_after is None else f" dies after {self.dies_after} statements"
        crowd = " in a crowd" if self.crowded else ""
        return (
            f"{self.number:3} +{self.pause_s:.2f}s device {self.device} {self.verb} "
            f"({self.pick}){crowd}{weather}{death}"
        )


@dataclass(frozen=True)
class Script:
    """A whole world."""

    seed: int
    owners: tuple[str, ...]
    """Who works on each device."""
    clocks: tuple[float, ...]
    """How many seconds each device's clock is off."""
    live: tuple[bool, ...]
    """Whether each device syncs by itself, as the window does."""
    encrypted: tuple[bool, ...]
    page_limit: int
    through_asgi: bool
    stormy: bool
    """Whether live connections are cut and go mute."""
    steps: tuple[Step, ...]

    def __str__(self) -> str:
        devices = ", ".join(self._device(place) for place in range(len(self.owners)))
        lines = [f"seed {self.seed}; devices {devices}; pages of {self.page_limit}"]
        return "\n".join([*lines, *map(str, self.steps)])

    def _device(self, place: int) -> str:
        off = self.clocks[place]
        said = (
            f"{place}: {self.owners[place]}",
            f"clock off by {off:.0f} s" if off else "",
            "live" if self.live[place] else "",
            "encrypted" if self.encrypted[place] else "",
        )
        return ", ".join(filter(None, said))


EDITS = {
    "change": 26,
    "write text": 8,
    "score": 8,
    "tag": 6,
    "enrol": 12,
    "create": 18,
    "award": 6,
    "delete": 6,
    "restore": 2,
    "decide": 6,
    "retry": 2,
    "discard": 1,
}
EVENTS = {
    "sync": 60,
    "die": 5,
    "fill disk": 3,
    "move clock": 2,
    "sign out": 1,
    "sign in": 2,
    "expire cursors": 1,
    "reassign": 4,
    "wait": 3,
    "sleep": 3,
    "go online": 2,
    "turn to": 2,
    "poison": 2,
}
MOST_STEPS = 22
LONG_EVERY, LONG_STEPS = 128, 120
"""One world in so many is a long one, in which so much happens, all to the same two records."""
LIVE, ENCRYPTED, STORMY = 0.3, 0.12, 0.6
"""The shares of devices that sync by themselves, and that are encrypted; of stormy worlds."""
NAPS_S = (2.0, 20.0, 90.0, 400.0)
CROWDED = 0.4
"""The share of worlds in which people get in each other's way all the time."""


def draw(seed: int) -> Script:
    """The script of a seed."""
    chance = random.Random(seed)
    owners = chance.choice((("ada", "ada"), ("ada", "ben"), ("ada", "ben"), ("ada", "ada", "ben")))
    return Script(
        seed=seed,
        owners=owners,
        clocks=tuple(chance.choice((0.0, 0.0, 86_400.0, -86_400.0)) for _ in owners),
        live=tuple(chance.random() < LIVE for _ in owners),
        encrypted=tuple(chance.random() < ENCRYPTED for _ in owners),
        page_limit=chance.choice((2, 5, 500, 500)),
        through_asgi=seed % 16 == 0,
        stormy=chance.random() < STORMY,
        steps=tuple(_steps(chance, len(owners), is_long=seed % LONG_EVERY == LONG_EVERY // 2)),
    )


def _steps(chance: random.Random, devices: int, *, is_long: bool) -> list[Step]:
    table = EDITS | EVENTS
    count = LONG_STEPS if is_long else chance.randint(6, MOST_STEPS)
    verbs = chance.choices(list(table), list(table.values()), k=count)
    stormy = chance.choice((0.0, 0.25, 0.6))
    deadly = chance.choice((0.0, 0.1, 0.4))
    crowded = is_long or chance.random() < CROWDED
    return [
        replace(_step(chance, number, verb, devices, stormy, deadly), crowded=crowded)
        for number, verb in enumerate(verbs)
    ]


def _step(
    chance: random.Random, number: int, verb: str, devices: int, stormy: float, deadly: float
) -> Step:
    step = Step(
        number=number,
        pause_s=chance.choice((0.01, 0.1, 1.0, 5.0)) * chance.random(),
        device=chance.randrange(devices),
        verb=verb,
        pick=chance.getrandbits(32),
    )
    dies = chance.randint(1, chance.choice((20, 40, 120)) if verb == "sync" else 14)
    if verb == "sync":
        weather = tuple(_weather(chance) for _ in range(3) if chance.random() < stormy)
        step = replace(step, weather=weather)
    elif verb in EVENTS:
        return step
    return replace(step, dies_after=dies) if chance.random() < deadly else step


KINDS = {
    LOST: 5,
    UNREACHED: 2,
    LATE: 3,
    TWICE: 3,
    CUT: 2,
    CUT_WHOLE: 2,
    STATUS: 5,
    STATUS_AFTER: 3,
    PORTAL: 1,
    NONSENSE: 1,
    SLOW: 4,
}


def _weather(chance: random.Random) -> Weather:
    (kind,) = chance.choices(list(KINDS), list(KINDS.values()))
    match kind:
        case "status" | "status after":
            return Weather(kind, float(chance.choice(STATUSES)))
        case "slow" | "late" | "twice":
            return Weather(kind, chance.choice((0.1, 3.0, 40.0)) * chance.random())
    return Weather(kind, chance.random())
