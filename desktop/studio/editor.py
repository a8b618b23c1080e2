"""Roblox Studio itself on this computer: where it is, and opening a place file in it."""

import subprocess
import sys
from pathlib import Path

from desktop.sentences import say
from desktop.studio.errors import NoStudio, StudioError

_MAC = Path("/Applications/RobloxStudio.app")


def find() -> Path | None:
    """The program, by what its installer says in the registry, or in its usual folder.

    It may have been removed since; None where Studio does not run, or was never installed.
    """
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Roblox\RobloxStudio") as key:
                content = str(winreg.QueryValueEx(key, "ContentFolder")[0])
        except OSError:
            return None
        return Path(content).parent / "RobloxStudioBeta.exe"
    return _MAC if sys.platform == "darwin" else None


def open_place(file: Path, program: Path | None) -> "subprocess.Popen[bytes]":
    """Open a place file in Studio. `program` is what `find` told.

    Returns its process, which goes on by itself: nobody has to wait for it.

    Raises:
        NoStudio: Studio is not on this computer.
        StudioError: it could not be started.
    """
    if program is None or not program.exists():
        raise NoStudio(
            say("Roblox Studio was not found, so {name} was not opened.", name=file.name),
            mend=say("Install Studio from create.roblox.com, and open {file} in it.", file=file),
        )
    arguments = ["--task", "EditFile", "--localPlaceFile", str(file.absolute())]
    if program.suffix == ".app":
        command = ["/usr/bin/open", "-a", str(program), "--args", *arguments]
    else:
        command = [str(program), *arguments]
    try:
        return subprocess.Popen(  # noqa: S603  (the program that the user installed)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise StudioError(
            say("Roblox Studio could not be started: {why}.", why=error.strerror),
            mend=say("Open {file} in Studio yourself.", file=file),
        ) from error
