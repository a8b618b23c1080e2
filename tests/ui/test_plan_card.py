"""The plan in Settings: said in words, honest when nobody can be reached, and paid in a browser."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication

from desktop.backend import problems
from desktop.sync.realtime import Event
from desktop.ui import loop
from desktop.ui.settings.plan_card import PlanCard
from desktop.ui.settings.plans import Plans
from desktop.ui.settings.view import SettingsPage
from desktop.ui.theme.theme import Theme
from desktop.wire.billing import Entitlement, PlanOffer, Subscription
from tests.ui.driving import click, dialog, until, visible
from tests.ui.sync_desk import desk_in

LESSONS = Entitlement(name="lessons_a_day", used=3, limit=5, resets_at="2026-03-03T00:00:00.000Z")
OFFERS = [
    PlanOffer(id="teacher", name="Teacher", lessons_a_day=100),
    PlanOffer(id="one", name="One", lessons_a_day=1),
]


def told(state: str = "free", **more: Any) -> Subscription:
    free = state == "free"
    return Subscription(**{
        "plan": "free" if free else "teacher",
        "name": "Free" if free else "Teacher",
        "state": state,
        "entitlements": [LESSONS],
        "billed": True,
        "offers": OFFERS,
        "detail": "",
        **more,
    })  # fmt: skip


class Line:
    """A school that answers what a test wants."""

    def __init__(self) -> None:
        self.answer: Subscription | problems.BackendProblem = told()
        self.chosen: list[str] = []

    async def subscription(self) -> Subscription:
        if isinstance(self.answer, problems.BackendProblem):
            raise self.answer
        return self.answer

    async def checkout(self, plan: str) -> str:
        self.chosen.append(plan)
        return "https://checkout.stripe.com/c/pay/1"

    async def portal(self) -> str:
        return "https://billing.stripe.com/p/1"


class Office:
    """As much of the services as plans ask."""

    def __init__(self, line: Line) -> None:
        self.client = line


@pytest.mark.parametrize(
    ("answer", "words", "manages", "offers"),
    [
        (told(billed=False, offers=[]), "Nothing is billed", False, 0),
        (told(), "Nothing is paid", False, 2),
        (told("active"), "It is paid for.", True, 0),
        (told("active", period_end="2026-04-01T12:00:00Z"), "Paid until Wednesday", True, 0),
        (told("active", period_end="2026-04-01T12:00:00Z", cancel_at_period_end=True),
         "It ends on Wednesday", True, 0),
        (told("past_due"), "did not go through", True, 0),
        (told("canceled"), "Nothing is paid", True, 2),
        (told("active", period_end="whenever"), "It is paid for.", True, 0),
    ],
)  # fmt: skip
async def test_each_state_of_a_plan_is_said_in_words(
    answer: Subscription, words: str, manages: bool, offers: int
) -> None:
    line = Line()
    line.answer = answer
    shown = await Plans(Office(line)).load()  # type: ignore[arg-type]
    assert shown is not None
    assert words in shown.words
    assert (shown.manages, len(shown.offers)) == (manages, offers)
    assert shown.use == "Lessons made by the school today: 3 of 5"


async def test_a_school_without_plans_shows_none_and_one_out_of_reach_says_so() -> None:
    line = Line()
    line.answer = problems.NotFound("https://school.example")
    plans = Plans(Office(line))  # type: ignore[arg-type]
    assert await plans.load() is None
    line.answer = problems.Offline("https://school.example")
    shown = await plans.load()
    assert shown is not None
    assert shown.words == "The plan shows here as soon as the school answers."
    assert not shown.offers


def test_a_plan_is_chosen_in_a_sheet_and_paid_for_in_the_browser(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def road() -> None:
        async with desk_in(tmp_path / "cache", theme) as (desk, office, heard):
            line = office.client = Line()
            page = SettingsPage(desk)
            opened: list[str] = []
            [card] = page.findChildren(PlanCard)

            def browser(url: QUrl) -> bool:
                opened.append(url.toString())
                return True

            card._open_url = browser
            page.show()
            await until(lambda: card.isVisible(), "the plan")
            click(page, "choose-plan")
            sheet = await dialog()
            sheet.list.setCurrentRow(1)  # type: ignore[attr-defined]
            click(sheet, "done")
            await until(lambda: opened, "the browser")
            assert (line.chosen, opened) == (["one"], ["https://checkout.stripe.com/c/pay/1"])
            assert "browser" in heard.toasts[-1][0]
            # Paid meanwhile: the school says so, and the card follows by itself.
            line.answer = told("active")
            [listener] = office.sync.listeners
            listener(Event("notification", "private-user-u1", {"kind": "entitlements_changed"}))
            await until(lambda: visible(page, "manage-plan"), "the new plan")
            assert not visible(page, "choose-plan")
            card._open_url = lambda _: False
            click(page, "manage-plan")
            await until(lambda: "billing.stripe.com" in page.banner.text, "the address")
            await page.close_page()
            assert office.sync.listeners == []
            page.deleteLater()

    loop.run(qapp, road())
