"""Files that only this user may read, written whole or not at all."""

import os
from pathlib import Path

import pytest

from desktop import private_files
from tests.full_disk import full


def test_only_this_user_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    before = os.umask(0)
    try:
        private_files.write(file, b"one")
        private_files.write(file, b"two")
    finally:
        os.umask(before)
    assert file.read_bytes() == b"two"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    private_files.write(file, b"before")
    with full(1000), pytest.raises(OSError, match="File too large"):
        private_files.write(file, b"x" * 5000)
    assert file.read_bytes() == b"before"
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]


def test_a_folder_in_the_way_is_an_error_and_stays(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    with pytest.raises(OSError, match="secret"):
        private_files.write(tmp_path / "secret", b"one")
    assert [one.name for one in tmp_path.iterdir()] == ["secret"]
