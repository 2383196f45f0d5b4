"""How Propexo wraps what it answers: lists, records, and errors with Zod's issues."""

from collections.abc import Iterator, Mapping

from mock_server.apis.propexo.wording import issues
from mock_server.contract.json_text import write_json
from mock_server.contract.problems import Problem
from mock_server.engine import credentials
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import (
    Forbidden,
    NoCredential,
    NoRoom,
    NotFound,
    NotSupported,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    Unproven,
    WrongMethod,
    headers_of,
)
from mock_server.world.queries import OrderBy, Page, Selection

_CODES: Mapping[type[Refusal], str] = {
    Unauthenticated: "unauthorized",
    NoCredential: "unauthorized",
    Forbidden: "forbidden",
    NotFound: "not_found",
    WrongMethod: "method_not_allowed",
    NotSupported: "method_not_allowed",
    TooLarge: "payload_too_large",
    TooMany: "too_many_requests",
    NoRoom: "insufficient_storage",
    Unavailable: "service_unavailable",
    Unproven: "not_implemented",
}
_SERVER_FAULT = "internal_server_error"
_CHALLENGE = 'Bearer realm="propexo"'
_WANTED = "send the header Authorization: Bearer <token>"


def credential(headers: Mapping[str, str]) -> str:
    """Return the bearer token; any but an empty or `invalid…` one will do (assumed)."""
    given = headers.get("authorization")
    if given is None:
        other = "; x-api-key is not read here" if "x-api-key" in headers else ""
        raise NoCredential(f"missing bearer token: {_WANTED}{other}")
    scheme, _, rest = given.strip().partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated(f"the Authorization header does not use the scheme Bearer: {_WANTED}")
    token = credentials.chosen(rest)
    if " " in token:
        raise Unauthenticated(f"a bearer token has no spaces: {_WANTED}")
    if token.startswith("invalid"):
        raise Unauthenticated("invalid bearer token")
    return token


def page(call: Call, found: Page) -> Reply:
    """Answer `{meta, results}`, the results joined from the records' stored text."""
    asked = call.question
    meta = {
        "orderBy": _order_by(asked.selection),
        "offset": asked.offset,
        "limit": asked.limit,
        "hasMore": asked.offset + found.count < found.total,
        "total": found.total,
    }
    return Reply(b'{"meta":%b,"results":[%b]}' % (write_json(meta).encode(), found.texts))


def one(_: Call, text: str) -> Reply:
    """Answer `{meta, results}` with a single record; meta has the shape of a list's."""
    return Reply(b'{"meta":%b,"results":%b}' % (_META_OF_ONE, text.encode()))


def refuse(refusal: Refusal) -> Reply:
    """Render a refusal as `{error: {code, message, details?}}`."""
    code = _CODES.get(type(refusal), _SERVER_FAULT if refusal.status >= 500 else "invalid_request")
    error: dict[str, object] = {"code": code, "message": refusal.message}
    if refusal.problems:
        zod = {"issues": issues(refusal.problems), "name": "ZodError"}
        error["details"] = {"details": zod}
    return reply({"error": error}, refusal.status, **headers_of(refusal, _CHALLENGE))


def order(text: str) -> Iterator[OrderBy | Problem]:
    """Read `field[:asc|desc]`, comma separated (guide: sorting results).

    Yields each field with its direction, and each direction that is none.
    """
    for each in text.split(","):
        field, _, direction = each.strip().partition(":")
        if direction not in {"", "asc", "desc"}:
            yield Problem("enum", ["asc", "desc"], ("order-by",), direction)
        yield OrderBy(field, descending=direction == "desc")


def _order_by(selection: Selection) -> list[dict[str, str]]:
    return [
        {"field": each.field, "direction": "desc" if each.descending else "asc"}
        for each in selection.order
    ]


_META_OF_ONE = write_json(
    {"orderBy": [], "offset": 0, "limit": 1, "hasMore": False, "total": 1}
).encode()
