"""Plans and payments: honest without Stripe, exact with it, and never fooled by an event."""

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from desktop.school.billing import stripe_pages, terms
from desktop.school.billing.terms import BillingUnreadable
from desktop.school.school import School
from tests.school import stripe_double
from tests.school.conftest import HeldClock, Served
from tests.school.stripe_double import Loopback, event, signature, subscription
from tests.school.test_realtime import Client

WISH = {"topic": "fractions on a number line", "grade_level": 4}
T0 = 1_772_400_000


def settings(base: str) -> str:
    return f"""
secret_key = "{stripe_double.SECRET_KEY}"
return_url = "https://school.example/plans"
api_base = "{base}"

[free]
id = "free"
name = "Free"
lessons_a_day = 1

[[plans]]
id = "teacher"
name = "Teacher"
price = "price_teacher"
lessons_a_day = 100

[[plans]]
id = "reader"
name = "Reader"
price = "price_reader"
lessons_a_day = 0
"""


@pytest.fixture
def payments() -> Iterator[Loopback]:
    running = Loopback()
    yield running
    running.stop()


@pytest.fixture
def billed(
    open_school: Callable[[], School],
    clock: HeldClock,
    tmp_path: Path,
    payments: Loopback,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Served]:
    """A running school that bills, its webhook secret and its flag in the environment."""
    folder = tmp_path / "school"
    folder.mkdir(mode=0o700)
    file = folder / terms.FILE
    file.write_text(settings(payments.base))
    file.chmod(0o600)
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", stripe_double.WEBHOOK_SECRET)
    monkeypatch.setenv(terms.FLAG, "true")
    running = Served(open_school(), clock)
    running.start()
    yield running
    running.stop()


def send(served: Served, payload: bytes, signed: str | None = None) -> Any:
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": (signature(payload) if signed is None else signed).encode("latin-1"),
    }
    return served.client.post("/billing/webhook", content=payload, headers=headers)


def plan(person: Any) -> dict[str, Any]:
    answer = person.get("/billing/subscription")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def make(person: Any, key: str) -> Any:
    headers = {**person.headers, "Idempotency-Key": key}
    return person.client.post("/generation/jobs", json=WISH, headers=headers)


def test_a_school_without_billing_says_that_it_is_free(served: Any, ada: Any) -> None:
    assert make(ada, "one").status_code == 202
    told = plan(ada)
    assert (told["plan"], told["state"], told["billed"], told["offers"]) == (
        "free", "free", False, [],
    )  # fmt: skip
    [lessons] = told["entitlements"]
    assert (lessons["name"], lessons["used"], lessons["limit"]) == ("lessons_a_day", 1, 200)
    assert lessons["resets_at"] == "2026-03-03T00:00:00.000Z"
    assert "free" in told["detail"]
    for path, body in (("checkout", {"plan": "teacher"}), ("portal", None)):
        answer = ada.post(f"/billing/{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_billed")
    assert send(served, event("e", "x", T0, {})).status_code == 404


def test_events_are_taken_only_behind_their_flag(
    open_school: Any, clock: HeldClock, billed: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(terms.FLAG, "false")
    unflagged = Served(open_school(), clock)
    unflagged.start()
    answer = send(unflagged, event("e", "x", T0, {}))
    unflagged.stop()
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert send(billed, event("e", "x", T0, {})).status_code == 200


def test_a_plan_is_chosen_paid_for_and_used(billed: Served, payments: Loopback) -> None:
    ada = billed.person("ada")
    assert plan(ada)["plan"] == "free"
    assert [offer["id"] for offer in plan(ada)["offers"]] == ["teacher", "reader"]
    assert make(ada, "one").status_code == 202
    assert make(ada, "two").status_code == 429
    page = ada.post("/billing/checkout", {"plan": "teacher"})
    assert page.json() == {"url": "https://checkout.stripe.com/c/pay/cs_test_1"}
    [(path, form)] = payments.asked
    assert path == "/v1/checkout/sessions"
    assert form["line_items[0][price]"] == "price_teacher"
    assert form["client_reference_id"] == form["subscription_data[metadata][user_id]"] == ada.id
    assert "ada" not in form.values()
    paid = event("e1", "customer.subscription.created", T0, subscription(ada.id))
    assert send(billed, paid).json() == {"received": "applied"}
    told = plan(ada)
    assert (told["plan"], told["state"], told["name"]) == ("teacher", "active", "Teacher")
    assert told["period_end"] == "2026-03-31T23:33:20.000Z"
    assert (told["entitlements"][0]["used"], told["entitlements"][0]["limit"]) == (1, 100)
    assert make(ada, "three").status_code == 202
    again = ada.post("/billing/checkout", {"plan": "teacher"})
    assert (again.status_code, again.json()["code"]) == (409, "already_subscribed")
    assert ada.post("/billing/portal").json()["url"].startswith("https://billing.stripe.com/")
    assert payments.asked[-1][1]["customer"] == "cus_1"


def test_a_plan_without_lessons_makes_none(billed: Served) -> None:
    ada = billed.person("ada")
    content = subscription(ada.id)
    content["items"]["data"][0]["price"]["id"] = "price_reader"
    send(billed, event("e1", "customer.subscription.created", T0, content))
    answer = make(ada, "one")
    assert (answer.status_code, answer.json()["code"]) == (402, "not_entitled")


def test_a_plan_is_its_own_account_s_and_no_pupil_s(billed: Served) -> None:
    ada, ben = billed.person("ada"), billed.person("ben")
    send(billed, event("e1", "customer.subscription.created", T0, subscription(ada.id)))
    assert (plan(ada)["plan"], plan(ben)["plan"]) == ("teacher", "free")
    assert ben.post("/billing/portal").json()["code"] == "not_subscribed"
    for role in ("student", "parent"):
        pupil = billed.person(role, role)
        assert pupil.get("/billing/subscription").status_code == 403
        for path, body in (("checkout", {"plan": "teacher"}), ("portal", None)):
            assert pupil.post(f"/billing/{path}", body).status_code == 403


def test_an_event_counts_once_however_often_it_comes(billed: Served) -> None:
    ada = billed.person("ada")
    paid = event("e1", "customer.subscription.created", T0, subscription(ada.id))
    ended = event("e2", "customer.subscription.deleted", T0 + 9, subscription(ada.id, "canceled"))
    assert send(billed, paid).json()["received"] == "applied"
    assert send(billed, ended).json()["received"] == "applied"
    assert send(billed, paid).json()["received"] == "duplicate"
    assert (plan(ada)["plan"], plan(ada)["state"]) == ("free", "canceled")


STORY = [
    ("checkout.session.completed", 0, {"customer": "cus_1", "client_reference_id": "ADA"}),
    ("customer.subscription.created", 0, subscription("", "incomplete")),
    ("customer.subscription.updated", 0, subscription("", "active")),
    ("customer.subscription.updated", 60, subscription("", "past_due")),
    ("customer.subscription.updated", 90, subscription("", "active", cancel_at_period_end=True)),
]
ENDED = ("customer.subscription.deleted", 90, subscription("", "canceled"))


@pytest.mark.parametrize("chance", range(6))
def test_events_in_any_order_and_twice_end_with_what_stripe_said_last(
    billed: Served, chance: int
) -> None:
    ada = billed.person("ada")
    story = [*STORY, ENDED] if chance % 2 else STORY
    payloads = [
        event(f"e{place}", kind, T0 + after, _of(content, ada.id))
        for place, (kind, after, content) in enumerate(story)
    ]
    shuffled = payloads * 2
    random.Random(chance).shuffle(shuffled)
    for payload in shuffled:
        assert send(billed, payload).status_code == 200
    told = plan(ada)
    if chance % 2:
        assert (told["plan"], told["state"]) == ("free", "canceled")
    else:
        assert (told["plan"], told["state"]) == ("teacher", "active")
        assert told["cancel_at_period_end"] is True


def _of(content: dict[str, Any], user_id: str) -> dict[str, Any]:
    return {name: user_id if value == "ADA" else value for name, value in content.items()}


def test_what_ended_stays_ended_and_a_new_plan_stands_beside_it(billed: Served) -> None:
    ada = billed.person("ada")
    ended = subscription(ada.id, "canceled")
    send(billed, event("e1", "customer.subscription.deleted", T0, ended))
    late = event("e2", "customer.subscription.updated", T0 + 60, subscription(ada.id))
    assert send(billed, late).json()["received"] == "outdated"
    assert plan(ada)["plan"] == "free"
    anew = subscription(ada.id, id="sub_2", created=1_772_500_000)
    send(billed, event("e3", "customer.subscription.created", T0 + 90, anew))
    assert plan(ada)["plan"] == "teacher"


@pytest.mark.parametrize(
    "forge",
    [
        lambda payload: "",
        lambda payload: "t=1,v1=00",
        lambda payload: "v1=\u00fc,t=x",
        lambda payload: signature(payload, "whsec_another"),
        lambda payload: signature(payload + b" "),
        lambda payload: signature(payload, age_s=301),
    ],
)
def test_an_event_that_stripe_did_not_just_sign_changes_nothing(
    billed: Served, forge: Callable[[bytes], str]
) -> None:
    ada = billed.person("ada")
    payload = event("e1", "customer.subscription.created", T0, subscription(ada.id))
    answer = send(billed, payload, forge(payload))
    assert (answer.status_code, answer.json()["code"]) == (400, "signature_invalid")
    assert ada.id not in answer.text
    assert plan(ada)["plan"] == "free"


def test_whoever_guesses_signatures_has_to_wait(billed: Served) -> None:
    payload = event("e1", "x", T0, {})
    statuses = [send(billed, payload, "t=1,v1=00").status_code for _ in range(61)]
    assert statuses == [400] * 60 + [429]


@pytest.mark.parametrize("payload", [b"", b"[]", b"\xff", b'{"id": 1}', b'{"id": "e"}'])
def test_a_signed_event_that_makes_no_sense_is_sent_back(billed: Served, payload: bytes) -> None:
    signed = signature(payload) if payload != b"\xff" else "t=1,v1=00"
    answer = send(billed, payload, signed)
    assert answer.status_code in (400, 422)
    odd = event("e2", "customer.subscription.updated", T0, {"id": "sub_1"})
    assert send(billed, odd).json()["code"] == "event_not_understood"
    right = event("e2", "customer.subscription.updated", T0, subscription("somebody"))
    assert send(billed, right).json()["received"] == "applied"


def test_events_that_come_at_the_same_time_count_once(billed: Served) -> None:
    ada = billed.person("ada")
    payload = event("e1", "customer.subscription.created", T0, subscription(ada.id))
    headers = {"Content-Type": "application/json", "Stripe-Signature": signature(payload)}

    async def at_once() -> list[str]:
        async with httpx.AsyncClient(base_url=billed.client.base_url, timeout=60) as client:
            answers = await asyncio.gather(
                *(
                    client.post("/billing/webhook", content=payload, headers=headers)
                    for _ in range(8)
                )
            )
        return sorted(answer.json()["received"] for answer in answers)

    assert asyncio.run(at_once()) == ["applied", *["duplicate"] * 7]


async def test_a_change_of_plan_is_told_to_whoever_it_is_about(billed: Served) -> None:
    ada, ben = await asyncio.to_thread(billed.person, "ada"), billed.person("ben")
    told = billed.client.get("/capabilities").json()["realtime"]
    url = f"ws://{told['host']}:{told['port']}/app/{told['key']}?protocol=7"
    async with connect(url) as first, connect(url) as second:
        hers, his = (
            Client(first, json.loads(await first.recv())),
            Client(second, json.loads(await second.recv())),
        )
        await hers.subscribe(ada, f"private-user-{ada.id}")
        await his.subscribe(ben, f"private-user-{ben.id}")
        paid = event("e1", "customer.subscription.created", T0, subscription(ada.id))
        await asyncio.to_thread(send, billed, paid)
        news = await hers.next()
        assert (news["event"], news["data"]) == ("notification", {"kind": "entitlements_changed"})
        assert await his.rest() == []


@pytest.mark.logs("billing.foreign_page|status=503")
@pytest.mark.parametrize(
    "url",
    [
        "https://checkout.stripe.com.evil.example/pay",
        "http://checkout.stripe.com/pay",
        "https://evil@checkout.stripe.com/pay",
        "javascript:alert(1)",
        "https://evil.example/?checkout.stripe.com",
    ],
)
def test_only_pages_of_the_payment_service_are_handed_out(
    billed: Served, payments: Loopback, url: str
) -> None:
    payments.url = url
    ada = billed.person("ada")
    answer = ada.post("/billing/checkout", {"plan": "teacher"})
    assert (answer.status_code, answer.json()["code"]) == (503, "billing_unreachable")
    assert "evil" not in answer.text


@pytest.mark.logs("billing.refused|status=503")
def test_a_payment_service_that_fails_is_said_without_its_words(
    billed: Served, payments: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    payments.status = 402
    answer = billed.person("ada").post("/billing/checkout", {"plan": "teacher"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert stripe_double.SECRET_KEY not in answer.text + caplog.text


def test_pages_are_asked_for_now_and_then_only(billed: Served, payments: Loopback) -> None:
    ada = billed.person("ada")
    assert ada.post("/billing/checkout", {"plan": "none"}).json()["code"] == "no_such_plan"
    assert ada.post("/billing/portal").json()["code"] == "not_subscribed"
    statuses = [ada.post("/billing/checkout", {"plan": "teacher"}).status_code for _ in range(9)]
    assert statuses == [200] * 8 + [429]
    assert len(payments.asked) == 8


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        (("https://school.example/plans", "http://school.example/plans"), "return_url"),
        (("lessons_a_day = 1\n", "lessons_a_day = -1\n"), "return_url"),
        (('secret_key = "sk_test_loopback"', 'secret_key = ""'), "secret_key"),
        (("[free]", "[free"), "return_url"),
    ],
)
def test_settings_that_do_not_fit_are_said_without_their_secrets(
    tmp_path: Path, change: tuple[str, str], mend: str
) -> None:
    file = tmp_path / terms.FILE
    file.write_text(settings("https://api.stripe.com").replace(*change))
    file.chmod(0o600)
    with pytest.raises(BillingUnreadable) as refused:
        terms.read(tmp_path, {"STRIPE_WEBHOOK_SECRET": "whsec_x"})
    assert mend in str(refused.value.mend)
    assert "sk_test" not in f"{refused.value}{refused.value.__cause__}{refused.value.__context__}"


def test_settings_that_others_can_read_are_refused(tmp_path: Path) -> None:
    file = tmp_path / terms.FILE
    file.write_text(settings("https://api.stripe.com"))
    file.chmod(0o644)
    with pytest.raises(BillingUnreadable, match="read by other people"):
        terms.read(tmp_path, {"STRIPE_WEBHOOK_SECRET": "whsec_x"})
    file.chmod(0o600)
    read = terms.read(tmp_path, {"STRIPE_WEBHOOK_SECRET": "whsec_x"})
    assert read is not None
    assert not read.webhooks
    assert "sk_test" not in repr(read)
    assert stripe_pages.is_page_of(read, "https://billing.stripe.com/p")
