"""What the journal keeps of a call: its request and response as they were, read on request."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Response

from mock_server.engine.answered_calls import Caller, Message, Outcome, SentRequest
from mock_server.web.translation import ARRIVAL, CONTENT, FAULTS, PMS, TAKEN_BY, Headers

# About how many bytes a call takes besides the bodies.
_EACH = 5_000
_BEGINNING = 400


class RecordedCall:
    """A call that has been answered, as its request's environment and its response tell it."""

    NEEDED = frozenset({ARRIVAL, CONTENT, FAULTS, TAKEN_BY, "wsgi.input"})
    __slots__ = (
        "_body",
        "_environ",
        "_headers",
        "_is_whole",
        "_length",
        "_seconds",
        "caller",
        "is_ours",
        "number",
        "outcome",
        "size",
        "status",
        "world",
    )

    def __init__(
        self, environ: Mapping[str, Any], response: Response, seconds: float, most_bytes: int
    ) -> None:
        """Keep an environment that has what is needed, and how long the reply took.

        Of a reply of more than `most_bytes` only the length is kept.
        """
        self.number = 0
        self._environ = environ
        self._seconds = seconds
        self.world: str
        self.world, _, label = environ[ARRIVAL]
        api, operation = environ[TAKEN_BY]
        self.caller: Caller = (None if api is None else api.name, label)
        key = None if operation is None else operation.key
        self.status: int = response.status_code
        self.outcome: Outcome = (key, self.status, environ.get(PMS))
        # A path of no Api is the sandbox's own where it answers, and else a client's mistake.
        self.is_ours: bool = self.status < 400 if api is None else api.is_control
        self._headers = response.headers
        parts = response.response
        body = parts[0] if isinstance(parts, list) and len(parts) == 1 else b""
        self._length = len(body)
        self._is_whole = self._length <= most_bytes
        # A list says at its beginning where it lies among all records.
        self._body = body if self._is_whole else body[:_BEGINNING]
        self.size = _EACH + len(self._body)
        if CONTENT in environ:
            self.size += len(environ[CONTENT])

    @property
    def at(self) -> datetime:
        at: datetime = self._environ[ARRIVAL].at
        return at

    @property
    def api(self) -> str | None:
        return self.caller[0]

    @property
    def operation(self) -> str | None:
        return self.outcome[0]

    @property
    def beginning(self) -> bytes:
        return self._body[:_BEGINNING]

    @property
    def credential(self) -> str | None:
        return self.caller[1]

    @property
    def faults(self) -> tuple[str, ...]:
        faults: tuple[str, ...] = self._environ.get(FAULTS, ())
        return faults

    @property
    def milliseconds(self) -> float:
        return self._seconds * 1000

    @property
    def request(self) -> SentRequest:
        environ = self._environ
        return SentRequest(
            Headers(environ),
            self._content,
            len(self._content),
            environ["REQUEST_METHOD"],
            _text(environ["PATH_INFO"]),
            _text(environ["QUERY_STRING"]),
        )

    @property
    def reply(self) -> Message:
        body = self._body if self._is_whole else None
        return Message(dict(self._headers), body, self._length)

    @property
    def _content(self) -> bytes:
        """Return the body, also where nobody has read it; a server may hand over a stream."""
        if self.status == 413:
            return b""
        body = self._environ["wsgi.input"]
        read: bytes = self._environ.get(CONTENT, b"")
        return body.getvalue() if isinstance(body, BytesIO) else read


def _text(text: str) -> str:
    """Return what WSGI hands on as the characters of the same numbers."""
    return text.encode("latin-1").decode("utf-8", "replace")
