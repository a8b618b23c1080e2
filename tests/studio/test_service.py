"""The Studio service with practice Studios: queueing, resuming, several windows, choices."""

import dataclasses
import random
from pathlib import Path

import pytest

from desktop.classroom.instants import SystemClock
from desktop.lessons import builder
from desktop.lessons.instances import Build, Instance, Placed
from desktop.storage import pushes
from desktop.storage.cache import Cache
from desktop.studio.errors import CannotUndo, NoStudio, NoSuchPush, ReviewNeeded, ScanRefused
from desktop.studio.scan import ScanReport
from desktop.studio.service import StudioService
from desktop.studio.simulator import SimulatedStudio
from tests.studio import builds

LAND_S = 20.0
MAIN = "ServerScriptService/Lesson/Main"


async def test_a_lesson_lands_in_the_practice_studio_and_one_undo_takes_it_out(
    service: StudioService, profile: Path
) -> None:
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        before = studio.tree_hash()
        push_id = await service.queue(builds.lesson())
        push = await service.settled(push_id, LAND_S)
        assert (push.state, push.reason) == ("landed", "")
        assert push.place_name == "Practice place"
        found = {each["path"]: each.get("sha256") for each in studio.tree()}
        for item in service.items(push_id):
            assert found["/".join(item.path)] == (item.source_sha256 or None)
        studio.undo()
        assert studio.tree_hash() == before
        await builds.until(lambda: service.push(push_id).state == "undone")
        assert studio.complaints == []


async def test_a_push_with_studio_closed_waits_and_lands_when_it_opens(
    service: StudioService, profile: Path
) -> None:
    push_id = await service.queue(builds.lesson())
    assert (await service.settled(push_id, 0.2)).state == "queued"
    async with SimulatedStudio(profile):
        assert (await service.settled(push_id, LAND_S)).state == "landed"


async def test_what_was_under_way_when_the_app_died_lands_once_afterwards(
    cache: Cache, profile: Path
) -> None:
    service = StudioService(cache, SystemClock(), random.Random(1), profile, platform_port=0)
    await service.start()
    async with SimulatedStudio(profile) as studio:
        push_id = await service.queue(builds.lesson())
        await service.settled(push_id, LAND_S)
        landed = studio.tree_hash()
        await service.stop()
        # As if the app had died before it heard the result.
        cache.write(lambda tx: pushes.change(tx, push_id, state="committing")).result()
        second = StudioService(cache, SystemClock(), random.Random(1), profile, platform_port=0)
        await second.start()
        assert (await second.settled(push_id, LAND_S)).state == "landed"
        assert studio.tree_hash() == landed
        await second.stop()


@pytest.mark.parametrize("moment", ["offered", "planned", "committing"])
async def test_a_line_that_breaks_in_the_middle_lands_the_push_once(
    service: StudioService, profile: Path, moment: str
) -> None:
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        long = builds.scripts("a = 1", "b = '" + "x" * 300_000 + "'")
        push_id = await service.queue(long, reviewed=True)
        states = ["offered", "planned", "committing", "landed"]
        wanted = states[states.index(moment) :]
        await builds.until(lambda: service.push(push_id).state in wanted)
        for window in list(service._windows.values()):
            await window.close()
        assert (await service.settled(push_id, LAND_S)).state == "landed"
        folders = [each for each in studio.tree() if each["path"].endswith("Lesson")]
        scripts = [each for each in studio.tree() if each["class"] == "Script"]
        assert (len(folders), len(scripts)) == (1, 2)
        assert studio.complaints == []


async def test_a_blocked_lesson_is_refused_and_nothing_is_queued(service: StudioService) -> None:
    with pytest.raises(ScanRefused, match="loadstring"):
        await service.queue(builds.scripts("loadstring('x')()"))
    assert service.pushes() == []


async def test_what_the_scan_shows_needs_the_teachers_tick(
    service: StudioService, profile: Path
) -> None:
    lesson = builds.scripts("local sound = 'rbxassetid://12'")
    with pytest.raises(ReviewNeeded, match="asset"):
        await service.queue(lesson)
    assert service.pushes() == []
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        push_id = await service.queue(lesson, reviewed=True)
        assert (await service.settled(push_id, LAND_S)).state == "landed"


async def test_a_parcel_packed_ahead_lands_and_what_its_scan_shows_still_needs_the_tick(
    service: StudioService, profile: Path
) -> None:
    parcel = await service.pack(builds.scripts("local sound = 'rbxassetid://12'", "print(1)"))
    with pytest.raises(ReviewNeeded, match="asset"):
        await service.queue(parcel)
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        push_id = await service.queue(parcel, reviewed=True)
        assert (await service.settled(push_id, LAND_S)).state == "landed"
        landed = {one["path"]: one["sha256"] for one in studio.tree() if "sha256" in one}
    assert landed == {
        "/".join(item.path): item.source_sha256 for item in parcel.items if item.source_sha256
    }
    blocked = await service.pack(builds.scripts("loadstring('x')()"))
    with pytest.raises(ScanRefused):
        await service.queue(blocked, reviewed=True)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("loadstring('x')()", "runs text as code"),
        ("local sound = 'rbxassetid://12'", "Somebody has to look at this"),
    ],
)
async def test_the_plugin_scans_again_and_believes_no_app_that_says_all_is_well(
    service: StudioService, profile: Path, source: str, says: str
) -> None:
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        before = studio.tree_hash()
        naughty = await service.pack(builds.scripts("print(1)", source))
        push_id = await service.queue(dataclasses.replace(naughty, report=ScanReport()))
        push = await service.settled(push_id, LAND_S)
        assert push.state == "failed"
        assert says in push.reason
        assert "ServerScriptService/Lesson/B, line 1" in push.reason
        assert studio.tree_hash() == before


async def test_a_class_that_no_lesson_may_make_is_refused_by_the_plugin(
    service: StudioService, profile: Path
) -> None:
    rocket = Build("Rocket", "", "", (Placed("Workspace", Instance("RocketPropulsion", "R")),))
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        before = studio.tree_hash()
        push = await service.settled(await service.queue(rocket), LAND_S)
        assert push.state == "failed"
        assert "may not make a RocketPropulsion" in push.reason
        assert studio.tree_hash() == before


async def test_a_service_and_a_property_outside_the_list_are_refused(
    service: StudioService, profile: Path
) -> None:
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        before = studio.tree_hash()
        chat = Build("Chat", "", "", (Placed("Chat", Instance("Folder", "F")),))
        push = await service.settled(await service.queue(chat), LAND_S)
        assert (push.state, push.reason) == (
            "failed",
            "A lesson may not put anything into Chat.",
        )
        named = Instance("Part", "P", {"NetworkOwnership": True})
        odd = Build("Odd", "", "", (Placed("Workspace", named),))
        push = await service.settled(await service.queue(odd), LAND_S)
        assert push.state == "failed"
        assert "may not set Part.NetworkOwnership" in push.reason
        assert studio.tree_hash() == before


async def test_two_windows_wait_for_a_choice_that_is_remembered_for_the_lesson(
    service: StudioService, profile: Path
) -> None:
    async with (
        SimulatedStudio(profile, place_name="Maths") as maths,
        SimulatedStudio(profile, place_name="History") as history,
    ):
        await builds.until(lambda: len(service.windows()) == 2)
        push_id = await service.queue(builds.lesson())
        assert (await service.settled(push_id, 0.3)).state == "queued"
        await service.choose_window(push_id, "unpublished:History")
        assert (await service.settled(push_id, LAND_S)).place_name == "History"
        assert MAIN in {each["path"] for each in history.tree()}
        again = await service.queue(builds.lesson("print('newer')"))
        assert (await service.settled(again, LAND_S)).place_name == "History"
        assert MAIN not in {each["path"] for each in maths.tree()}


async def test_a_lesson_waits_for_the_place_it_landed_in_and_goes_to_no_other_unasked(
    service: StudioService, profile: Path
) -> None:
    async with SimulatedStudio(profile, place_name="Maths"):
        await service.settled(await service.queue(builds.lesson()), LAND_S)
    await builds.until(lambda: not service.windows())
    async with SimulatedStudio(profile, place_name="History") as history:
        await builds.until(service.windows)
        push_id = await service.queue(builds.lesson("print('newer')"))
        push = await service.settled(push_id, 0.5)
        assert push.state == "queued"
        assert "Waiting for the place Maths" in push.reason
        assert MAIN not in {each["path"] for each in history.tree()}
        await service.choose_window(push_id, "unpublished:History")
        push = await service.settled(push_id, LAND_S)
        assert (push.state, push.place_name, push.reason) == ("landed", "History", "")


async def test_a_place_that_is_open_twice_gets_a_lesson_where_it_was_and_gives_it_back_from_there(
    service: StudioService, profile: Path
) -> None:
    async with SimulatedStudio(profile, place_name="Maths") as first:
        await builds.until(service.windows)
        await service.settled(await service.queue(builds.lesson()), LAND_S)
        async with SimulatedStudio(profile, place_name="Maths") as second:
            await builds.until(lambda: len(service.windows()) == 2)
            before = first.tree_hash()
            again = await service.queue(builds.lesson("print('newer')"))
            assert (await service.settled(again, LAND_S)).state == "landed"
            assert MAIN not in {each["path"] for each in second.tree()}
            await service.undo(again)
            assert first.tree_hash() == before


async def test_a_push_that_fits_several_windows_says_that_it_waits_for_a_choice(
    service: StudioService, profile: Path
) -> None:
    async with (
        SimulatedStudio(profile, place_name="Maths"),
        SimulatedStudio(profile, place_name="History"),
    ):
        await builds.until(lambda: len(service.windows()) == 2)
        push_id = await service.queue(builds.lesson())
        assert "Choose the one" in service.push(push_id).reason


async def test_a_decision_for_one_item_leaves_the_others_to_be_asked(
    service: StudioService, profile: Path
) -> None:
    async with SimulatedStudio(profile) as studio:
        await service.settled(await service.queue(builds.scripts("a = 1", "b = 1")), LAND_S)
        studio.edit("ServerScriptService/Lesson/A", "Source", "mine = 1")
        studio.edit("ServerScriptService/Lesson/B", "Source", "mine = 2")
        push_id = await service.queue(builds.scripts("a = 2", "b = 2"))
        assert (await service.settled(push_id, LAND_S)).state == "conflict"
        conflicts = [item for item in service.items(push_id) if item.action == "conflict"]
        assert [item.path[-1] for item in conflicts] == ["A", "B"]
        await service.resolve(push_id, "keep", [conflicts[0].number])
        assert (await service.settled(push_id, LAND_S)).state == "conflict"
        await service.resolve(push_id, "replace", [conflicts[1].number])
        assert (await service.settled(push_id, LAND_S)).state == "landed"
        found = {each["path"]: each.get("sha256") for each in studio.tree()}
        kept = builds.scripts("mine = 1")
        assert found["ServerScriptService/Lesson/A"] == source_hash(kept)
        assert found["ServerScriptService/Lesson/B"] == source_hash(builds.scripts("b = 2"))


def source_hash(build: Build) -> str:
    import hashlib

    return hashlib.sha256(next(iter(build.scripts.values())).encode()).hexdigest()


async def test_a_push_of_many_pages_lands(service: StudioService, profile: Path) -> None:
    """More than one page of an offer, a plan, a need and a result."""
    parts = tuple(Instance("Part", f"P{number}", {"Anchored": True}) for number in range(1_100))
    many = Build("Many", "", "", (Placed("Workspace", builds.folder("Lesson", *parts)),))
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        push_id = await service.queue(many)
        assert (await service.settled(push_id, 60)).state == "landed"
        assert len([each for each in studio.tree() if each["class"] == "Part"]) == 1_100


async def test_undo_says_what_stands_in_its_way(service: StudioService, profile: Path) -> None:
    with pytest.raises(NoSuchPush):
        await service.undo("no-such-push")
    push_id = await service.queue(builds.lesson())
    with pytest.raises(CannotUndo):
        await service.undo(push_id)
    async with SimulatedStudio(profile):
        await service.settled(push_id, LAND_S)
    await builds.until(lambda: not service.windows())
    with pytest.raises(NoStudio, match="Practice place"):
        await service.undo(push_id)


async def test_listeners_hear_of_windows_and_pushes(service: StudioService, profile: Path) -> None:
    heard: list[int] = []
    unsubscribe = service.subscribe(lambda: heard.append(len(service.windows())))
    async with SimulatedStudio(profile):
        await builds.until(lambda: 1 in heard)
        await service.settled(await service.queue(builds.lesson()), LAND_S)
    await builds.until(lambda: heard[-1] == 0)
    unsubscribe()
    count = len(heard)
    await service.wake()
    assert len(heard) == count


async def test_a_practice_studio_prints_nothing(profile: Path) -> None:
    """The Luau machine says a word on standard output when one is dropped: none may be."""
    import asyncio
    import sys

    script = (
        "import asyncio, sys, pathlib\n"
        "from desktop.studio.simulator import SimulatedStudio\n"
        "async def main():\n"
        "    async with SimulatedStudio(pathlib.Path(sys.argv[1])) as studio: studio.tree()\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(profile), stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert (out, process.returncode) == (b"", 0)


async def test_two_lessons_land_beside_each_other_and_each_updates_only_itself(
    service: StudioService, profile: Path
) -> None:
    first, second = (builds.generated(sentence) for sentence in builds.SENTENCES)
    polished = first.package.model_copy(update={"title": "Polished", "summary": "Better words."})
    async with SimulatedStudio(profile) as studio:
        await studio.until("ready")
        for made in (first, second):
            push = await service.settled(await service.queue(made.build), LAND_S)
            assert (push.state, push.reason) == ("landed", "")
        before = {each["path"]: each for each in studio.tree()}
        again = builder.build(polished, lesson_id=first.build.lesson_id, telemetry=None)
        push_id = await service.queue(again)
        assert (await service.settled(push_id, LAND_S)).state == "landed"
        after = {each["path"]: each for each in studio.tree()}
        assert before.keys() == after.keys()
        changed = {path for path in before if before[path] != after[path]}
        assert {path.rsplit("/", 1)[1] for path in changed} == {"Content"}
        assert changed <= first.build.scripts.keys()
        assert {item.action for item in service.items(push_id)} == {"update", "unchanged"}
