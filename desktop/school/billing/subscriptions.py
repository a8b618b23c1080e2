"""Who pays for what: a person's plan, as the newest of Stripe's words say."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from desktop.classroom import instants
from desktop.school import jobs
from desktop.school.billing.terms import Plan, Terms
from desktop.school.tables import billing_customer, subscription
from desktop.wire.billing import Entitlement, PlanOffer, Subscription

FREE = "free"
ENTITLED = frozenset({"trialing", "active", "past_due"})
"""States in which the plan is theirs. Past due: Stripe still tries, and a lesson must not wait."""
UNBILLED = "This school is free: nothing is billed here."


@dataclass(frozen=True)
class Standing:
    """What a person has."""

    plan: Plan
    state: str = FREE
    period_end: str = ""
    cancels: bool = False


def standing(connection: sa.Connection, terms: Terms, user_id: str) -> Standing:
    """The plan of a person: of several subscriptions the one that entitles, then the newest."""
    rows = connection.execute(
        sa.select(subscription)
        .join(billing_customer, billing_customer.c.customer_id == subscription.c.customer_id)
        .where(billing_customer.c.user_id == user_id)
    ).all()
    if not rows:
        return Standing(terms.free)
    row = max(rows, key=lambda row: (row.state in ENTITLED, row.created, row.id))
    bought = terms.priced(row.price) if row.state in ENTITLED else None
    return Standing(bought or terms.free, row.state, row.period_end, bool(row.cancels))


def customer_of(connection: sa.Connection, user_id: str) -> str:
    """The person as Stripe knows them, by their newest subscription; "" when it does not."""
    query = (
        sa.select(billing_customer.c.customer_id)
        .outerjoin(subscription, subscription.c.customer_id == billing_customer.c.customer_id)
        .where(billing_customer.c.user_id == user_id)
        .order_by(sa.func.coalesce(subscription.c.created, 0).desc())
    )
    return connection.execute(query.limit(1)).scalar() or ""


def told(
    connection: sa.Connection,
    terms: Terms | None,
    user_id: str,
    now: dt.datetime,
    *,
    unbilled_a_day: int,
) -> Subscription:
    """A person's plan with what it allows and what of it is used."""
    own = standing(connection, terms, user_id) if terms else None
    a_day = own.plan.lessons_a_day if own else unbilled_a_day
    tomorrow = jobs.midnight(now) + dt.timedelta(days=1)
    lessons = Entitlement(
        name="lessons_a_day",
        used=jobs.made_today(connection, user_id, now),
        limit=a_day,
        resets_at=instants.to_text(tomorrow),
    )
    if own is None or terms is None:
        return Subscription(
            plan=FREE, name="Free", state=FREE, entitlements=[lessons], billed=False,
            detail=UNBILLED,
        )  # fmt: skip
    return Subscription(
        plan=own.plan.id,
        name=own.plan.name,
        state=own.state,
        period_end=own.period_end,
        cancel_at_period_end=own.cancels,
        entitlements=[lessons],
        billed=True,
        offers=[PlanOffer(**plan.model_dump(exclude={"price"})) for plan in terms.plans],
        detail=_detail(own),
    )


def _detail(own: Standing) -> str:
    if own.state == "past_due":
        return "The last payment did not go through. Please look at the payment details."
    if own.state not in ENTITLED:
        return "No plan is paid for at the moment."
    if own.cancels:
        return "This plan ends with its period."
    return "This plan is paid for."
