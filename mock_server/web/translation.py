"""Flask's request as a Call, and a Reply as Flask's response."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Request, Response, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from mock_server.contract.operation import Operation
from mock_server.engine.api import Api
from mock_server.engine.call import Call, Reply
from mock_server.engine.refusals import Malformed
from mock_server.settings import Settings
from mock_server.web.turnstile import DAMAGE, DELAY

_BROKEN_OFF = "the body is shorter than its Content-Length says"
# Where a request leaves the Api and operation that it is for, the world in which it arrived, and
# its body. The call itself would hold the request and be held by it, until the collector finds it.
TAKEN_BY, ARRIVAL, CONTENT = "mock_server.taken_by", "mock_server.arrival", "mock_server.content"
PMS = "mock_server.pms"  # Where a request leaves the PMS by whose rules it was checked, if any.
FAULTS = "mock_server.faults"  # Where a response leaves which faults struck the call.
REASON = "mock_server.reason"  # Where a response leaves why the call was refused, for the log.

_JSON = (("Content-Type", "application/json"),)
_BARE = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Headers(Mapping[str, str]):
    """A request's headers by lower-case name, read from the WSGI environment when asked for."""

    __slots__ = ("_environ",)

    def __init__(self, environ: Mapping[str, object]) -> None:
        """Read from this environment."""
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        """Return the header's text; raises `KeyError` where it was not sent."""
        return str(self._environ[_BARE.get(name) or "HTTP_" + name.upper().replace("-", "_")])

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the headers that were sent."""
        for key in self._environ:
            if key.startswith("HTTP_"):
                yield key.removeprefix("HTTP_").lower().replace("_", "-")
        yield from (name for name, key in _BARE.items() if self._environ.get(key))

    def get(self, name: str, default: Any = None) -> Any:
        """Return the header's text; asked of every call, so no error is raised and caught."""
        key = _BARE.get(name) or "HTTP_" + name.upper().replace("-", "_")
        return self._environ.get(key, default)

    def __len__(self) -> int:
        """Return how many headers were sent."""
        return sum(1 for _ in self)


def current_request() -> Request:
    """Return the request itself: each look through Flask's proxy takes as long as all the rest."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - Flask documents it
    return found


def to_call(api: Api, operation: Operation, settings: Settings, path: Mapping[str, str]) -> Call:
    """Return the call that the current request makes to the operation."""
    asked = current_request()
    environ = asked.environ
    environ[TAKEN_BY] = api, operation
    if operation.body is not None:
        environ[CONTENT] = _content()
    return Call(
        api=api,
        operation=operation,
        settings=settings,
        path=path,
        headers=Headers(environ),
        query_text=asked.query_string.decode("utf-8", "replace"),
        content=environ.get(CONTENT, b""),
    )


def _content() -> bytes:
    """Return the whole body; raises `Malformed` for a part, and werkzeug's 413 for too much.

    Our own server hands on nothing else, but others do.
    """
    stated, most = request.content_length, request.max_content_length
    try:
        content = request.get_data(cache=False)
    except ClientDisconnected:
        raise Malformed(_BROKEN_OFF) from None
    if stated is not None and len(content) < stated:
        raise Malformed(_BROKEN_OFF)
    if stated is None and len(content) == most and request.environ["wsgi.input"].read(1):
        raise RequestEntityTooLarge
    return content


def to_response(answer: Reply) -> Response:
    """Return the response that carries the reply; its delay is left to the turnstile."""
    if answer.delay_seconds:
        request.environ[DELAY] = answer.delay_seconds
    if answer.faults:
        request.environ[FAULTS] = answer.faults
    if answer.damage is not None:
        request.environ[DAMAGE] = answer.damage
    if answer.reason:
        request.environ[REASON] = answer.reason
    kind = () if "Content-Type" in answer.headers else _JSON
    headers = [*kind, *answer.headers.items()]
    if "Location" in answer.headers:
        # A path leads to this server whatever a proxy has made of scheme and host; it only lacks
        # the prefix under which the proxy serves it.
        there = request.script_root + answer.headers["Location"]
        headers = [*_JSON, *{**answer.headers, "Location": there}.items()]
    # Passed through as the list that it is, the body is sent at once. The server pulls any other
    # iterable through piece by piece, which costs a fifth of a call.
    return Response(answer.content, answer.status, headers, direct_passthrough=True)
