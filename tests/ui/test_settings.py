"""Settings says what is on this computer, and whether others could read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import workspaces
from desktop.backend import accounts, cache_keys
from desktop.settings import Settings
from desktop.storage import outbox
from desktop.ui.settings.presenter import SettingsPresenter
from desktop.workspaces import Workspace


@pytest.fixture(params=["vault", ""], ids=["with a vault", "without a place for keys"])
def workspace(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    """Somebody's work, opened as the window opens it."""
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a passphrase")
    vault = tmp_path / request.param if request.param else None
    settings = Settings.load(profile=tmp_path / "profile", vault=vault)
    if vault is None:
        monkeypatch.setattr("desktop.backend.secrets.KEYRINGS", ())
    user = accounts.User(id="t1", username="ana")
    account = accounts.Account(server="https://school.example", kind="companion", user=user)
    opened = workspaces.open_workspace(settings, account)
    yield opened
    opened.put_away()


async def test_what_is_here_is_counted_and_its_safety_is_said(workspace: Workspace) -> None:
    workspace.act(outbox.create, "classes", {"name": "5B"}).result()
    presenter = SettingsPresenter(workspace)  # type: ignore[arg-type]  # all it asks of services
    await presenter.copy_now()
    shown = await presenter.kept()
    assert shown.words.startswith("1 record · ")
    assert shown.words.endswith("1 copy · 1 change not sent yet")
    sealed = workspace.settings.vault is not None
    assert shown.can_show_code is sealed
    assert shown.safety.startswith("Encrypted." if sealed else "Not encrypted")
    code = presenter.recovery_code()
    assert (cache_keys.from_recovery_code(code) == workspace.cache.key) if sealed else not code
