"""A Luau VM that runs folders of our own modules, with tables in and out as plain data.

Only our own modules may run here: a runaway script could end the process.
"""

import ctypes
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop import resources
from desktop.lessons import luau

Plain = None | bool | int | float | str | bytes | list[Any] | dict[str, Any]


class LuauMachine:
    """One VM. It lives as long as the process, because dropping it prints on standard output."""

    def __init__(self) -> None:
        self.vm = luau.machine().Lua()
        self.vm.sandbox(True)  # globals that cannot change: sha256 is three times as quick
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self.vm))
        # Without full optimisation sha256 over a megabyte takes seconds.
        self._compiler = luau.machine().Compiler(2, 1, 0, 0)

    def package(self, folder: str, extra: dict[str, str] | None = None) -> Callable[[str], Any]:
        """Load the modules of a resource folder; returns what requires one by its name.

        `extra` are more modules, source by name.
        """
        sources = {
            file.name.removesuffix(".luau"): file.read_text(encoding="utf-8")
            for file in sorted(resources.path(folder).glob("*.luau"))
            if file.name != "Loader.luau" and ".server." not in file.name
        }
        loader = resources.path("studio_simulator") / "Loader.luau"
        chunk = self._chunk(loader.read_text(encoding="utf-8"), loader.stem)
        compile_ = self.vm.create_function(self._compile)
        require = chunk(compile_, self.table({**sources, **(extra or {})}))[0]
        return lambda name: require(name)[0]

    def function(self, work: Callable[..., Plain]) -> Any:  # noqa: ANN401  (pluau's own type)
        """A Python function for Luau: it is handed plain data and strings as bytes."""

        def call(_thread: object, arguments: list[Any]) -> list[Any]:
            result = work(*(self.plain(argument) for argument in arguments))
            return [self.luau(result)]

        return self.vm.create_function(call)

    def table(self, values: dict[str, Any]) -> Any:  # noqa: ANN401  (pluau's own type)
        """A table of plain values and functions."""
        made = self.vm.create_table()
        for key, value in values.items():
            made.set(self.vm.create_string(key), self.luau(value))
        return made

    def luau(self, value: Any) -> Any:  # noqa: ANN401  (pluau's own type)
        """Plain data as Luau values; what is one already passes through."""
        if isinstance(value, str | bytes):
            return self.vm.create_string(value)
        if isinstance(value, dict):
            return self.table(value)
        if isinstance(value, list | tuple):
            made = self.vm.create_table()
            for index, each in enumerate(value, start=1):
                made.set(index, self.luau(each))
            return made
        return value

    def plain(self, value: Any) -> Plain:  # noqa: ANN401  (pluau's own type)
        """Luau values as plain data: strings as bytes, tables as a list or a dict."""
        kinds = luau.machine()
        if isinstance(value, kinds.String):
            return bytes(value.as_bytes())
        if not isinstance(value, kinds.Table):
            return value  # type: ignore[no-any-return]
        length = value.raw_len()
        if length:
            return [self.plain(value.raw_get(index)) for index in range(1, length + 1)]
        found: dict[str, Any] = {}

        def take(key: Any, each: Any) -> None:  # noqa: ANN401  (pluau's own type)
            found[bytes(key.as_bytes()).decode()] = self.plain(each)

        value.for_each(take)
        return found or []

    def _compile(self, _thread: object, arguments: list[Any]) -> list[Any]:
        source, name = arguments
        return [self._chunk(bytes(source.as_bytes()), bytes(name.as_bytes()).decode())]

    def _chunk(self, source: str | bytes, name: str) -> Any:  # noqa: ANN401  (pluau's own type)
        return self.vm.load_chunk(source, name=name, compiler=self._compiler)


def source_of(folder: str, module: str) -> str:
    """The source of one module of a resource folder."""
    file: Path = resources.path(folder) / f"{module}.luau"
    return file.read_text(encoding="utf-8")
