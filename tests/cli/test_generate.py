"""`generate` with an AI provider, from a script: the key once on standard input, and in no file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import provider_keys, secrets
from tests.lessons.providers.fake import MODEL, FakeProvider, Reply
from tests.sync.world import run_cli

SENTENCE = "the water cycle, grade 5"


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    provider = FakeProvider()
    yield provider
    provider.close()


def generate(profile: Path, fake: FakeProvider, *more: str, **rest: Any) -> Any:
    return run_cli(
        "--profile", str(profile), "--json", "generate", SENTENCE, "--quiz", "3",
        "--provider", "openai", "--address", fake.url, "--model", MODEL, *more, **rest,
    )  # fmt: skip


def test_a_broken_off_lesson_goes_on_with_the_same_command(
    tmp_path: Path, fake: FakeProvider
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Heat from the sun turns the water of the sea into vapour.")
    source = ("--source", str(notes), "--key-stdin")
    fake.script = lambda stage, _: Reply(status=401) if stage == "quiz" else None
    broken = generate(tmp_path / "p", fake, *source, stdin="secret-key\n")
    assert broken.returncode == 1
    assert "does not accept the key" in broken.stderr
    assert "Used 600 tokens, price not known." in broken.stderr
    fake.script = lambda _stage, _number: None
    fake.requests.clear()
    done = generate(tmp_path / "p", fake, *source, stdin="secret-key\n")
    assert done.returncode == 0, done.stderr
    lesson = json.loads(done.stdout)
    assert lesson["provenance"]["model"] == MODEL
    assert [claim["supported"] for claim in lesson["claims"]] == [True, False]
    assert fake.stages() == ["quiz", "validate"]
    assert "Going on after 4 finished stages." in done.stderr
    assert "price not known" in done.stderr
    assert set(fake.keys) == {"Bearer secret-key"}
    kept = [file for file in (tmp_path / "p").rglob("*") if file.is_file()]
    assert not any(b"secret-key" in file.read_bytes() for file in kept)
    assert not list((tmp_path / "p" / "drafts").glob("*.json"))


def test_the_settings_name_the_provider_and_the_vault_has_its_key(
    tmp_path: Path, fake: FakeProvider
) -> None:
    profile, vault = tmp_path / "p", tmp_path / "vault"
    profile.mkdir()
    (profile / "settings.toml").write_text(
        f'ai_provider = "openai"\nai_address = "{fake.url}"\nai_model = "{MODEL}"\n'
    )
    provider_keys.keep(secrets.VaultFile(vault, "words"), "openai", fake.url, "vault-key")
    done = run_cli(
        "--profile", str(profile), "--vault", str(vault), "--json", "generate", SENTENCE,
        "--quiz", "3", TOOLBOXAI_VAULT_PASSPHRASE="words",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert set(fake.keys) == {"Bearer vault-key"}


def test_a_key_belongs_to_one_address() -> None:
    store = secrets.MemoryStore()
    provider_keys.keep(store, "openai", "https://a.example/v1/", "k")
    assert provider_keys.get(store, "openai", "https://a.example/v1") == "k"
    assert provider_keys.get(store, "openai", "https://b.example/v1") == ""
    provider_keys.keep(store, "openai", "https://a.example/v1", "")
    assert provider_keys.get(store, "openai", "https://a.example/v1") == ""
