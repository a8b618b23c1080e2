"""The smoke test in a real Studio: what no test without one can know, step by step with a person.

The person does in Studio what only a hand can do, and says what only eyes can see; everything else
is checked here, by what the plugin reads back and tells.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.lessons.instances import Build, CFrame, Instance, Placed, UDim2, Vector3
from desktop.studio.errors import CannotUndo, NoStudio
from desktop.studio.service import StudioService

PATIENCE_S = 600.0
"""How long the person may take for one step in Studio."""
LAND_S = 30.0
_LOOK_S = 0.2
_NAME = "ToolBoxAI smoke test"
_TURNED = (0.8660254, 0.0, 0.5, 0.0, 1.0, 0.0, -0.5, 0.0, 0.8660254)
"""30 degrees around the vertical: Studio may tidy rotations up."""


class Person(Protocol):
    """Whoever sits at the computer."""

    async def do(self, what: str) -> None:
        """Ask them to do something in Studio; what comes of it is looked at, so do not wait."""

    async def done(self, what: str) -> None:
        """Ask them to do something, and wait until they say that they did."""

    async def sees(self, question: str) -> bool:
        """Ask what only eyes can tell."""


@dataclass(frozen=True)
class Step:
    """One step and how it went."""

    name: str
    ok: bool
    detail: str


async def run(
    service: StudioService, person: Person, *, patience_s: float = PATIENCE_S
) -> AsyncIterator[Step]:
    """Go through the steps in order, each told as it ends; stops where nothing further makes sense.

    `service` runs. The place is one to be thrown away: at the end it is closed without saving.
    """
    test = _Smoke(service, person, patience_s)
    for name, step in (
        ("the plugin connects", test.connects),
        ("a lesson lands verified", test.lands),
        ("one undo, one redo", test.undoes_and_redoes),
        ("the Companion's own undo", test.takes_back),
        ("a change by hand is asked about", test.asks),
        ("a play test keeps pushes out", test.waits),
        ("what eyes alone can tell", test.looks_right),
    ):
        try:
            detail = await step()
        except _Failed as failed:
            yield Step(name, ok=False, detail=str(failed))
            if name == "the plugin connects":
                return
        else:
            yield Step(name, ok=True, detail=detail)
    await person.do("That was all. Close the place without saving it.")


class _Failed(Exception):
    """A step did not go as it has to."""


class _Smoke:
    def __init__(self, service: StudioService, person: Person, patience_s: float) -> None:
        self._service = service
        self._person = person
        self._patience_s = patience_s
        self._landed: list[str] = []

    async def connects(self) -> str:
        if not self._service.windows():
            await self._person.do("Start Roblox Studio and open a new Baseplate.")
        await self._until(lambda: bool(self._service.windows()), "No Studio connected.")
        window = self._service.windows()[0]
        return f"Studio {window.studio_version}, plugin {window.plugin_version}"

    async def lands(self) -> str:
        push_id = await self._push(_lesson("print('one')"))
        push = self._service.push(push_id)
        if push.state != "landed":
            raise _Failed(f"It ended as {push.state}: {push.reason}")
        return (
            f"{len(self._service.items(push_id))} things, read back equal, {push.milliseconds} ms"
        )

    async def undoes_and_redoes(self) -> str:
        if not self._landed:
            raise _Failed("Nothing landed that could be undone.")
        push_id = self._landed[-1]
        await self._person.do("In Studio, press Undo (Ctrl+Z or Cmd+Z) once.")
        await self._until(self._is(push_id, "undone"), "The plugin told of no undo.")
        await self._person.do("Press Redo once.")
        await self._until(self._is(push_id, "landed"), "The plugin told of no redo.")
        return "Studio's history and ours agree"

    async def takes_back(self) -> str:
        push_id = await self._push(_lesson("print('and out')"))
        try:
            await self._service.undo(push_id)
        except (CannotUndo, NoStudio) as problem:
            raise _Failed(str(problem)) from problem
        return "taken out as one step"

    async def asks(self) -> str:
        await self._person.done(
            f"In the Explorer, open ServerScriptService / {_NAME} / Main, add a line, and close it."
        )
        push_id = await self._push(_lesson("print('two')"))
        if self._service.push(push_id).state != "conflict":
            raise _Failed(f"Nobody was asked: it is {self._service.push(push_id).state}.")
        await self._person.do(
            "Open the ToolBoxAI panel, press 'Show the change', then 'Replace all mine'."
        )
        await self._until(self._is(push_id, "landed"), "No answer came from the panel.")
        return "answered in the panel; a disabled copy is in ServerStorage"

    async def waits(self) -> str:
        await self._person.done("Press Play, and wait until the test runs.")
        push_id = await self._service.queue(
            _lesson("print('three')"), policy="replace", reviewed=True
        )
        self._landed.append(push_id)
        await asyncio.sleep(_LOOK_S * 5)
        if self._service.push(push_id).state == "landed":
            raise _Failed("It landed while a play test ran.")
        await self._person.do("Stop the play test.")
        await self._until(self._is(push_id, "landed"), "It did not come in afterwards.")
        return "it waited, and came in afterwards"

    async def looks_right(self) -> str:
        for question, wrong in (
            ("Did Studio come without any question about HTTP requests or script injection?",
             "Studio asked about HTTP requests or script injection."),
            ("Change Studio's theme (File, Studio Settings). Does the panel follow at once?",
             "The panel does not follow the theme."),
            ("Can everything in the panel be read, also when it is narrow?",
             "Something in the panel cannot be read."),
        ):  # fmt: skip
            if not await self._person.sees(question):
                raise _Failed(wrong)
        return "no questions asked, the theme is followed, all can be read"

    async def _push(self, build: Build) -> str:
        push_id = await self._service.queue(build, reviewed=True)
        self._landed.append(push_id)
        await self._service.settled(push_id, LAND_S)
        return push_id

    def _is(self, push_id: str, state: str) -> Callable[[], bool]:
        return lambda: self._service.push(push_id).state == state

    async def _until(self, is_so: Callable[[], bool], otherwise: str) -> None:
        """Look until something is so; the person may take a while."""
        try:
            async with asyncio.timeout(self._patience_s):
                while not is_so():  # noqa: ASYNC110  (what a hand in Studio does has no event)
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            raise _Failed(otherwise) from None


def _lesson(main: str) -> Build:
    """Whatever was seen to go wrong somewhere: line ends, lengths, letters, rotations."""
    sources = {
        "Main": main,
        "Windows": "print('one')\r\nprint('two')\r\n",
        "Letters": "print('½ 👩‍🏫 \\n')\n",
        "Long": "-- " + "x" * 199_996 + "\n-- longer than Studio takes at once\n",
    }
    scripts = tuple(
        Instance("Script", name, {"Source": source, "Disabled": True})
        for name, source in sources.items()
    )
    part = Instance(
        "Part",
        "Turned",
        {
            "Anchored": True,
            "Size": Vector3(4.2, 1.1, 2.0),
            "CFrame": CFrame(Vector3(0, 20.5, 0), _TURNED),
        },
        {"CheckpointId": "c1", "Points": 3.0},
        ("Checkpoint",),
    )
    label = Instance("TextLabel", "Question", {"Text": "½ + ¼ = ?", "Size": UDim2(0, 9, 0, 9)})
    screen = Instance("ScreenGui", _NAME, {"Enabled": False}, children=(label,))
    code = Instance("Folder", _NAME, children=scripts)
    world = Instance("Model", _NAME, children=(part,))
    placed = {"ServerScriptService": code, "Workspace": world, "StarterGui": screen}
    whole = Build(_NAME, "smoke", "ab" * 32, ())
    return replace(whole, placed=tuple(Placed(where, each) for where, each in placed.items()))
