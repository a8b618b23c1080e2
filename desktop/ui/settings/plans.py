"""What Settings says about this account's plan, and the pages on which it is changed. No Qt."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.backend import problems
from desktop.ui.strings import long_day, plural, tr
from desktop.wire.billing import ENTITLEMENTS_CHANGED, PlanOffer, Subscription
from desktop.wire.realtime import NOTIFICATION

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.sync.realtime import Event

PAID = frozenset({"trialing", "active", "past_due"})


@dataclass(frozen=True)
class OfferShown:
    """A plan that can be chosen."""

    id: str
    name: str
    words: str


@dataclass(frozen=True)
class PlanShown:
    """The plan in words; what can be done about it."""

    name: str
    use: str
    words: str
    manages: bool = False
    """There is a page on which it is changed."""
    offers: tuple[OfferShown, ...] = ()


class Plans:
    """Asks the school about the plan."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self) -> PlanShown | None:
        """The plan; None when this school knows no plans."""
        try:
            told = await self._services.client.subscription()
        except (problems.NotFound, problems.Forbidden):
            return None
        except problems.BackendProblem:
            return PlanShown("", "", tr("The plan shows here as soon as the school answers."))
        paid = told.state in PAID
        return PlanShown(
            name=told.name if told.billed else tr("Free"),
            use=_use(told),
            words=_words(told),
            manages=told.billed and told.state != "free",
            offers=() if paid else tuple(_offer(one) for one in told.offers),
        )

    async def choose(self, plan: str) -> str:
        """The address of the page on which `plan` is paid for."""
        return await self._services.client.checkout(plan)

    async def manage(self) -> str:
        """The address of the page on which the plan is changed."""
        return await self._services.client.portal()

    def on_change(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Have `changed` called when the school says that the plan is another one."""

        def heard(event: "Event") -> None:
            told = event.data if isinstance(event.data, dict) else {}
            if event.name == NOTIFICATION and told.get("kind") == ENTITLEMENTS_CHANGED:
                changed()

        return self._services.sync.on_event(heard)


def _use(told: Subscription) -> str:
    for one in told.entitlements:
        if one.name == "lessons_a_day":
            return tr("Lessons made by the school today: {used} of {limit}",
                      used=one.used, limit=one.limit)  # fmt: skip
    return ""


def _words(told: Subscription) -> str:
    if not told.billed:
        return tr("This school is free. Nothing is billed.")
    ends = _day(told.period_end)
    if told.state == "past_due":
        return tr("The last payment did not go through. Check the payment details.")
    if told.state not in PAID:
        return tr("Nothing is paid for at the moment.")
    if told.cancel_at_period_end:
        return (
            tr("It ends on {day}, and is free from then on.", day=ends)
            if ends
            else tr("It ends soon, and is free from then on.")
        )
    return tr("Paid until {day}, and renewed then.", day=ends) if ends else tr("It is paid for.")


def _day(text: str) -> str:
    try:
        return long_day(dt.datetime.fromisoformat(text).astimezone().date())
    except (ValueError, OverflowError):
        return ""


def _offer(offer: PlanOffer) -> OfferShown:
    many = plural("{count} lesson a day", "{count} lessons a day", offer.lessons_a_day)
    return OfferShown(offer.id, offer.name, many)
