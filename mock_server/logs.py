"""How what is logged looks: coloured text on a terminal, JSON lines where a machine reads."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Where a log call leaves what its text says already, for a machine to read as values.
FIELDS = "fields"
_TEXT = "(text)"  # What a text is put in place of.


def configure(*, as_json: bool) -> None:
    """Send everything logged to standard error."""
    shared: list[Processor] = [
        structlog.processors.TimeStamper(fmt="iso" if as_json else "%H:%M:%S", utc=as_json),
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
    ]
    kind = structlog.stdlib.ProcessorFormatter if as_json else _Lines
    formatter = kind(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            *(_for_machines() if as_json else _for_people()),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logger = logging.getLogger("mock_server")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False


class _Lines(structlog.stdlib.ProcessorFormatter):
    """Lines for people, of which those that are nothing but a text are made once a second.

    There is one for each call, and structlog takes longer for it than the rest of the log does.
    Within a second such lines differ in their text alone.
    """

    _since: tuple[int, int] | None = None
    _around = ("", "")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        if not hasattr(record, FIELDS) or record.exc_info:
            return super().format(record)
        since = int(record.created), record.levelno
        if since != self._since:
            self._since, self._around = since, self._frame(record)
        before, after = self._around
        return f"{before}{printable(record.getMessage())}{after}"

    def _frame(self, record: logging.LogRecord) -> tuple[str, str]:
        """Return what stands before and after the text of a record like this one."""
        like = logging.LogRecord(record.name, record.levelno, "", 0, _TEXT, None, None)
        before, _, after = super().format(like).partition(_TEXT)
        return before, after


def printable(text: str) -> str:
    """Return a text whose characters all show; callers could write to the terminal with others."""
    if text.isprintable():
        return text
    return "".join(_shown(each) for each in text)


def _shown(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def _for_machines() -> list[Processor]:
    return [_with_fields, structlog.processors.JSONRenderer()]


def _for_people() -> list[Processor]:
    # No padding: the text comes first, and the values after it are few.
    console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    return [_all_printable, console]


def _with_fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {**event, **event.pop(FIELDS, {})}


def _all_printable(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    event.pop(FIELDS, None)
    return {name: _plain(name, value) for name, value in event.items()}


def _plain(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    # A trace has lines, and only the last of them can hold what a caller sent.
    return "\n".join(map(printable, value.split("\n"))) if name == "exception" else printable(value)
