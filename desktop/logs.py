"""Where the log goes: through the standard library's logging, and never to standard output."""


def join() -> None:
    """Send what structlog is told through `logging`, whose handlers and levels then decide.

    Left alone, structlog prints to standard output, where a script reads a command's JSON.
    """
    import structlog

    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
