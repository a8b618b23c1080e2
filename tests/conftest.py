"""What holds for every test: nothing skipped, no unannounced warning, no way off this machine."""

import logging
import os
import re
import shutil
import sys
from collections.abc import Generator, Iterator

import hypothesis
import pytest
import sqlalchemy as sa

from desktop import logs
from desktop.school.database import Database
from tests.tools import postgres

logs.join()  # so that what structlog is told counts as a warning too

hypothesis.settings.register_profile("house", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")


def _stay_on_this_machine(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: whatever tries to reach another machine fails, in any library."""
    if event == "socket.connect":
        address = args[1]
        host = address[0] if isinstance(address, tuple) else "localhost"
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if host and not re.fullmatch(
        r"localhost|127\.[\d.]+|::1|::ffff:127\.[\d.]+|0\.0\.0\.0|::", str(host)
    ):
        # No OSError: the code under test would take it for bad weather and carry on.
        raise RuntimeError(f"A test tried to reach {host!r}; tests stay on this machine.")


sys.addaudithook(_stay_on_this_machine)


DATABASES = ["sqlite", "postgresql"] if postgres.binaries() else ["sqlite"]
"""Where a school is kept in tests: PostgreSQL too wherever its programs are."""


def pytest_sessionstart() -> None:
    """`dev.py test` installs PostgreSQL on Debian: there the whole suite never goes without it."""
    whole = os.environ.get("TOOLBOXAI_WHOLE_SUITE")
    if whole and shutil.which("apt-get") and not postgres.binaries():
        raise pytest.UsageError(
            "The whole suite needs PostgreSQL here: apt-get install postgresql."
        )


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server that lives as long as this run."""
    with postgres.running() as running:
        yield running


@pytest.fixture(scope="session")
def migrated(cluster: postgres.Cluster) -> str:
    """A database with a school's tables and nothing in them, to be copied."""
    name = cluster.fresh()
    database = Database(cluster.url(name))
    database.migrate()
    database.close()
    return name


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> Iterator[sa.URL | None]:
    """Where the school of a test is kept; None means in its own folder."""
    if request.param == "sqlite":
        yield None
        return
    cluster: postgres.Cluster = request.getfixturevalue("cluster")
    name = cluster.fresh(request.getfixturevalue("migrated"))
    yield cluster.url(name)
    cluster.drop(name)


class _Warnings(logging.Handler):
    """Keeps what was logged at warning or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unannounced_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A log record of warning or above fails the test, unless `@pytest.mark.logs` announced it."""
    announced = [re.compile(mark.args[0]) for mark in request.node.iter_markers("logs")]
    handler = _Warnings()
    logs.join()  # a test before may have let a server write its own log
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
    surprises = [line for line in handler.lines if not any(a.search(line) for a in announced)]
    if surprises:
        pytest.fail("Logged, and not announced by @pytest.mark.logs:\n" + "\n".join(surprises))
    silent = [a.pattern for a in announced if not any(a.search(line) for line in handler.lines)]
    if silent:
        pytest.fail(f"Announced, but never logged: {silent}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test is a test that did not run: it counts as a failure."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, which counts as a failure here: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips itself."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, which counts as a failure here: {report.longrepr}"
    return report


def pytest_deselected(items: list[pytest.Item]) -> None:
    """In the run of the whole suite nothing may be left out."""
    if os.environ.get("TOOLBOXAI_WHOLE_SUITE"):
        raise pytest.UsageError(f"{len(items)} tests were left out of the run of the whole suite.")
