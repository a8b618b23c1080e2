"""The real Luau VM with the place's own modules in it."""

import functools
from typing import Any

from desktop.lessons import assets
from desktop.lessons.instances import Build
from desktop.studio.luau_machine import LuauMachine


@functools.cache
def machine() -> LuauMachine:
    """One VM for all the tests of a process."""
    return LuauMachine()


def run(source: str, *arguments: object) -> Any:
    """Run a chunk and give its first result, as Luau holds it."""
    return machine().vm.load_chunk(source, name="test")(*arguments)[0]


def plain(value: object) -> Any:
    """A Luau value as plain data, with text as `str`."""
    return _text(machine().plain(value))


def _text(value: Any) -> Any:
    match value:
        case bytes():
            return value.decode()
        case list():
            return [_text(one) for one in value]
        case dict():
            return {_text(key): _text(one) for key, one in value.items()}
    return value


def module(name: str) -> Any:
    """One of the place's own modules, loaded."""
    return run(assets.luau(name))


def built(build: Build, name: str) -> Any:
    """A module of a build, loaded by its last name."""
    source = next(source for path, source in build.scripts.items() if path.endswith(f"/{name}"))
    return run(source)
