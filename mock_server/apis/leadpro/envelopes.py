"""How LeadPro wraps what it answers: bare objects and arrays, and errors of one shape."""

from collections.abc import Mapping
from http import HTTPStatus

from mock_server.contract.resource import types_of
from mock_server.engine import credentials
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.references import missing
from mock_server.engine.refusals import (
    NoCredential,
    NotFound,
    Refusal,
    Unauthenticated,
    headers_of,
)
from mock_server.engine.sentences import sentence
from mock_server.world.queries import Page
from mock_server.world.world import World

# The scheme has no registered name, so its own is taken (assumed).
_CHALLENGE = 'ApiKey realm="leadpro"'


def credential(headers: Mapping[str, str]) -> str:
    """Return the token (guide: API Authentication); one that begins with `invalid` is refused."""
    given = headers.get("x-api-key")
    if given is None:
        other = "; Authorization is not read here" if "authorization" in headers else ""
        raise NoCredential(f"Missing API key: send it in the x-api-key header{other}")
    token = credentials.chosen(given)
    if token.startswith("invalid"):
        raise Unauthenticated("Invalid API key")
    return token


def page(call: Call, found: Page) -> Reply:
    """Answer a list as its operation promises: a bare array, or one wrapped in `data`."""
    texts = b"[%b]" % found.texts
    is_bare = "array" in types_of(call.operation.reply or {})
    return Reply(texts if is_bare else b'{"data":%b}' % texts)


def one(_: Call, text: str) -> Reply:
    """Answer a record bare."""
    return Reply(text.encode())


def settle(call: Call, world: World, change: Change) -> Reply:
    """Make the change at once and answer the whole record."""
    record = change.happen(world, world.clock.now())
    if record is None:
        raise NotFound(missing(call.operation.resource or "", change.record_id))
    return Reply((call.records(world).text(record["id"]) or "null").encode())


def refuse(refusal: Refusal) -> Reply:
    """Render a refusal as `{statusCode, message, error}` (the shape is assumed)."""
    messages = [sentence(problem) for problem in refusal.problems]
    body = {
        "statusCode": refusal.status,
        "message": messages or refusal.message,
        "error": HTTPStatus(refusal.status).phrase,
    }
    return reply(body, refusal.status, **headers_of(refusal, _CHALLENGE))
