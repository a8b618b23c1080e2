"""A real Luau compiler and virtual machine, inside this process.

Compiling runs nothing, so it is safe for foreign source. *Running* foreign source is not: a
runaway script can end the process, so run it in a child process with a time limit.
"""

import functools
import importlib.machinery
import importlib.util
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType


@dataclass(frozen=True)
class SyntaxFault:
    """Where Luau source stops being Luau. `line` counts from 1."""

    line: int
    message: str


@functools.cache
def machine() -> ModuleType:
    """The Luau extension module (https://pypi.org/project/pluau/): `machine().Lua()` makes a VM.

    Raises:
        ImportError: the package is not installed, or has no build for this platform.
    """
    spec = importlib.util.find_spec("pluau")
    if spec is None or not spec.submodule_search_locations:
        raise ImportError("The Luau compiler (package pluau) is not installed.", name="pluau")
    # pluau 0.1.2 imports a module whose syntax needs Python 3.12; its extension needs neither.
    folder = Path(next(iter(spec.submodule_search_locations)))
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        for file in folder.glob(f"_pluau*{suffix}"):
            return _load(file)
    raise ImportError(f"The Luau compiler has no build for {sys.platform} in {folder}.")


def _load(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("_pluau", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is not an extension module.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def syntax_fault(source: str) -> SyntaxFault | None:
    """Compile `source` without running it and return its first fault, or None."""
    try:
        # A compiler of its own rather than a VM: the extension prints a line on standard
        # output whenever a VM is dropped, which would spoil what a script reads there.
        machine().Compiler(1, 1, 0, 0).compile(source)
    except RuntimeError as error:
        return _fault(str(error))
    return None


def _fault(message: str) -> SyntaxFault:
    found = re.search(r"(\d+): (.*)", message, re.DOTALL)
    if found is None:
        return SyntaxFault(line=1, message=message)
    return SyntaxFault(line=int(found[1]), message=found[2].strip())
