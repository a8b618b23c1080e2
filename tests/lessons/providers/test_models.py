"""What a provider offers, and what it costs: asked over its own protocol, never guessed."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic_ai.usage import RequestUsage

from desktop.lessons.providers import models, prices, problems, trial
from desktop.lessons.providers.config import ADDRESSES, ProviderConfig
from tests.lessons.providers.fake import FakeProvider, Reply

USAGE = RequestUsage(input_tokens=1_000_000, output_tokens=1_000_000)


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_the_models_are_listed_by_name(config: Any, kind: str) -> None:
    assert await models.names(config(kind)) == ["a-model", "test-model"]


async def test_a_wrong_key_is_told_when_it_is_tried(fake: FakeProvider) -> None:
    with pytest.raises(problems.KeyRefused, match="does not accept the key"):
        await models.names(ProviderConfig("openai", fake.url, "", "wrong"))


async def test_an_address_where_nobody_answers_is_told(fake: FakeProvider) -> None:
    fake.close()
    with pytest.raises(problems.ProviderDown, match="cannot be reached"):
        await models.names(ProviderConfig("openai", fake.url, "", "k"))


async def test_a_provider_is_tried_with_one_short_question(fake: FakeProvider, config: Any) -> None:
    fake.script = lambda _stage, _number: Reply('{"value": "A part of a whole."}')
    tried = await trial.ask(config())
    assert tried.answer == "A part of a whole."
    assert tried.used.tokens == 150


def test_a_price_goes_by_the_address_and_is_unknown_elsewhere() -> None:
    known = prices.cost_of(USAGE, "gpt-4o", ADDRESSES["openai"])
    assert known is not None
    assert known > 0
    assert prices.cost_of(USAGE, "claude-sonnet-4-5", ADDRESSES["anthropic"])
    assert prices.cost_of(USAGE, "gpt-4o", ADDRESSES["ollama"]) is None
    assert prices.cost_of(USAGE, "no-such-model", ADDRESSES["openai"]) is None


def test_one_unknown_price_makes_the_sum_unknown() -> None:
    assert prices.together(Decimal(1), Decimal(2)) == Decimal(3)
    assert prices.together(Decimal(1), None) is None
    assert prices.together(None, Decimal(1)) is None
