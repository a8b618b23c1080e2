"""Structured logs on standard error: ids and figures, never names.

What an error says is left out, because its sentence may quote what somebody typed; where it
happened, line by line, is what a defect is found by.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

log = structlog.get_logger("school.library")


def configure(*, verbose: bool) -> None:
    """Write one JSON document a line for each event; requests only when asked for."""
    level = logging.INFO if verbose else logging.WARNING
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_where,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries speak through Python's own logging: by the same rules.
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)
    # What these say at each broken connection is nobody's fault and nobody's concern.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _Libraries(logging.Handler):
    """Tells that a library had something to say, and where; what it said may name anybody."""

    def emit(self, record: logging.LogRecord) -> None:
        log.log(
            record.levelno,
            "library",
            name=record.name,
            at=f"{record.module}:{record.lineno}",
            exc_info=record.exc_info,
        )


def _tell_where(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Put the kind of an error and the lines it came through in the place of `exc_info`."""
    told = event.pop("exc_info", None)
    error = sys.exc_info()[1] if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        event["error"] = [_place(one) for one in _chain(error)]
    return event


def _chain(error: BaseException) -> list[BaseException]:
    """The error, and behind it what it came from."""
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return found


def _place(error: BaseException) -> dict[str, Any]:
    return {"kind": type(error).__name__, "lines": _lines(error.__traceback__)}


def _lines(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
