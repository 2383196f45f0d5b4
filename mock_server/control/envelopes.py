"""How the sandbox itself answers: plain objects, and errors as one sentence with its problems."""

from collections.abc import Callable, Mapping
from typing import NoReturn

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.refusals import Refusal, Unauthenticated, WrongMethod
from mock_server.engine.sentences import sentence
from mock_server.world.queries import Page

Credential = Callable[[Mapping[str, str]], str]


def credential_of(*vendors: Credential) -> Credential:
    """Return what finds a credential of any vendor; without one the caller has the shared world."""

    def find(headers: Mapping[str, str]) -> str:
        for each in vendors:
            try:
                return each(headers)
            except Unauthenticated:
                continue
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
    allowed = {"Allow": ", ".join(refusal.allowed)} if isinstance(refusal, WrongMethod) else {}
    return reply(body, refusal.status, **allowed)
