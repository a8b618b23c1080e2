"""What a school bills: the plans and the way to Stripe, from `billing.toml` and the environment."""

import ipaddress
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from desktop.errors import CompanionError
from desktop.school.settings_files import SettingsFile

FILE = "billing.toml"
FLAG = "ENABLE_STRIPE_WEBHOOKS"
SECRETS = {"secret_key": "STRIPE_SECRET_KEY", "webhook_secret": "STRIPE_WEBHOOK_SECRET"}
"""Where the environment may hold what the file need not."""
API_BASE = "https://api.stripe.com"
PAGE_HOSTS = ("checkout.stripe.com", "billing.stripe.com")

Name = Annotated[str, Field(min_length=1, max_length=80)]


class BillingUnreadable(CompanionError):
    """The file of the plans cannot be understood, or is open to others."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Plan(_Part):
    """What a plan allows. `price` is the id of its price at Stripe."""

    id: Name
    name: Name
    price: Annotated[str, Field(max_length=255)] = ""
    lessons_a_day: Annotated[int, Field(ge=0, le=10_000)]


class Terms(_Part):
    """How a school bills. `webhooks`: whether Stripe's events are taken."""

    secret_key: SecretStr
    webhook_secret: SecretStr
    return_url: str
    """Where Stripe's pages send the person back to."""
    free: Plan = Plan(id="free", name="Free", lessons_a_day=5)
    plans: tuple[Plan, ...] = ()
    api_base: str = API_BASE
    page_hosts: tuple[str, ...] = PAGE_HOSTS
    """The hosts whose pages people are sent to: Stripe's, or a domain of the school's there."""
    webhooks: bool = False

    @field_validator("secret_key", "webhook_secret")
    @classmethod
    def _there(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().strip():
            raise ValueError("must not be empty")
        return value

    @field_validator("api_base", "return_url")
    @classmethod
    def _safe(cls, value: str) -> str:
        if not is_safe(value):
            raise ValueError("must begin with https://")
        return value.rstrip("/")

    def plan(self, plan_id: str) -> Plan | None:
        """The plan on offer with this id."""
        return next((plan for plan in self.plans if plan.id == plan_id), None)

    def priced(self, price: str) -> Plan | None:
        """The plan that is sold at this price of Stripe's."""
        return next((plan for plan in self.plans if plan.price == price), None)


def is_safe(url: str) -> bool:
    """Whether what is sent to `url` is encrypted, or stays on this machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname) and "@" not in parts.netloc
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def read(folder: Path, environment: Mapping[str, str]) -> Terms | None:
    """How the school in `folder` bills; None when it does not.

    Raises:
        BillingUnreadable: the file is there and does not fit, or others can read its secrets.
    """
    on = environment.get(FLAG, "").strip().lower() in ("1", "true", "yes", "on")
    return _FILE.read(folder, environment, webhooks=on)


_FILE = SettingsFile(
    FILE,
    "billing settings",
    Terms,
    BillingUnreadable,
    "Write return_url, [free] and [[plans]] with id, name, price and lessons_a_day; "
    "secret_key and webhook_secret too, unless the environment holds them.",
    SECRETS,
)
