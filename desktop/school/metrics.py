"""Figures for Prometheus, in its text format, written by hand: counters, one histogram, gauges.

The format: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import collections
import ipaddress
import threading
from collections.abc import Iterable, Mapping

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 10.0)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"via"})
"""What a proxy adds: whoever comes through one is not on this machine."""

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts requests as they end. No label names a person or an id."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._requests: collections.Counter[Labels] = collections.Counter()
        self._buckets: collections.Counter[float] = collections.Counter()
        self._seconds = 0.0
        self._slow = 0

    def note(self, method: str, route: str, status: int, seconds: float, *, slow: bool) -> None:
        """Count one request; `route` is the pattern of its address, not the address."""
        labels = (("method", method), ("route", route), ("status", str(status)))
        with self._turn:
            self._requests[labels] += 1
            self._seconds += seconds
            self._slow += slow
            self._buckets[next((edge for edge in BUCKETS_S if seconds <= edge), float("inf"))] += 1

    def text(self, gauges: Mapping[str, float]) -> str:
        """Everything, with some gauges that were read just now."""
        with self._turn:
            requests, buckets = dict(self._requests), dict(self._buckets)
            seconds, slow = self._seconds, self._slow
        lines = ["# TYPE school_requests_total counter"]
        lines += [_line("school_requests_total", labels, n) for labels, n in requests.items()]
        lines += ["# TYPE school_slow_requests_total counter"]
        lines += [_line("school_slow_requests_total", (), slow)]
        lines += ["# TYPE school_request_seconds histogram", *_histogram(buckets, seconds)]
        for name, value in gauges.items():
            lines += [f"# TYPE school_{name} gauge", _line(f"school_{name}", (), value)]
        return "\n".join(lines) + "\n"


def is_of_this_machine(address: str, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request was made on this machine itself, and not through a proxy on it."""
    try:
        loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
    return loopback and not any(name.lower() in FORWARDED for name, _ in headers)


def _histogram(buckets: Mapping[float, int], seconds: float) -> Iterable[str]:
    count = 0
    for edge in (*BUCKETS_S, float("inf")):
        count += buckets.get(edge, 0)
        bound = "+Inf" if edge == float("inf") else f"{edge:g}"
        yield _line("school_request_seconds_bucket", (("le", bound),), count)
    yield _line("school_request_seconds_sum", (), round(seconds, 6))
    yield _line("school_request_seconds_count", (), count)


def _line(name: str, labels: Labels, value: float) -> str:
    written = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
    return f"{name}{{{written}}} {value}" if written else f"{name} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
