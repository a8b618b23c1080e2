"""Writes a build as a project folder for Rojo: scripts as files to edit, all else as JSON.

The formats are described at https://rojo.space/docs/v7/sync-details/ and
https://rojo.space/docs/v7/properties/.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.lessons.instances import (
    SCRIPT_CLASSES,
    AttributeValue,
    Build,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Int64,
    UDim2,
    Value,
    Vector3,
)
from desktop.sentences import say
from desktop.studio import rbxmx
from desktop.studio.errors import CannotWrite

PROJECT = "default.project.json"
SOURCES = "src"
_ENDINGS = {"Script": ".server.luau", "LocalScript": ".client.luau", "ModuleScript": ".luau"}
_NO_FILE_NAME = frozenset('<>:"/\\|?*')
"""What one system or another does not take in a file's name."""

Files = dict[str, bytes]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def files(build: Build) -> Files:
    """The files of a project by their path inside it, which has slashes on every system.

    Raises:
        CannotWrite: a name is none that a file can have.
    """
    tree: dict[str, Json] = {"$className": "DataModel"}
    made: Files = {}
    for service in rbxmx.by_service(build.placed, as_folders=False):
        tree[service.name] = _branch(service, SOURCES, made)
    project: Json = {"name": build.title, "tree": tree}
    return {PROJECT: _json(project), **made}


def write(build: Build, folder: Path) -> str:
    """Write the project into a folder of its own; returns one sha256 over all its files.

    A project that stands there is replaced file by file; whatever else is there stays.

    Raises:
        CannotWrite: the folder holds something else, or cannot be written.
    """
    made = files(build)
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / PROJECT).is_file():
            raise CannotWrite(
                say("The folder {folder} holds something else already.", folder=folder),
                mend=say("Choose a new folder for the project."),
            )
        for path, content in made.items():
            file = folder.joinpath(*path.split("/"))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    except OSError as error:
        raise CannotWrite(
            say(
                "The project {folder} could not be written: {why}.",
                folder=folder,
                why=error.strerror,
            ),
            mend=say("Choose another folder."),
        ) from error
    return digest(made)


def digest(made: Files) -> str:
    """One sha256 over the names and contents of a project's files, in the order of their names."""
    lines = (f"{path} {hashlib.sha256(made[path]).hexdigest()}\n" for path in sorted(made))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _branch(service: Instance, above: str, made: Files) -> dict[str, Json]:
    """A service or a container of Studio's in the project's tree, with its files made."""
    branch: dict[str, Json] = {"$className": service.class_name}
    path = f"{above}/{service.name}"
    for child in service.children:
        if child.class_name in rbxmx.CONTAINERS:
            branch[child.name] = _branch(child, path, made)
        else:
            branch[child.name] = {"$path": _node(child, path, made)}
    return branch


def _node(instance: Instance, above: str, made: Files) -> str:
    """Make the files of one instance and all below it; returns the path that stands for it."""
    path = f"{above}/{_file_name(instance.name)}"
    ending = _ENDINGS.get(instance.class_name)
    if ending is None and not _has_scripts(instance):
        made[f"{path}.model.json"] = _json(_model(instance))
        return f"{path}.model.json"
    if ending is not None and not instance.children and not _meta(instance):
        made[path + ending] = str(instance.properties.get("Source", "")).encode()
        return path + ending
    if ending is not None:
        made[f"{path}/init{ending}"] = str(instance.properties.get("Source", "")).encode()
    meta = _meta(instance)
    if ending is None and instance.class_name != "Folder":
        meta = {"className": instance.class_name, **meta}
    if meta:
        made[f"{path}/init.meta.json"] = _json(meta)
    for child in instance.children:
        _node(child, path, made)
    return path


def _file_name(name: str) -> str:
    if not name.strip(". ") or name != name.strip() or name[-1] == "." or name.startswith("init."):
        raise CannotWrite(
            say("'{name}' is no name for a file.", name=name), mend=say("Choose another format.")
        )
    if _NO_FILE_NAME & set(name) or not name.isprintable():
        raise CannotWrite(
            say("'{name}' is no name for a file.", name=name), mend=say("Choose another format.")
        )
    return name


def _has_scripts(instance: Instance) -> bool:
    return any(one.class_name in SCRIPT_CLASSES for _, one in instance.walk())


def _meta(instance: Instance) -> dict[str, Json]:
    """Properties, attributes and tags of an instance, as far as it has any."""
    properties: dict[str, Json] = {
        name: _value(name, value) for name, value in _plain(instance).items()
    }
    if instance.tags:
        properties["Tags"] = {"Tags": list(instance.tags)}
    meta: dict[str, Json] = {"properties": properties} if properties else {}
    if instance.attributes:
        meta["attributes"] = {
            name: _attribute(value) for name, value in instance.attributes.items()
        }
    return meta


def _plain(instance: Instance) -> Mapping[str, Value]:
    return {name: value for name, value in instance.properties.items() if name != "Source"}


def _model(instance: Instance) -> dict[str, Json]:
    model = {"className": instance.class_name, **_meta(instance)}
    if instance.children:
        model["children"] = [{"name": one.name, **_model(one)} for one in instance.children]
    return model


def _value(name: str, value: Value) -> Json:
    """A property with its type said, so that Rojo need not guess it."""
    match value:
        case bool():
            return {"Bool": value}
        case int():
            return {"Int32": value}
        case float():
            return {"Float64" if name == "Value" else "Float32": value}
        case str():
            return {"String": value}
        case Int64():
            return {"Int64": value.value}
        case EnumItem():
            return {"Enum": value.value}
        case Vector3():
            return {"Vector3": [value.x, value.y, value.z]}
        case Color3():
            return {"Color3": [value.r, value.g, value.b]}
        case UDim2():
            sides = _sides(value)
            return {"UDim2": [list(side) for side in sides]}
        case CFrame():
            at, turn = value.position, value.rotation
            rows: list[Json] = [list(turn[row : row + 3]) for row in (0, 3, 6)]
            return {"CFrame": {"position": [at.x, at.y, at.z], "orientation": rows}}


def _sides(value: UDim2) -> Iterator[tuple[float, int]]:
    yield value.x_scale, value.x_offset
    yield value.y_scale, value.y_offset


def _attribute(value: AttributeValue) -> Json:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return {"Float64": float(value)}
    return _value("", value)


def _json(value: Json) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return (text + "\n").encode()
