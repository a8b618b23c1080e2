"""What a person's plan gives them, and the pages on which they choose or change it."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

ENTITLEMENTS_CHANGED = "entitlements_changed"
"""The `kind` of the realtime `notification` that says: ask for the subscription again."""


class Entitlement(BaseModel):
    """Something that a plan allows so much of. `resets_at`: when `used` is 0 again."""

    name: Literal["lessons_a_day"]
    used: int
    limit: int
    resets_at: str


class PlanOffer(BaseModel):
    """A plan that can be chosen."""

    id: str
    name: str
    lessons_a_day: int


class Subscription(BaseModel):
    """The plan of the person who asks.

    `state` is Stripe's word (trialing, active, past_due, ...), or `free` where nothing is paid.
    `billed`: whether this school bills anything at all; `offers` are the plans to choose from.
    `period_end` is empty where there is no period.
    """

    plan: str
    name: str
    state: str
    period_end: str = ""
    cancel_at_period_end: bool = False
    entitlements: list[Entitlement]
    billed: bool
    offers: list[PlanOffer] = []
    detail: str


class CheckoutRequest(BaseModel):
    """The plan to pay for: the `id` of one of the offers."""

    plan: Annotated[str, Field(min_length=1, max_length=80)]


class BrowserPage(BaseModel):
    """A page to open in the browser: https, and of the payment service."""

    url: str


class WebhookAnswer(BaseModel):
    """What became of an event: `duplicate` was known, `ignored` does not concern us."""

    received: Literal["applied", "outdated", "duplicate", "ignored"]
