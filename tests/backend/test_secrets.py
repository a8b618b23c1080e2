"""Where secrets lie: whole or not at all, never in the clear, and never in a make-believe store."""

import os
import stat
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked as Locked
from keyring.errors import PasswordDeleteError

from desktop.backend import secrets
from desktop.errors import CompanionError, WrongUse


class WindowsLike(KeyringBackend):
    """A keyring with the limits of Windows' own, that can lose power in the middle."""

    priority = 1  # type: ignore[assignment]  # the library's own way to say it

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}
        self.writes_left: int | None = None
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise Locked
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        assert len(password) <= 1_280, "Windows refuses it"
        self._spend()
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._spend()
        if self.kept.pop(username, None) is None:
            raise PasswordDeleteError

    def _spend(self) -> None:
        if self.writes_left is not None:
            if self.writes_left == 0:
                raise ConnectionAbortedError("the power is gone")
            self.writes_left -= 1


@pytest.fixture(params=["memory", "keyring", "vault"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> secrets.SecretStore:
    match request.param:
        case "memory":
            return secrets.MemoryStore()
        case "keyring":
            return secrets.KeyringStore(WindowsLike())
    return secrets.VaultFile(tmp_path / "vault", "a passphrase")


@pytest.mark.parametrize("value", ["", "short", "ü" * 1_200, "x" * 1_201, "long " * 2_000])
def test_a_secret_comes_back_as_it_was(store: secrets.SecretStore, value: str) -> None:
    assert store.get("name") is None
    store.set("name", value)
    store.set("other", "something else")
    assert store.get("name") == value


def test_a_newer_value_replaces_a_longer_older_one(store: secrets.SecretStore) -> None:
    store.set("name", "x" * 5_000)
    store.set("name", "y")
    assert store.get("name") == "y"
    store.delete("name")
    store.delete("name")
    assert store.get("name") is None


def test_a_keyring_that_stops_at_any_write_holds_the_old_value_or_the_new() -> None:
    old, new = "o" * 3_000, "n" * 4_000
    for writes in range(20):
        backend = WindowsLike()
        store = secrets.KeyringStore(backend)
        store.set("name", "before")
        store.set("name", old)
        backend.writes_left = writes
        try:
            store.set("name", new)
        except ConnectionAbortedError:
            backend.writes_left = None
            assert store.get("name") in (old, new)
            store.set("name", "after")
            assert store.get("name") == "after"
        else:
            assert writes > 5
            return
    pytest.fail("it never got through")


def test_nothing_of_a_deleted_secret_stays_in_the_keyring() -> None:
    backend = WindowsLike()
    store = secrets.KeyringStore(backend)
    store.set("name", "x" * 5_000)
    store.set("name", "y" * 2_000)
    store.delete("name")
    assert backend.kept == {}


def test_a_locked_keyring_is_said_in_a_sentence() -> None:
    backend = WindowsLike()
    backend.locked = True
    with pytest.raises(secrets.KeyringLocked):
        secrets.KeyringStore(backend).get("name")


def test_a_vault_shows_neither_names_nor_values_and_only_its_owner_reads_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "deep" / "vault"
    secrets.VaultFile(file, "a passphrase").set("refresh-token", "very secret")
    sealed = file.read_bytes()
    assert b"secret" not in sealed
    assert b"refresh" not in sealed
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_vault_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    file = tmp_path / "vault"
    secrets.VaultFile(file, "right").set("name", "value")
    before = file.read_bytes()
    wrong = secrets.VaultFile(file, "wrong")
    with pytest.raises(secrets.VaultLocked):
        wrong.get("name")
    with pytest.raises(secrets.VaultLocked):
        wrong.set("name", "other")
    assert file.read_bytes() == before
    assert secrets.VaultFile(file, "right").get("name") == "value"


def test_two_holders_of_a_vault_keep_each_others_secrets(tmp_path: Path) -> None:
    one, two = (secrets.VaultFile(tmp_path / "vault", "p") for _ in range(2))
    one.set("a", "1")
    two.set("b", "2")
    one.set("c", "3")
    assert [two.get(name) for name in "abc"] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"x", secrets.VAULT_MAGIC, secrets.VAULT_MAGIC + b"\xff" * 100,
        secrets.VAULT_MAGIC + b"\0\0\0\1" + b"\0\0\x20\0" + b"s" * 16 + b"short",
    ],
)  # fmt: skip
def test_a_damaged_vault_is_said_and_never_overwritten(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "vault"
    file.write_bytes(damage)
    with pytest.raises(CompanionError):
        secrets.VaultFile(file, "p").set("name", "value")
    assert file.read_bytes() == damage


def test_without_keyring_and_vault_both_ways_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "KEYRINGS", ())
    with pytest.raises(secrets.NoSecretStore) as caught:
        secrets.open_store(None, None)
    assert "keyring" in str(caught.value).lower()
    assert "--vault" in str(caught.value)
    assert "TOOLBOXAI_VAULT_PASSPHRASE" in str(caught.value)


def test_a_vault_without_its_passphrase_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="TOOLBOXAI_VAULT_PASSPHRASE"):
        secrets.open_store(tmp_path / "vault", None)


def test_a_plain_file_keyring_is_never_chosen_however_the_machine_is_set_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = WindowsLike()
    before = keyring.get_keyring()
    keyring.set_keyring(plain)
    try:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        assert secrets.find_keyring() is not plain
        assert os.environ["PYTHON_KEYRING_BACKEND"]
        assert not isinstance(secrets.find_keyring(), keyring.backends.fail.Keyring)
    finally:
        keyring.set_keyring(before)


def test_only_keyrings_that_keep_secrets_are_on_the_list() -> None:
    assert all(
        "null" not in name and "fail" not in name and "alt" not in name for name in secrets.KEYRINGS
    )
