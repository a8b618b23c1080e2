"""Keeps the logs of school and app out of the worlds: there are thousands of lines a second."""

import logging

import structlog


def hush() -> None:
    """Let nothing below a critical line be made at all."""
    logging.disable(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
