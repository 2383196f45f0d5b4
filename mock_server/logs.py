"""How what is logged looks: coloured text on a terminal, JSON lines where a machine reads."""

import logging
import sys

import structlog


def configure(*, as_json: bool) -> None:
    """Send everything logged to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.processors.TimeStamper(fmt="iso" if as_json else "%H:%M:%S", utc=as_json),
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _renderer(as_json=as_json),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logger = logging.getLogger("mock_server")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _renderer(*, as_json: bool) -> structlog.typing.Processor:
    if as_json:
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=40)
