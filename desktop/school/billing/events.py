"""Stripe's events: who sent them, and what they change. Each counts once, in whatever order.

Stripe may deliver an event twice and out of order (https://docs.stripe.com/webhooks): its id is
kept in a ledger, and of two words about a subscription the one that Stripe wrote later holds.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import msgspec
import sqlalchemy as sa
import structlog

from desktop.classroom import instants
from desktop.school.billing.terms import Terms
from desktop.school.problems import Fault
from desktop.school.tables import billing_customer, billing_event, subscription

TOLERANCE_S = 300
"""How old a signature may be: a recorded request cannot be played back later."""
ENDED = frozenset({"canceled", "incomplete_expired"})
"""States that a subscription never leaves."""
LAST = {"customer.subscription.created": 0, "customer.subscription.deleted": 2}
"""Which of several events of the same second was written last; all others come between."""
BETWEEN = 1

Told = TypeVar("Told")
Outcome = Literal["applied", "outdated", "duplicate", "ignored"]

log = structlog.get_logger("school.billing")


class _Price(msgspec.Struct):
    id: str


class _Item(msgspec.Struct):
    price: _Price
    current_period_end: int = 0


class _Items(msgspec.Struct):
    data: list[_Item] = []


class _Subscription(msgspec.Struct):
    id: str
    customer: str
    status: str
    created: int
    items: _Items = msgspec.field(default_factory=_Items)
    cancel_at_period_end: bool = False
    cancel_at: int | None = None
    current_period_end: int = 0
    """Of the subscription up to 2025, of its items since then."""
    metadata: dict[str, str] = {}


class _Checkout(msgspec.Struct):
    customer: str | None = None
    client_reference_id: str | None = None


class _Data(msgspec.Struct):
    object: msgspec.Raw


class Event(msgspec.Struct):
    """An event as Stripe sends it; `created` in seconds since 1970."""

    id: str
    type: str
    created: int
    data: _Data


@dataclass(frozen=True)
class Taken:
    """What became of an event, and whose plan it may have changed ("": nobody's)."""

    outcome: Outcome
    user_id: str = ""


def read(terms: Terms, payload: bytes, signature: str) -> Event:
    """The event, if Stripe signed it and not long ago.

    Raises:
        Fault: 400, the signature does not fit; 422, it does and the event is not understood.
    """
    import stripe

    secret = terms.webhook_secret.get_secret_value()
    try:
        stripe.WebhookSignature.verify_header(payload, signature, secret, TOLERANCE_S)
    except (stripe.SignatureVerificationError, ValueError, TypeError):
        detail = "This is not signed by the payment service."
        # Not raised from it: its message holds the whole payload.
        raise Fault(400, "signature_invalid", detail) from None
    return _decoded(payload, Event)


def take(connection: sa.Connection, terms: Terms, event: Event, now: dt.datetime) -> Taken:
    """Let an event take effect, once.

    Raises:
        Fault: 422, the event is of a kind that matters here and is not understood.
    """
    known = sa.select(billing_event.c.id).where(billing_event.c.id == event.id)
    if connection.execute(known).scalar() is not None:
        return Taken("duplicate")
    row = {"id": event.id, "kind": event.type[:80], "at": instants.to_text(now)}
    connection.execute(billing_event.insert(), row)
    if event.type.startswith("customer.subscription."):
        return _subscribed(connection, terms, event)
    if event.type == "checkout.session.completed":
        bought = _decoded(event.data.object, _Checkout)
        if bought.customer and bought.client_reference_id:
            _link(connection, bought.customer, bought.client_reference_id)
            return Taken("applied", bought.client_reference_id)
    return Taken("ignored")


def _subscribed(connection: sa.Connection, terms: Terms, event: Event) -> Taken:
    told = _decoded(event.data.object, _Subscription)
    if told.metadata.get("user_id"):
        _link(connection, told.customer, told.metadata["user_id"])
    order = (event.created, LAST.get(event.type, BETWEEN))
    before = connection.execute(
        sa.select(subscription).where(subscription.c.id == told.id)
    ).one_or_none()
    outdated = before is not None and (
        order < (before.as_of, before.place) or before.state in ENDED
    )
    if outdated:
        return Taken("outdated")
    row = _row(told, order)
    if terms.priced(row["price"]) is None:
        log.warning("billing.unknown_price", price=row["price"])
    if before is None:
        connection.execute(subscription.insert(), row)
    else:
        connection.execute(subscription.update().where(subscription.c.id == told.id).values(**row))
    return Taken("applied", _user_of(connection, told.customer))


def _row(told: _Subscription, order: tuple[int, int]) -> dict[str, Any]:
    item = told.items.data[0] if told.items.data else None
    ends = (item.current_period_end if item else 0) or told.current_period_end
    return {
        "id": told.id,
        "customer_id": told.customer,
        "price": item.price.id if item else "",
        "state": told.status,
        "period_end": instants.to_text(_moment(ends)) if ends else "",
        "cancels": told.cancel_at_period_end or told.cancel_at is not None,
        "created": told.created,
        "as_of": order[0],
        "place": order[1],
    }


def _moment(seconds: int) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC)
    except (OverflowError, OSError, ValueError):
        raise _not_understood() from None


def _link(connection: sa.Connection, customer_id: str, user_id: str) -> None:
    """Note whose customer this is; the first word about it holds."""
    known = sa.select(billing_customer.c.user_id).where(
        billing_customer.c.customer_id == customer_id
    )
    if connection.execute(known).scalar() is None:
        connection.execute(
            billing_customer.insert(), {"customer_id": customer_id, "user_id": user_id}
        )


def _user_of(connection: sa.Connection, customer_id: str) -> str:
    query = sa.select(billing_customer.c.user_id).where(
        billing_customer.c.customer_id == customer_id
    )
    return connection.execute(query).scalar() or ""


def _decoded(content: bytes | msgspec.Raw, kind: type[Told]) -> Told:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _not_understood() from None


def _not_understood() -> Fault:
    return Fault(422, "event_not_understood", "This event is not written the way we know.")
