"""The few doors of Stripe's API that the school asks, on loopback, and its way to sign events."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import stripe

SECRET_KEY = "sk_test_loopback"
WEBHOOK_SECRET = "whsec_loopback"
PAGES = {
    "/v1/checkout/sessions": ("checkout.session", "https://checkout.stripe.com/c/pay/cs_test_1"),
    "/v1/billing_portal/sessions": (
        "billing_portal.session",
        "https://billing.stripe.com/p/session/1",
    ),
}


class Loopback:
    """Stripe's API. `asked` holds each request: path and form fields; `url` replaces its pages."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""
        self.status = 200
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                form = parse_qs(self.rfile.read(length).decode())
                owner.asked.append((self.path, {name: values[0] for name, values in form.items()}))
                signed_in = self.headers["Authorization"] == f"Bearer {SECRET_KEY}"
                status = owner.status if signed_in else 401
                content = json.dumps(owner.answer(self.path, status)).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def answer(self, path: str, status: int) -> dict[str, Any]:
        if status != 200:
            return {"error": {"type": "api_error", "message": f"No, not with {SECRET_KEY}"}}
        kind, url = PAGES[path]
        return {"id": "cs_test_1", "object": kind, "url": self.url or url}

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def event(event_id: str, kind: str, created: int, content: dict[str, Any]) -> bytes:
    """An event as Stripe writes it."""
    return json.dumps(
        {
            "id": event_id,
            "object": "event",
            "api_version": "2025-09-30.clover",
            "created": created,
            "livemode": False,
            "type": kind,
            "data": {"object": content},
        }
    ).encode()


def subscription(user_id: str, status: str = "active", **more: Any) -> dict[str, Any]:
    """A subscription as Stripe writes it."""
    item = {"id": "si_1", "price": {"id": "price_teacher"}, "current_period_end": 1_775_000_000}
    return {
        "id": "sub_1",
        "object": "subscription",
        "customer": "cus_1",
        "status": status,
        "created": 1_772_000_000,
        "cancel_at_period_end": False,
        "cancel_at": None,
        "items": {"object": "list", "data": [item]},
        "metadata": {"user_id": user_id} if user_id else {},
        **more,
    }


def signature(payload: bytes, secret: str = WEBHOOK_SECRET, age_s: int = 0) -> str:
    """The header that Stripe's own library makes for a payload."""
    made: str = stripe.WebhookSignature.generate_signature_header(
        payload.decode("utf-8", "surrogateescape"), secret, int(time.time()) - age_s
    )
    return made
