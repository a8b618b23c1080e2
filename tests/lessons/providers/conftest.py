"""A provider on loopback for each test, and lessons asked of it."""

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.lessons.providers.config import Limits, ProviderConfig
from tests.lessons.providers.fake import MODEL, FakeProvider


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    provider = FakeProvider()
    yield provider
    provider.close()


@pytest.fixture
def config(fake: FakeProvider) -> Any:
    """Makes a configuration for the provider; limits by name."""

    def made(kind: Any = "openai", **limits: Any) -> ProviderConfig:
        url = fake.url if kind == "openai" else fake.origin
        return ProviderConfig(kind, url, MODEL, "secret-key", limits=Limits(**limits))

    return made
