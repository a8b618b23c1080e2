"""Coming and going: who is signed in, where their things lie, and what is left of them."""

import stat
from pathlib import Path

import pytest

from desktop.backend import accounts, problems, secrets
from desktop.backend.accounts import Account, User
from desktop.classroom.instants import SystemClock
from tests.sync.world import School

CLOCK = SystemClock()


def someone(user: str = "7", server: str = "https://school.example") -> Account:
    return Account(server=server, kind="companion", user=User(id=user, username="Ada Núñez"))


async def sign_in(school: School, profile: Path, store: secrets.SecretStore) -> Account:
    return await accounts.sign_in(
        school.url, school.username, school.password, profile=profile, secrets=store, clock=CLOCK
    )


async def test_who_signed_in_is_remembered_without_any_secret(
    school: School, tmp_path: Path
) -> None:
    store = secrets.MemoryStore()
    account = await sign_in(school, tmp_path / "profile", store)
    assert accounts.current(tmp_path / "profile") == account
    assert account.user.username == school.username
    told = (tmp_path / "profile" / "account.json").read_text()
    assert school.password not in told
    assert "token" not in told
    assert store.get(f"{account.slug}/session") is not None


async def test_a_profile_is_closed_to_other_people(school: School, tmp_path: Path) -> None:
    profile = tmp_path / "new" / "profile"
    account = await sign_in(school, profile, secrets.MemoryStore())
    folder = accounts.place(profile, account).folder
    for one in (profile, folder.parent, folder):
        assert stat.S_IMODE(one.stat().st_mode) == 0o700
    assert stat.S_IMODE((profile / "account.json").stat().st_mode) == 0o600


async def test_a_wrong_password_leaves_everything_as_it_was(school: School, tmp_path: Path) -> None:
    with pytest.raises(problems.WrongPassword):
        await accounts.sign_in(
            school.url, "nobody-here", "wrong", profile=tmp_path, secrets=secrets.MemoryStore(),
            clock=CLOCK,
        )  # fmt: skip
    assert accounts.current(tmp_path) is None


async def test_a_password_never_leaves_unencrypted_for_another_machine(tmp_path: Path) -> None:
    with pytest.raises(problems.NotPrivate):
        await accounts.sign_in(
            "http://school.example", "a", "b", profile=tmp_path, secrets=secrets.MemoryStore(),
            clock=CLOCK,
        )  # fmt: skip


async def test_signing_out_keeps_the_work_and_erasing_takes_it(
    school: School, tmp_path: Path
) -> None:
    store = secrets.MemoryStore()
    account = await sign_in(school, tmp_path, store)
    folder = accounts.place(tmp_path, account).folder
    (folder / "cache.sqlite").write_text("work")
    await accounts.sign_out(tmp_path, account, store, clock=CLOCK)
    assert accounts.current(tmp_path) is None
    assert store.get(f"{account.slug}/session") is None
    assert (folder / "cache.sqlite").exists()

    account = await sign_in(school, tmp_path, store)
    await accounts.sign_out(tmp_path, account, store, clock=CLOCK, erase=True)
    assert list((tmp_path / "accounts").iterdir()) == []


async def test_what_an_interrupted_erasing_left_goes_with_the_next(tmp_path: Path) -> None:
    left = tmp_path / "accounts" / f"{accounts.DOOMED}1-somebody"
    left.mkdir(parents=True)
    (left / "cache.sqlite").write_text("half erased")
    accounts.sweep(tmp_path)
    assert not left.exists()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"server": 7}', b"\xff"])
def test_an_account_file_that_makes_no_sense_counts_as_nobody(
    tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / "account.json").write_bytes(damage)
    assert accounts.current(tmp_path) is None


def test_accounts_never_share_a_folder_and_its_name_is_plain() -> None:
    slugs = {
        someone().slug,
        someone(user="8").slug,
        someone(server="https://other.example").slug,
        accounts.Account(server="local", kind="local", user=someone().user).slug,
    }
    assert len(slugs) == 4
    for slug in slugs:
        assert slug.isascii()
        assert slug.replace("-", "").isalnum()
        assert len(slug) < 60


def test_an_account_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    accounts.make_current(tmp_path, someone())
    assert accounts.current(tmp_path) == someone()
    assert [file.name for file in tmp_path.iterdir()] == ["account.json"]
