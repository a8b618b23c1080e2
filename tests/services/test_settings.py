"""Settings in their layers: which one wins, and what a wrong one says."""

from pathlib import Path

import pytest

from desktop import settings
from desktop.errors import WrongUse
from desktop.settings import Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of this machine, and a policy file of the test's own."""
    for setting in settings.descriptors():
        monkeypatch.delenv("TOOLBOXAI_" + setting.key.upper(), raising=False)
    monkeypatch.setenv("TOOLBOXAI_POLICY", str(tmp_path / "policy.toml"))
    monkeypatch.setenv("TOOLBOXAI_PROFILE", str(tmp_path / "profile"))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_each_layer_wins_over_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings.load().language == ""
    write(tmp_path / "policy.toml", 'language = "de"\ntheme = "dark"\nvault = "/policy"')
    assert Settings.load().language == "de"
    write(tmp_path / "profile" / "settings.toml", 'language = "es"\nvault = "/user"')
    assert (Settings.load().language, Settings.load().theme) == ("es", "dark")
    monkeypatch.setenv("TOOLBOXAI_LANGUAGE", "fr")
    monkeypatch.setenv("TOOLBOXAI_VAULT", "/environment")
    assert (Settings.load().language, Settings.load().vault) == ("fr", Path("/environment"))
    assert Settings.load(vault=Path("/option")).vault == Path("/option")


def test_the_profile_comes_from_option_or_environment_and_never_from_a_file(
    tmp_path: Path,
) -> None:
    write(tmp_path / "policy.toml", 'profile = "/elsewhere"')
    assert Settings.load().profile == tmp_path / "profile"
    write(tmp_path / "other" / "settings.toml", 'language = "es"')
    chosen = Settings.load(profile=tmp_path / "other")
    assert (chosen.profile, chosen.language) == (tmp_path / "other", "es")


def test_paths_are_absolute_and_know_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLBOXAI_SCHOOL_DATA", "~/school")
    assert Settings.load().school_folder == Path.home() / "school"
    assert Settings.load(profile=Path("here")).profile == Path.cwd() / "here"


def test_local_school_lies_in_the_profile_unless_told_otherwise(tmp_path: Path) -> None:
    assert Settings.load().school_folder == tmp_path / "profile" / "school"


@pytest.mark.parametrize(
    ("variable", "given", "value"),
    [
        ("BRIDGE_PORTS", "28917, 31417", (28_917, 31_417)),
        ("ALLOW_PLAIN_HTTP", "yes", True),
        ("ALLOW_PLAIN_HTTP", "0", False),
        ("THEME", "contrast", "contrast"),
    ],
)
def test_a_variable_is_read_as_its_setting(
    monkeypatch: pytest.MonkeyPatch, variable: str, given: str, value: object
) -> None:
    monkeypatch.setenv(f"TOOLBOXAI_{variable}", given)
    assert getattr(Settings.load(), variable.lower()) == value


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("theme = 'pink'", "one of system, light, dark, contrast"),
        ("theme = 7", "one of"),
        ("bridge_ports = [80]", "1024"),
        ("bridge_ports = []", "port numbers"),
        ("bridge_ports = ['x']", "port numbers"),
        ("language = 7", "text"),
        ("allow_plain_http = 'maybe'", "true or false"),
        ("vault = ''", "path"),
        ("theme = ", "not written as TOML"),
        ("theme = 'dark'\ntheme = 'light'", "not written as TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, line: str, words: str) -> None:
    file = tmp_path / "profile" / "settings.toml"
    write(file, line)
    with pytest.raises(WrongUse) as caught:
        Settings.load()
    assert words in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_setting_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "profile" / "settings.toml", 'hologram = true\ntheme = "dark"')
    assert Settings.load().theme == "dark"
    settings.save(tmp_path / "profile", {"language": "es"})
    assert "hologram = true" in (tmp_path / "profile" / "settings.toml").read_text()


def test_what_is_saved_is_read_again_whatever_it_holds(tmp_path: Path) -> None:
    name = 'Ada\'s "old" laptop \\ übung \x7f\t日本'
    settings.save(
        tmp_path / "profile",
        {"device_name": name, "theme": "dark", "bridge_ports": (28_917,), "allow_plain_http": True},
    )
    loaded = Settings.load()
    assert loaded.device_name == name
    assert (loaded.theme, loaded.bridge_ports, loaded.allow_plain_http) == (
        "dark", (28_917,), True,
    )  # fmt: skip
    settings.save(tmp_path / "profile", {"theme": None})
    assert Settings.load().theme == "system"


@pytest.mark.parametrize("change", [{"theme": "pink"}, {"hologram": True}])
def test_what_does_not_fit_is_never_saved(tmp_path: Path, change: dict[str, object]) -> None:
    settings.save(tmp_path / "profile", {"theme": "dark"})
    with pytest.raises(WrongUse):
        settings.save(tmp_path / "profile", change)
    assert Settings.load().theme == "dark"


def test_every_setting_says_what_it_is_for() -> None:
    told = list(settings.descriptors())
    assert {setting.key for setting in told} >= {"profile", "vault", "language", "theme"}
    assert all(setting.description.endswith(".") for setting in told)
    assert next(s for s in told if s.key == "theme").choices == (
        "system", "light", "dark", "contrast",
    )  # fmt: skip


def test_the_passphrase_is_never_part_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "very secret")
    loaded = Settings.load()
    assert loaded.vault_passphrase == "very secret"
    assert "very secret" not in repr(loaded)
