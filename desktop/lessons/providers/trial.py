"""One short question to a provider, so that a teacher sees whether it works before it matters."""

import asyncio
from dataclasses import dataclass, replace

from desktop.lessons.providers import Usage, models
from desktop.lessons.providers.config import Limits, ProviderConfig
from desktop.lessons.providers.drafts import TextPart
from desktop.lessons.providers.platform import PlatformProvider
from desktop.lessons.providers.talk import Talk

QUESTION = 'Say in one short sentence of English what a fraction is, as {"value": "..."}.'
LIMITS = Limits(tokens=20_000, first_token_s=60.0, between_tokens_s=30.0, whole_s=90.0)


@dataclass(frozen=True)
class Tried:
    """What came, and what it took."""

    answer: str
    used: Usage


async def ask(config: ProviderConfig) -> Tried:
    """Ask one short question; of the platform, only a sign-in is tried.

    Raises:
        ProviderProblem: what is wrong, and what to do.
    """
    if config.kind == "template":
        return Tried("Templates need no provider.", Usage())
    if config.kind == "platform":
        await PlatformProvider(config).try_sign_in()
        return Tried("The platform let you in.", Usage())
    short = replace(config, limits=LIMITS)
    opened = await asyncio.to_thread(models.open_model, short)
    try:
        talk = Talk(opened, short, Usage())
        answer = ""
        async for event in talk.ask("try", QUESTION, TextPart, lambda _: []):
            if isinstance(event, TextPart):
                answer = event.value
        return Tried(answer[:500], talk.used)
    finally:
        await opened.close()
