"""A project folder for Rojo holds everything of a build, each script as a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.lessons.instances import Build, Instance, Placed
from desktop.studio import rojo
from desktop.studio.errors import CannotWrite
from tests.studio import builds

ENDINGS = {".server.luau": "Script", ".client.luau": "LocalScript", ".luau": "ModuleScript"}


def read(folder: Path, path: Path, found: dict[str, str], above: str) -> None:
    """Read a folder as Rojo's documentation says it does: class or source by path."""
    if path.name.endswith(".model.json"):
        name = path.name.removesuffix(".model.json")
        note(json.loads(path.read_bytes()), f"{above}/{name}", found)
    elif path.is_dir():
        here = f"{above}/{path.name}"
        found[here] = "Folder"
        for child in sorted(path.iterdir()):
            if child.name == "init.meta.json":
                found[here] = json.loads(child.read_bytes()).get("className", "Folder")
            elif child.name.startswith("init."):
                found[here] = child.read_text(encoding="utf-8")
            else:
                read(folder, child, found, here)
    else:
        ending = next(one for one in ENDINGS if path.name.endswith(one))
        found[f"{above}/{path.name.removesuffix(ending)}"] = path.read_text(encoding="utf-8")


def note(model: Any, path: str, found: dict[str, str]) -> None:
    found[path] = model["className"]
    for child in model.get("children", []):
        note(child, f"{path}/{child['name']}", found)


def test_every_instance_and_every_source_is_in_the_project(tmp_path: Path) -> None:
    build = builds.generated(builds.SENTENCES[0]).build
    rojo.write(build, tmp_path / "project")
    tree = json.loads((tmp_path / "project" / "default.project.json").read_bytes())["tree"]
    assert tree["$className"] == "DataModel"
    found: dict[str, str] = {}
    for service, branch in tree.items():
        for name, leaf in branch.items() if isinstance(branch, dict) else ():
            if name != "$className":
                path = tmp_path / "project" / leaf["$path"]
                read(tmp_path, path, found, service)
    expected = {
        "/".join((placed.service, *path)): str(one.properties.get("Source", one.class_name))
        for placed in build.placed
        for path, one in placed.instance.walk()
    }
    assert found == expected


def test_every_type_of_value_says_what_it_is() -> None:
    made = rojo.files(builds.lesson())
    world = json.loads(made["src/Workspace/Lesson.model.json"])
    line = next(one for one in world["children"] if one["name"] == "Line")
    properties = line["properties"]
    assert {next(iter(value)) for value in properties.values()} >= {"Vector3", "Bool", "Enum"}
    assert properties["Anchored"] == {"Bool": True}
    assert len(properties["CFrame"]["CFrame"]["orientation"]) == 3


def test_a_script_with_children_is_a_folder_with_its_source_inside() -> None:
    inner = builds.script("Inner", "return 2", "ModuleScript")
    outer = Instance("ModuleScript", "Outer", {"Source": "return 1"}, children=(inner,))
    made = rojo.files(Build("T", "", "", (Placed("ReplicatedStorage", outer),)))
    assert made["src/ReplicatedStorage/Outer/init.luau"] == b"return 1"
    assert made["src/ReplicatedStorage/Outer/Inner.luau"] == b"return 2"


def test_a_container_of_studio_stays_itself() -> None:
    script = builds.script("Go", "print(1)", "LocalScript")
    placed = Placed("StarterPlayer/StarterPlayerScripts", script)
    made = rojo.files(Build("T", "", "", (placed,)))
    branch = json.loads(made["default.project.json"])["tree"]["StarterPlayer"]
    inner = branch["StarterPlayerScripts"]
    assert inner["$className"] == "StarterPlayerScripts"
    assert inner["Go"]["$path"] in made


@pytest.mark.parametrize("name", ["../up", "a/b", "..", "con:", "tail.", " ", "a\nb", "init.x"])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    build = Build("T", "", "", (Placed("Workspace", builds.script(name, "")),))
    with pytest.raises(CannotWrite, match="no name for a file"):
        rojo.files(build)


def test_the_same_build_is_the_same_project() -> None:
    first, second = (builds.generated(builds.SENTENCES[1]).build for _ in range(2))
    assert rojo.digest(rojo.files(first)) == rojo.digest(rojo.files(second))
    other = builds.generated(builds.SENTENCES[0]).build
    assert rojo.digest(rojo.files(first)) != rojo.digest(rojo.files(other))
