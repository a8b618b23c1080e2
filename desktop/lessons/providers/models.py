"""Opens the models behind an address, by pydantic-ai: the only module that builds its clients."""

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.lessons.providers import problems
from desktop.lessons.providers.config import ProviderConfig
from desktop.sentences import say

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic
    from openai import AsyncOpenAI
    from pydantic_ai.models import Model

RETRIES = 2
"""How often the provider's own client asks again after 429 and 5xx, minding Retry-After."""
MOST_MODELS = 500
CONNECT_S = 10.0


@dataclass
class OpenModel:
    """A model with the connection it is asked on."""

    model: "Model"
    client: "AsyncOpenAI | AsyncAnthropic"

    async def close(self) -> None:
        """Let go of the connection."""
        await self.client.close()


def open_model(config: ProviderConfig) -> OpenModel:
    """The model that a configuration names. Importing takes a second: not on an event loop."""
    return _anthropic_model(config) if config.kind == "anthropic" else _openai_model(config)


def _anthropic_model(config: ProviderConfig) -> OpenModel:
    from pydantic_ai.models.anthropic import AnthropicModel
    from pydantic_ai.providers.anthropic import AnthropicProvider

    client = _anthropic(config)
    provider = AnthropicProvider(anthropic_client=client)
    return OpenModel(AnthropicModel(config.model, provider=provider), client)


def _openai_model(config: ProviderConfig) -> OpenModel:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.profiles.openai import OpenAIModelProfile
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

    client = _openai(config)
    provider = OpenAICompatibleProvider(config.host, openai_client=client)
    # Servers of one's own computer mostly know the older name of this limit only.
    newer = not config.on_this_computer
    profile = OpenAIModelProfile(openai_chat_supports_max_completion_tokens=newer)
    return OpenModel(OpenAIChatModel(config.model, provider=provider, profile=profile), client)


async def names(config: ProviderConfig) -> list[str]:
    """The models that the provider offers, by name.

    Raises:
        ProviderProblem: it cannot be reached, or does not accept the key.
    """
    client: Any = _anthropic(config) if config.kind == "anthropic" else _openai(config)
    try:
        found: list[str] = []
        async for model in client.models.list():
            found.append(str(model.id)[:200])
            if len(found) >= MOST_MODELS:
                break
        return sorted(found)
    except Exception as error:
        raise problem_of_client(error, config) from error
    finally:
        await client.close()


def problem_of_client(error: Exception, config: ProviderConfig) -> Exception:
    """The problem that an error of the OpenAI or Anthropic client tells of, else the error."""
    import anthropic
    import openai

    status = getattr(error, "status_code", None)
    if isinstance(error, (openai.APIStatusError, anthropic.APIStatusError)):
        return problem_of_status(int(status or 0), config)
    if isinstance(error, (openai.APIError, anthropic.APIError, ValueError)):
        return problems.down(config.host)
    return error


def problem_of_status(
    status: int, config: ProviderConfig, retry_after_s: float | None = None
) -> problems.ProviderProblem:
    """The problem that a status tells of."""
    match status:
        case 401 | 403:
            return problems.key_refused(config.host, allowed=status == 403)
        case 402:
            return payment_needed(config)
        case 404:
            return problems.model_unknown(config.host, config.model)
        case 429:
            return problems.hurried(config.host, retry_after_s)
    return problems.down(config.host, status)


def payment_needed(config: ProviderConfig) -> problems.PaymentNeeded:
    """No credit left."""
    return problems.PaymentNeeded(
        say("The account of this key with {host} has no credit left.", host=config.host),
        mend=say("Add credit there, or make the lesson from a template."),
    )


def trusted() -> ssl.SSLContext:
    """What this computer trusts, as its own browser does. Takes up to 0.2 s."""
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _connection(config: ProviderConfig) -> dict[str, Any]:
    """How both clients connect."""
    return {
        "verify": trusted(),
        "follow_redirects": False,  # the key goes to the address that was typed, and to no other
        "trust_env": not config.on_this_computer,
    }


def _patience_s(config: ProviderConfig) -> float:
    """The wait for one piece of a stream, the first one too; ours are shorter and come first."""
    return max(config.limits.first_token_s, config.limits.between_tokens_s) + 5.0


def _openai(config: ProviderConfig) -> "AsyncOpenAI":
    import openai

    patience = openai.Timeout(_patience_s(config), connect=CONNECT_S)
    return openai.AsyncOpenAI(
        base_url=config.base_url,
        api_key=config.key or "none",
        max_retries=RETRIES,
        http_client=openai.DefaultAsyncHttpxClient(timeout=patience, **_connection(config)),
    )


def _anthropic(config: ProviderConfig) -> "AsyncAnthropic":
    import anthropic

    patience = anthropic.Timeout(_patience_s(config), connect=CONNECT_S)
    return anthropic.AsyncAnthropic(
        base_url=config.base_url,
        api_key=config.key or "none",
        max_retries=RETRIES,
        http_client=anthropic.DefaultAsyncHttpxClient(timeout=patience, **_connection(config)),
    )
