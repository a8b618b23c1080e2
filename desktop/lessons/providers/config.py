"""Which provider a teacher uses: where it is, which model, what it may cost; the key apart."""

import urllib.parse
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from desktop.lessons.providers.problems import ProviderNotSetUp
from desktop.sentences import say

ProviderKind = Literal["template", "openai", "anthropic", "platform"]
KINDS: tuple[str, ...] = get_args(ProviderKind)
TEMPLATE = "template"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

ADDRESSES: dict[str, str] = {
    "openai": "https://api.openai.com/v1",
    "azure": "https://NAME.openai.azure.com/openai/v1",
    "openrouter": "https://openrouter.ai/api/v1",
    "google": "https://generativelanguage.googleapis.com/v1beta/openai",
    "lmstudio": "http://127.0.0.1:1234/v1",
    "ollama": "http://127.0.0.1:11434/v1",
    "llamacpp": "http://127.0.0.1:8080/v1",
    "anthropic": "https://api.anthropic.com",
    "platform": "http://127.0.0.1:8009",
}
"""Addresses to begin with. All but the last two speak the OpenAI protocol."""


@dataclass(frozen=True)
class Limits:
    """What one lesson may take."""

    tokens: int = 150_000
    cost: Decimal = Decimal("1.00")
    """US dollars; holds only where the price is known."""
    first_token_s: float = 120.0
    """A model on this computer reads a long request slowly."""
    between_tokens_s: float = 60.0
    whole_s: float = 1_800.0


@dataclass(frozen=True)
class ProviderConfig:
    """One provider. The key is in no text of this object."""

    kind: ProviderKind = "template"
    base_url: str = ""
    model: str = ""
    key: str = field(default="", repr=False)
    username: str = ""
    """For the platform, which is signed in to; `key` is the password then."""
    limits: Limits = Limits()

    @property
    def host(self) -> str:
        """The address's host, for sentences."""
        return urllib.parse.urlsplit(self.base_url).netloc.rpartition("@")[2] or self.kind

    @property
    def on_this_computer(self) -> bool:
        """Whether nothing leaves this computer."""
        return is_loopback(self.base_url)


def is_loopback(url: str) -> bool:
    """Whether an address is this computer itself."""
    return (urllib.parse.urlsplit(url).hostname or "") in LOOPBACK


def checked(config: ProviderConfig, *, model_needed: bool = True) -> ProviderConfig:
    """The same configuration with its address in order.

    Raises:
        ProviderNotSetUp: the address is none, carries a secret, or would send the key in the
            clear; the model or the key is missing.
    """
    if config.kind == "template":
        return ProviderConfig()
    url = _address(config)
    if model_needed and config.kind != "platform" and not config.model.strip():
        raise ProviderNotSetUp(
            say("Which model should write the lessons?"),
            mend=say("Choose one in Settings, AI provider."),
        )
    if not config.key and not is_loopback(url):
        raise ProviderNotSetUp(
            say("The AI provider needs its key."), mend=say("Enter it in Settings, AI provider.")
        )
    return ProviderConfig(
        config.kind, url, config.model.strip(), config.key.strip(), config.username, config.limits
    )


def _address(config: ProviderConfig) -> str:
    text = config.base_url.strip().rstrip("/") or ADDRESSES[config.kind]
    try:
        parts = urllib.parse.urlsplit(text)
        hostname, _ = parts.hostname, parts.port
    except ValueError:
        parts, hostname = urllib.parse.urlsplit(""), None
    if parts.scheme not in ("http", "https") or not hostname:
        raise ProviderNotSetUp(
            say("The address of the AI provider is no web address."),
            mend=say("It looks like https://api.openai.com/v1."),
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ProviderNotSetUp(
            say("The address of the AI provider holds more than an address."),
            mend=say("Put the key into its own field; addresses are written into logs."),
        )
    if parts.scheme == "http" and not is_loopback(text):
        raise ProviderNotSetUp(
            say("The key would travel unencrypted to another computer."),
            mend=say("Use an address that begins with https://, or a model on this computer."),
        )
    return text
