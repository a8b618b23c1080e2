"""The lesson world's own Luau modules, kept as files beside the code that builds with them."""

import functools
from importlib import resources


@functools.cache
def luau(name: str) -> str:
    """The source of one module of the place, for instance `QuizLogic`.

    Raises:
        FileNotFoundError: there is no such module.
    """
    file = resources.files("desktop.lessons").joinpath("place", f"{name}.luau")
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")
