"""AI providers of a school: the teachers' own, in memory only, and the school's, from its folder.

A teacher's own provider is taken on their own machine alone (Local school): elsewhere an address
of their choice would be asked from inside the school's network, and their key would leave them.
"""

import socket
import threading
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from desktop.errors import CompanionError
from desktop.lessons.providers.config import Limits, ProviderConfig, checked
from desktop.school.problems import Fault
from desktop.school.settings_files import SettingsFile
from desktop.wire.generation import ProviderTold, ProviderWish

FILE = "provider.toml"
KEY_VARIABLE = "TOOLBOXAI_PROVIDER_KEY"
REACH_WITHIN_S = 2.0


class ProviderUnreadable(CompanionError):
    """The file of the school's AI provider cannot be understood."""


class SchoolProvider(BaseModel):
    """The AI provider that an administrator has set up for everybody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["openai", "anthropic", "platform"]
    base_url: str = ""
    model: str = ""
    key: Annotated[str, Field(repr=False)] = ""
    username: str = ""
    most_tokens: Annotated[int, Field(ge=1_000)] = 150_000
    most_cost: Annotated[Decimal, Field(gt=0)] = Decimal(1)


def read(folder: Path) -> ProviderConfig | None:
    """The school's own provider, or None when it has none.

    Raises:
        ProviderUnreadable: the file is there and does not fit, or others can read its key.
        ProviderNotSetUp: its address or model cannot be used.
    """
    said = _FILE.read(folder)
    if said is None:
        return None
    limits = Limits(tokens=said.most_tokens, cost=said.most_cost)
    return checked(
        ProviderConfig(said.kind, said.base_url, said.model, said.key, said.username, limits)
    )


_FILE = SettingsFile(
    FILE,
    "settings of the AI provider",
    SchoolProvider,
    ProviderUnreadable,
    "Write kind, base_url, model and key.",
    {"key": KEY_VARIABLE},
)


class Providers:
    """Who makes whose lessons. Used from any thread."""

    def __init__(self, schools: ProviderConfig | None = None, *, own_allowed: bool = False) -> None:
        self._schools = schools
        self.own_allowed = own_allowed
        self._own: dict[str, ProviderConfig] = {}
        self._turn = threading.Lock()

    def of(self, user_id: str) -> ProviderConfig | None:
        """The AI provider of a teacher: their own, else the school's, else none."""
        with self._turn:
            return self._own.get(user_id, self._schools)

    def trouble(self) -> str:
        """Why the school's own provider cannot be reached now, as a sentence; "" when it can.

        Blocks for at most `REACH_WITHIN_S`. Nothing is asked of the provider: a connection to its
        address is what a check may cost.
        """
        if self._schools is None:
            return ""
        address = urlsplit(self._schools.base_url)
        port = address.port or (443 if address.scheme == "https" else 80)
        try:
            socket.create_connection((address.hostname or "", port), REACH_WITHIN_S).close()
        except OSError:
            return f"The AI provider at {address.hostname}:{port} cannot be reached."
        return ""

    def config(self, user_id: str, kind: str) -> ProviderConfig | None:
        """With what a job of this kind runs now; None while its provider is not here."""
        return ProviderConfig() if kind == "template" else self.of(user_id)

    def take(self, user_id: str, wish: ProviderWish) -> None:
        """Keep a teacher's own provider for as long as this process lives.

        Raises:
            Fault: 403, this server takes none.
            ProviderNotSetUp: it cannot be used as it is.
        """
        config = self.meant(user_id, wish)
        with self._turn:
            if config.kind == "template":
                self._own.pop(user_id, None)
            else:
                self._own[user_id] = config

    def meant(
        self, user_id: str, wish: ProviderWish, *, model_needed: bool = True
    ) -> ProviderConfig:
        """The provider that a wish describes, without keeping it.

        Raises:
            Fault: 403, this server takes none.
            ProviderNotSetUp: it cannot be used as it is.
        """
        if not self.own_allowed:
            raise Fault(
                403, "own_provider_not_allowed", "This school server uses its own AI provider."
            )
        with self._turn:
            known = self._own.get(user_id)
        same = known is not None and (known.kind, known.base_url) == (wish.kind, wish.base_url)
        key = wish.key if wish.key is not None else known.key if known and same else ""
        limits = Limits(tokens=wish.most_tokens, cost=Decimal(str(wish.most_cost)))
        return checked(
            ProviderConfig(wish.kind, wish.base_url, wish.model, key, wish.username, limits),
            model_needed=model_needed,
        )

    def forget(self, user_id: str) -> None:
        """A teacher's own provider is gone."""
        with self._turn:
            self._own.pop(user_id, None)

    def told(self, user_id: str) -> ProviderTold:
        """Who makes a teacher's lessons, without the key."""
        config = self.of(user_id) or ProviderConfig()
        with self._turn:
            own = user_id in self._own
        return ProviderTold(
            kind=config.kind,
            model=config.model,
            host="" if config.kind == "template" else config.host,
            own=own,
            own_allowed=self.own_allowed,
        )
