"""A person's plan, the pages on which they pay, and the events that Stripe sends."""

import asyncio
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Header, Request

from desktop.school.asking import AtSchool, Staff, StrictRoute, address_of
from desktop.school.billing import events, stripe_pages, subscriptions
from desktop.school.billing.events import Event, Taken
from desktop.school.billing.terms import Terms
from desktop.school.problems import Fault, answers, too_many
from desktop.school.school import School
from desktop.school.sight import Actor
from desktop.wire.billing import (
    ENTITLEMENTS_CHANGED,
    BrowserPage,
    CheckoutRequest,
    Subscription,
    WebhookAnswer,
)
from desktop.wire.realtime import NOTIFICATION, user_channel

SIGNATURE_HEADER = "Stripe-Signature"

router = APIRouter(prefix="/billing", tags=["billing"], route_class=StrictRoute)

_EVENT = {
    "requestBody": {
        "required": True,
        "description": "An event as Stripe writes it; its signature is of these very bytes.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


@router.get("/subscription", responses=answers(401, 403))
def subscription(actor: Staff, school: AtSchool) -> Subscription:
    """One's plan, what it allows and what of it is used; a school without billing is free."""
    with school.database.read() as connection:
        return subscriptions.told(
            connection, school.terms, actor.id, school.now(), unbilled_a_day=school.jobs_a_day
        )


@router.post("/checkout", responses=answers(401, 403, 404, 409))
def checkout(body: CheckoutRequest, actor: Staff, school: AtSchool) -> BrowserPage:
    """A page on which a plan is paid for, to be opened in the browser."""
    terms = _terms(school, actor)
    plan = terms.plan(body.plan)
    if plan is None:
        raise Fault(404, "no_such_plan", "This school has no such plan.")
    with school.database.read() as connection:
        before = subscriptions.standing(connection, terms, actor.id)
        customer_id = subscriptions.customer_of(connection, actor.id)
    if before.state in subscriptions.ENTITLED:
        raise Fault(409, "already_subscribed", "There is a plan already; change it in the portal.")
    return BrowserPage(url=stripe_pages.checkout(terms, plan, actor.id, customer_id))


@router.post("/portal", responses=answers(401, 403, 409))
def portal(actor: Staff, school: AtSchool) -> BrowserPage:
    """A page on which one changes, pays or ends one's plan, to be opened in the browser."""
    terms = _terms(school, actor)
    with school.database.read() as connection:
        customer_id = subscriptions.customer_of(connection, actor.id)
    if not customer_id:
        raise Fault(409, "not_subscribed", "There is no plan to change yet.")
    return BrowserPage(url=stripe_pages.portal(terms, customer_id))


@router.post("/webhook", responses=answers(404), openapi_extra=_EVENT)
async def webhook(
    request: Request,
    school: AtSchool,
    signature: Annotated[str, Header(alias=SIGNATURE_HEADER, max_length=4_000)] = "",
) -> WebhookAnswer:
    """Take an event of Stripe's: signed, recent, and each once."""
    terms = school.terms
    if terms is None or not terms.webhooks:
        raise Fault(404, "not_found", "There is nothing at this address.")
    address = address_of(request)
    if wait := school.bad_signatures.wait(address):
        raise too_many("There were too many events with a wrong signature.", wait)
    payload = await request.body()
    try:
        event = await asyncio.to_thread(events.read, terms, payload, signature)
    except Fault:
        school.bad_signatures.hit(address)
        raise
    taken = await school.commits.write(lambda connection: _take(school, connection, terms, event))
    if taken.user_id:
        told = {"kind": ENTITLEMENTS_CHANGED}
        school.channels.publish(user_channel(taken.user_id), NOTIFICATION, told)
    return WebhookAnswer(received=taken.outcome)


def _take(school: School, connection: sa.Connection, terms: Terms, event: Event) -> Taken:
    taken = events.take(connection, terms, event, school.now())
    if taken.user_id:
        school.accounts.note(connection, taken.user_id, "plan.changed", event.type)
    return taken


def _terms(school: School, actor: Actor) -> Terms:
    """How this school bills; also counts the request, because Stripe answers it.

    Raises:
        Fault: 409, it does not; 429, this person asks too often.
    """
    if school.terms is None:
        raise Fault(409, "not_billed", subscriptions.UNBILLED)
    if wait := school.billing_pages.admit(actor.id):
        raise too_many("These pages were asked for very often. Please wait a moment.", wait)
    return school.terms
