"""For the worlds in the suite: no logs while one runs, and everything as before afterwards."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from tests.simulation import quiet


@pytest.fixture(autouse=True)
def _hushed() -> Iterator[None]:
    before = structlog.get_config()
    quiet.hush()
    yield
    logging.disable(logging.NOTSET)
    structlog.configure(**before)
