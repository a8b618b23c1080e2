"""The smoke test, gone through with the built plugin in Lune and somebody who does as told."""

from desktop.studio import smoke
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.lune import LuneStudio

MAIN = "ServerScriptService/ToolBoxAI smoke test/Main"


class Obedient:
    """Does in Lune's Studio what the test asks for; `lazy` names what is not done."""

    def __init__(self, studio: LuneStudio, *, lazy: str = "", blind: bool = False) -> None:
        self._studio, self._lazy, self._blind = studio, lazy, blind
        self.asked: list[str] = []

    async def do(self, what: str) -> None:
        self.asked.append(what)
        if self._lazy and self._lazy in what:
            return
        if "press Undo" in what:
            await self._studio.ask("undo")
        elif "Press Redo" in what:
            await self._studio.ask("redo")
        elif "Replace all mine" in what:
            await builds.until_asked(self._studio, "all replace")
            await self._studio.ask("click", name="all replace")
        elif "Stop the play test" in what:
            await self._studio.ask("play_test", on=False)

    async def done(self, what: str) -> None:
        self.asked.append(what)
        if "add a line" in what:
            await self._studio.ask("edit", path=MAIN, property="Source", value="print('mine')")
        elif "Press Play" in what:
            await self._studio.ask("play_test", on=True)

    async def sees(self, question: str) -> bool:
        self.asked.append(question)
        return not self._blind


async def test_all_is_well_where_all_is_done_as_told(
    service: StudioService, studio: LuneStudio
) -> None:
    person = Obedient(studio)
    steps = [step async for step in smoke.run(service, person)]
    assert [step.name for step in steps if not step.ok] == [], steps
    assert len(steps) == 7
    assert "without saving" in person.asked[-1]


async def test_what_does_not_happen_is_told_and_the_rest_is_tried(
    service: StudioService, studio: LuneStudio
) -> None:
    person = Obedient(studio, lazy="press Undo", blind=True)
    steps = [step async for step in smoke.run(service, person, patience_s=3)]
    wrong = {step.name: step.detail for step in steps if not step.ok}
    assert set(wrong) == {"one undo, one redo", "what eyes alone can tell"}
    assert wrong["one undo, one redo"] == "The plugin told of no undo."
    assert "HTTP" in wrong["what eyes alone can tell"]


async def test_without_a_studio_nothing_else_is_asked(service: StudioService) -> None:
    class Nobody:
        async def do(self, what: str) -> None:
            assert "open a new Baseplate" in what

        async def done(self, what: str) -> None:
            raise AssertionError(what)

        async def sees(self, question: str) -> bool:
            raise AssertionError(question)

    steps = [step async for step in smoke.run(service, Nobody(), patience_s=0.3)]
    assert [(step.name, step.ok) for step in steps] == [("the plugin connects", False)]
