"""Put world, scripts and data of a lesson together, service by service."""

import hashlib
from dataclasses import dataclass

from desktop.lessons import assets
from desktop.lessons.builder import content, layout, names, shapes
from desktop.lessons.builder.literal import module
from desktop.lessons.instances import Build, Instance, Placed
from desktop.lessons.package import LessonPackage, dump


@dataclass(frozen=True)
class TelemetryConfig:
    """Where a place reports to: the school server's whole address, and the key for it."""

    url: str
    place_key: str
    class_id: str = ""
    join_code: str = ""


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
            _script("ModuleScript", "Answers", content.answers(package)),
            _own("LessonServer"),
            _script("ModuleScript", "PlaceConfig", _config(telemetry)),
            _own("Telemetry"),
        ),
    )


def _config(telemetry: TelemetryConfig | None) -> str:
    config = telemetry or TelemetryConfig(url="", place_key="")
    return module(
        {
            "url": config.url,
            "placeKey": config.place_key,
            "classId": config.class_id,
            "joinCode": config.join_code,
        },
        "Where this place reports to. The key belongs to one lesson and class: keep it here.",
    )


def _screen(name: str) -> Instance:
    client = _script("LocalScript", "Client", assets.luau("Client"))
    return Instance(
        "ScreenGui", name, {"ResetOnSpawn": False}, children=(client, _own("QuizScreen"))
    )
