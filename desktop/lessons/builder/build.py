"""Put world, scripts and data of a lesson together, service by service."""

import hashlib

from desktop.lessons import assets
from desktop.lessons.builder import content, layout, names, place_config, shapes
from desktop.lessons.builder.literal import module
from desktop.lessons.builder.place_config import TelemetryConfig
from desktop.lessons.instances import Build, Instance, Placed
from desktop.lessons.package import LessonPackage, dump

TEACHERS = (
    'Who may use the teacher\'s panel besides the owner: user names in small letters, as { "ada" }.'
)


def build(package: LessonPackage, *, lesson_id: str, telemetry: TelemetryConfig | None) -> Build:
    """Build the place of a lesson. Without `telemetry` it reports to nobody."""
    name = names.folder(package.topic, lesson_id)
    return Build(
        title=package.title,
        lesson_id=lesson_id,
        package_sha256=hashlib.sha256(dump(package).encode()).hexdigest(),
        placed=(
            Placed("Workspace", layout.workspace(package, name)),
            Placed("ReplicatedStorage", _shared(package, name, lesson_id)),
            Placed("ServerScriptService", _server(package, name, telemetry)),
            Placed("StarterGui", _screen(name)),
        ),
    )


def _script(class_name: str, name: str, source: str, *children: Instance) -> Instance:
    return Instance(class_name, name, {"Source": source}, children=children)


def _own(name: str) -> Instance:
    return _script("ModuleScript", name, assets.luau(name))


def _shared(package: LessonPackage, name: str, lesson_id: str) -> Instance:
    return Instance(
        "Folder",
        name,
        attributes={"LessonTitle": package.title},
        children=(
            Instance("RemoteFunction", "Answer"),
            Instance("RemoteEvent", "Desk"),
            Instance("RemoteEvent", "Enter"),
            Instance("RemoteEvent", "News"),
            _script("ModuleScript", "Content", content.content(package, names.key(lesson_id))),
            _own("QuizLogic"),
        ),
    )


def _server(package: LessonPackage, name: str, telemetry: TelemetryConfig | None) -> Instance:
    return shapes.folder(
        name,
        (
            _script("Script", "Main", assets.luau("Main")),
            _script("ModuleScript", "Activity", assets.luau(_activity(package))),
            _script("ModuleScript", "Answers", content.answers(package)),
            _own("LessonServer"),
            _script("ModuleScript", "PlaceConfig", place_config.write(telemetry)),
            _own("TeacherDesk"),
            _script("ModuleScript", "Teachers", module((), TEACHERS)),
            _own("Telemetry"),
        ),
    )


def _activity(package: LessonPackage) -> str:
    """The module for the interaction of this lesson; the others stay at home."""
    return f"activities/{package.world.interaction.capitalize()}"


def _screen(name: str) -> Instance:
    client = _script("LocalScript", "Client", assets.luau("Client"))
    return Instance(
        "ScreenGui",
        name,
        {"ResetOnSpawn": False},
        children=(client, _own("QuizScreen"), _own("TeacherPanel")),
    )
