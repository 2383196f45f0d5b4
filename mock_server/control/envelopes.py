"""How the sandbox itself answers: plain objects, and errors as one sentence with its problems."""

from collections.abc import Callable, Mapping
from typing import NoReturn

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import NoCredential, Refusal, Unauthenticated, headers_of
from mock_server.engine.sentences import sentence
from mock_server.world.queries import Page

CHALLENGE = 'Bearer realm="mock-server"'

Credential = Callable[[Mapping[str, str]], str]


def credential_of(*vendors: Credential) -> Credential:
    """Return what finds a credential of any vendor; without one the caller has the shared world.

    It raises `Unauthenticated` where credentials were sent and none is accepted: the shared world
    would be another than the caller's own.
    """

    def find(headers: Mapping[str, str]) -> str:
        refused: Unauthenticated | None = None
        for each in vendors:
            try:
                return each(headers)
            except NoCredential:
                continue
            except Unauthenticated as error:
                refused = refused or error
        if refused is not None:
            raise refused
        return ""

    return find


def page(_: Call, found: Page) -> Reply:
    """Answer `{total, results}`."""
    return Reply(b'{"total":%d,"results":[%b]}' % (found.total, found.texts))


def one(_: Call, text: str) -> Reply:
    """Answer a record bare."""
    return Reply(text.encode())


def undrafted(call: Call, *_: object) -> NoReturn:
    """Refuse to make a record of a body: each of these operations has a behaviour of its own."""
    raise NotImplementedError(f"{call.operation.key} has no behaviour")


def refuse(refusal: Refusal) -> Reply:
    """Render a refusal as `{error, problems?}`."""
    body: dict[str, object] = {"error": refusal.message}
    if refusal.problems:
        problems = [(".".join(map(str, each.path)), sentence(each)) for each in refusal.problems]
        body["error"] = "; ".join(message for _, message in problems)
        body["problems"] = [{"path": path, "message": message} for path, message in problems]
    return reply(body, refusal.status, **headers_of(refusal, CHALLENGE))
