"""The pages of Stripe on which a person pays, or changes how they pay: made by its own library."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

from desktop.school.billing.terms import Plan, Terms
from desktop.school.problems import Fault

if TYPE_CHECKING:
    import stripe

TIMEOUT_S = 10
TRIES_AGAIN = 1

log = structlog.get_logger("school.billing")


def checkout(terms: Terms, plan: Plan, user_id: str, customer_id: str) -> str:
    """The address of a page on which `plan` is paid for.

    Stripe is told the account's id and nothing else about the person.

    Raises:
        Fault: 503, Stripe cannot be reached or did not give a page.
    """
    import stripe

    params: stripe.params.checkout.SessionCreateParams = {
        "mode": "subscription",
        "line_items": [{"price": plan.price, "quantity": 1}],
        "client_reference_id": user_id,
        # On the subscription itself too, so that each of its events says whose it is.
        "subscription_data": {"metadata": {"user_id": user_id}},
        "success_url": terms.return_url,
        "cancel_url": terms.return_url,
    }
    if customer_id:
        params["customer"] = customer_id
    try:
        session = _client(terms).v1.checkout.sessions.create(params)
    except stripe.StripeError as error:
        raise _unreachable(error) from None
    return _page(terms, session.url)


def portal(terms: Terms, customer_id: str) -> str:
    """The address of a page on which a person changes, pays or ends their subscription.

    Raises:
        Fault: 503, Stripe cannot be reached or did not give a page.
    """
    import stripe

    try:
        session = _client(terms).v1.billing_portal.sessions.create(
            {"customer": customer_id, "return_url": terms.return_url}
        )
    except stripe.StripeError as error:
        raise _unreachable(error) from None
    return _page(terms, session.url)


def is_page_of(terms: Terms, url: str) -> bool:
    """Whether people may be sent to `url`: encrypted, and a host of the payment service's."""
    parts = urlsplit(url)
    return (
        parts.scheme == "https" and parts.hostname in terms.page_hosts and "@" not in parts.netloc
    )


def _client(terms: Terms) -> "stripe.StripeClient":
    import stripe

    return stripe.StripeClient(
        terms.secret_key.get_secret_value(),
        base_addresses={"api": terms.api_base},
        http_client=stripe.RequestsClient(timeout=TIMEOUT_S),
        max_network_retries=TRIES_AGAIN,
    )


def _page(terms: Terms, url: str | None) -> str:
    if not url or not is_page_of(terms, url):
        log.error("billing.foreign_page", host=urlsplit(url or "").hostname)
        raise Fault(503, "billing_unreachable", "The payment service gave no page of its own.",
                    headers={"Retry-After": "60"})  # fmt: skip
    return url


def _unreachable(error: "stripe.StripeError") -> Fault:
    # Its sentence may name the key or the person; the kind, the code and the id name nobody.
    log.error(
        "billing.refused", kind=type(error).__name__, code=error.code, request=error.request_id
    )
    return Fault(
        503,
        "billing_unreachable",
        "The payment service cannot be reached at the moment. Please try again later.",
        headers={"Retry-After": "60"},
    )
