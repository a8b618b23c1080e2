"""What Settings decides about the AI provider: where it is, its key, and whether it answers."""

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop import settings
from desktop.backend import provider_keys, secrets
from desktop.errors import CompanionError
from desktop.lessons.providers.config import ADDRESSES, is_loopback
from desktop.ui.strings import decimal, mark, tr
from desktop.wire.generation import ProviderKind, ProviderTold, ProviderWish

if TYPE_CHECKING:
    from desktop.services import Services

CHOICES: tuple[tuple[str, ProviderKind, str], ...] = (
    ("template", "template", mark("Our templates, without AI")),
    ("openai", "openai", "OpenAI"),
    ("anthropic", "anthropic", "Anthropic"),
    ("google", "openai", "Google"),
    ("azure", "openai", "Azure OpenAI"),
    ("openrouter", "openai", "OpenRouter"),
    ("ollama", "openai", mark("Ollama, on this computer")),
    ("lmstudio", "openai", mark("LM Studio, on this computer")),
    ("llamacpp", "openai", mark("llama.cpp, on this computer")),
    ("other", "openai", mark("Another server that speaks the OpenAI protocol")),
    ("platform", "platform", mark("The ToolBoxAI platform")),
)
"""A choice, the kind of provider it is, and its words."""
_KINDS = {choice: kind for choice, kind, _ in CHOICES}


@dataclass(frozen=True)
class Filled:
    """What the card holds. `key` is empty where the kept one is meant."""

    choice: str
    address: str = ""
    model: str = ""
    key: str = ""
    username: str = ""
    tokens: int = 150_000
    cents: int = 100


@dataclass(frozen=True)
class Shown:
    """What the card shows first. `words` say who makes lessons where a teacher cannot choose."""

    filled: Filled
    has_key: bool
    may_choose: bool
    words: str = ""


def address_of(choice: str) -> str:
    """The address to begin with."""
    return ADDRESSES.get(choice, "")


def needs_no_key(choice: str) -> bool:
    """Whether nothing leaves this computer, so that there is no key to enter."""
    return choice == "template" or (choice != "platform" and is_loopback(address_of(choice)))


class AiProviders:
    """Reads, keeps and tries a teacher's AI provider."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self) -> Shown:
        """The provider as it is set up; at a school server of others, theirs."""
        chosen = self._services.settings
        filled = Filled(
            _choice(chosen.ai_provider, chosen.ai_address),
            chosen.ai_address or address_of(_choice(chosen.ai_provider, chosen.ai_address)),
            chosen.ai_model,
            "",
            chosen.ai_username,
            chosen.ai_most_tokens,
            chosen.ai_most_cents,
        )
        if self._services.line.school is None:
            return Shown(filled, False, False, await self._school_says())
        try:
            has_key = bool(await asyncio.to_thread(self._kept_key, filled))
        except CompanionError:
            has_key = False
        return Shown(filled, has_key, True)

    async def keep(self, filled: Filled) -> None:
        """Keep the settings, put the key into the keyring, and hand both to Local school.

        Raises:
            NoSecretStore: there is nowhere to keep the key; nothing was kept then.
            CompanionError: Local school does not take it; the sentence says why.
        """
        await self._services.generation.hand_over(await self._wish(filled))
        await asyncio.to_thread(self._write, filled)

    async def models(self, filled: Filled) -> list[str]:
        """What the provider offers.

        Raises:
            CompanionError: it does not answer, or does not take the key.
        """
        return await self._services.generation.models(await self._wish(filled))

    async def try_out(self, filled: Filled) -> str:
        """Ask the provider one short question, and say how that went.

        Raises:
            CompanionError: it does not answer, or does not take the key.
        """
        tried = await self._services.generation.try_out(await self._wish(filled))
        cost = _cost(tried.cost)
        return tr(
            "It answers after {seconds} seconds: “{answer}” ({tokens} tokens, {cost})",
            seconds=decimal(round(tried.seconds, 1)),
            answer=tried.answer,
            tokens=tried.tokens,
            cost=cost,
        )

    async def _school_says(self) -> str:
        try:
            told: ProviderTold = await self._services.generation.provider()
        except CompanionError:
            return tr("Your school server cannot be reached now to ask who makes lessons there.")
        if told.kind == "template":
            return tr("Your school server has no AI provider: lessons come from our templates.")
        return tr(
            "Lessons are made by your school's own provider: {model} at {host}.",
            model=told.model or tr("the ToolBoxAI platform"),
            host=told.host,
        )

    async def _wish(self, filled: Filled) -> ProviderWish:
        key = filled.key
        if not key and not needs_no_key(filled.choice):
            key = await asyncio.to_thread(self._kept_key, filled)
        return ProviderWish(
            kind=_KINDS[filled.choice],
            base_url=filled.address.strip(),
            model=filled.model.strip(),
            key=key,
            username=filled.username.strip(),
            most_tokens=filled.tokens,
            most_cost=filled.cents / 100,
        )

    def _store(self) -> secrets.SecretStore:
        chosen = self._services.settings
        return secrets.open_store(chosen.vault, chosen.vault_passphrase)

    def _kept_key(self, filled: Filled) -> str:
        if needs_no_key(filled.choice):
            return ""
        return provider_keys.get(self._store(), _KINDS[filled.choice], filled.address)

    def _write(self, filled: Filled) -> None:
        kind = _KINDS[filled.choice]
        if filled.key:
            provider_keys.keep(self._store(), kind, filled.address, filled.key)
        changes: dict[str, Any] = {
            "ai_provider": kind,
            "ai_address": filled.address.strip() if kind != "template" else "",
            "ai_model": filled.model.strip(),
            "ai_username": filled.username.strip(),
            "ai_most_tokens": filled.tokens,
            "ai_most_cents": filled.cents,
        }
        settings.save(self._services.settings.profile, changes)
        self._services.settings = replace(self._services.settings, **changes)


def _choice(kind: ProviderKind, address: str) -> str:
    """The choice that a kept kind and address are."""
    if kind != "openai":
        return kind
    named = {ADDRESSES[choice]: choice for choice, of, _ in CHOICES
             if of == kind and choice in ADDRESSES}  # fmt: skip
    if ".openai.azure.com" in address:
        return "azure"
    return named.get(address or ADDRESSES["openai"], "other")


def _cost(cost: str | None) -> str:
    return tr("price not known") if cost is None else tr("{cost} US dollars", cost=cost)
