"""What a school bills: the plans and the way to Stripe, from `billing.toml` and the environment."""

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from desktop.errors import CompanionError

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
        BillingUnreadable: the file is there and does not fit, or others may read it.
    """
    file = folder / FILE
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
        _check_private(file)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(file, "it is no TOML file that can be read") from error
    secrets = {field: environment[name] for field, name in SECRETS.items() if name in environment}
    flag = {"webhooks": environment.get(FLAG, "").strip().lower() in ("1", "true", "yes", "on")}
    try:
        return Terms.model_validate({**found, **secrets, **flag})
    except ValidationError as error:
        places = ", ".join(".".join(map(str, part["loc"])) for part in error.errors())
        raise _unreadable(file, f"look at {places}") from None  # values may be secrets


def _check_private(file: Path) -> None:
    if os.name == "posix" and file.stat().st_mode & 0o077:
        raise BillingUnreadable(
            f"{file} may hold secrets and can be read by others.", mend=f"chmod 600 {file}"
        )


def _unreadable(file: Path, why: str) -> BillingUnreadable:
    return BillingUnreadable(
        f"The billing settings in {file} do not fit: {why}.",
        mend="Write return_url, [free] and [[plans]] with id, name, price and lessons_a_day; "
        "secret_key and webhook_secret too, unless the environment holds them.",
    )
