"""Who would write a lesson now: an AI provider, or our templates. No Qt."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.errors import CompanionError
from desktop.ui.strings import tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class ByWhom:
    """Who would write the lesson. `name` is empty where there are only templates."""

    name: str = ""
    leaves: bool = True
    """Whether anything leaves this computer."""


async def by_whom(services: "Services") -> ByWhom:
    """Who would write a lesson now; templates where nobody is set up or can be asked."""
    try:
        told = await services.generation.provider()
    except CompanionError:
        # Offline a wish may wait, so what the settings say holds.
        chosen = services.settings
        known = services.line.school is not None and chosen.ai_provider != "template"
        return ByWhom(chosen.ai_model or chosen.ai_address if known else "")
    if told.kind == "template":
        return ByWhom()
    local = told.host.rpartition(":")[0] in ("127.0.0.1", "localhost", "[::1]")
    model = told.model or tr("the ToolBoxAI platform")
    return ByWhom(tr("{model} at {host}", model=model, host=told.host), leaves=not local)
