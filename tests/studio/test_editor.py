"""Opening a place file in Roblox Studio, with a program that writes down what it was asked."""

import sys
from pathlib import Path

import pytest

from desktop.studio import editor
from desktop.studio.errors import NoStudio, StudioError


def test_studio_is_asked_to_edit_the_file(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    studio = tmp_path / "Studio"
    studio.write_text(
        f"#!{sys.executable}\nimport sys\nopen({str(heard)!r}, 'w').write('|'.join(sys.argv[1:]))\n"
    )
    studio.chmod(0o700)
    place = tmp_path / "a lesson.rbxlx"
    editor.open_place(place, studio).wait(30)
    assert heard.read_text() == f"--task|EditFile|--localPlaceFile|{place}"


@pytest.mark.parametrize("there", [None, Path("/nowhere/RobloxStudioBeta.exe")])
def test_without_studio_it_says_so_and_what_to_do(tmp_path: Path, there: Path | None) -> None:
    with pytest.raises(NoStudio, match="not found") as told:
        editor.open_place(tmp_path / "a.rbxlx", there)
    assert "create.roblox.com" in told.value.mend


def test_a_studio_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "Studio"
    broken.write_text("no program")
    with pytest.raises(StudioError, match="could not be started"):
        editor.open_place(tmp_path / "a.rbxlx", broken)
