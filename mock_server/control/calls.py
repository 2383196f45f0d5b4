"""The calls that were answered: listed, waited for, and compared with what a test expects."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from mock_server.contract.catalogue import Catalogue
from mock_server.control.named_operations import key_of
from mock_server.control.resetting import reset
from mock_server.engine import verification
from mock_server.engine.answered_calls import AnsweredCall, Message, Wanted
from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.engine.refusals import Invalid, broken
from mock_server.engine.verification import Expected, Verdict
from mock_server.world.clock import iso, parse
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

_COUNTS = ("exactly", "at_least", "at_most", "never", "in_order")
_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "x-api-key", "x-mock-control-token"}
)
_SECRET_FIELDS = re.compile(r"password|secret|token|api_?key|private_?key", re.IGNORECASE)
_HIDDEN = "***"


def behaviours(journal: Journal, catalogues: Sequence[Catalogue]) -> dict[str, Behaviour]:
    """Return the behaviours that read this journal, or begin it anew."""
    return {
        "GET /__admin/calls": partial(find_all, journal, catalogues),
        "POST /__admin/calls/verify": partial(verify, journal, catalogues),
        "POST /__admin/reset": partial(reset, journal),
    }


def find_all(journal: Journal, catalogues: Sequence[Catalogue], call: Call, world: World) -> Reply:
    """Answer one page of the calls that the query parameters select, newest last."""
    values = call.question.values
    wanted, seconds = _wanted(catalogues, values, world), values["wait"]

    def afterwards(worlds: Worlds) -> Reply:
        found = journal.find(wanted)
        if seconds and not found:
            with worlds.aside():
                found = journal.wait(wanted, seconds)
        return _page(values, found, journal.last_number(wanted.world))

    return replace(reply({}), afterwards=afterwards)


def verify(journal: Journal, catalogues: Sequence[Catalogue], call: Call, world: World) -> Reply:
    """Say whether the world's calls are as the body expects."""
    body = call.body
    given = [each for each in _COUNTS if each in body]
    if len(given) > 1:
        advice = f"cannot stand beside {given[0]}; give one of {', '.join(_COUNTS)}"
        raise Invalid([broken(given[1], advice, body[given[1]])])
    calls = journal.find(Wanted(world.name, after=body.get("after", 0)))
    return reply(_told(_judged(catalogues, body, calls)))


def _page(values: Mapping[str, Any], found: list[AnsweredCall], last_number: int) -> Reply:
    offset, limit = values["offset"], values["limit"]
    # Who names no beginning wants to see what was called last.
    newest_first = found[::-1][offset:][:limit]
    page = found[offset:][:limit] if "after" in values else newest_first[::-1]
    meta = {"offset": offset, "limit": limit, "total": len(found), "last_number": last_number}
    is_brief = values["brief"]
    return reply({"meta": meta, "results": [_shown(each, is_brief=is_brief) for each in page]})


def _shown(call: AnsweredCall, *, is_brief: bool) -> dict[str, Any]:
    """Return a call as replies show it, without what is secret; a brief one without its texts."""
    asked, message = call.request, _length if is_brief else _message
    target = {"method": asked.method, "path": asked.path, "query": asked.query}
    return {
        "number": call.number,
        "at": iso(call.at),
        "api": call.api,
        "operation": call.operation,
        "world": call.world,
        "credential": call.credential,
        "status": call.status,
        "faults": [*call.faults],
        "milliseconds": round(call.milliseconds, 3),
        "request": {**target, **message(asked)},
        "reply": message(call.reply),
    }


def _wanted(catalogues: Sequence[Catalogue], values: Mapping[str, Any], world: World) -> Wanted:
    operation = values.get("operation")
    return Wanted(
        world=values.get("world", world.name),
        api=values.get("api"),
        operation=None if operation is None else key_of(catalogues, operation),
        status=values.get("status"),
        credential=values.get("credential"),
        since=parse(values["since"]) if "since" in values else None,
        after=values.get("after", 0),
        with_ours=values["control"] or values.get("api") == "sandbox",
    )


def _judged(
    catalogues: Sequence[Catalogue], body: Mapping[str, Any], calls: Sequence[AnsweredCall]
) -> Verdict:
    if "in_order" in body:
        steps = [_expected(catalogues, each) for each in body["in_order"]]
        return verification.in_order(calls, steps)
    least, most = _bounds(body)
    return verification.count(calls, _expected(catalogues, body), least, most)


def _expected(catalogues: Sequence[Catalogue], said: Mapping[str, Any]) -> Expected:
    operation = said.get("operation")
    key = None if operation is None else key_of(catalogues, operation)
    return Expected(key, said.get("status"), said.get("body"))


def _bounds(body: Mapping[str, Any]) -> tuple[int, int | None]:
    if "never" in body:
        return 0, 0
    if "exactly" in body:
        return body["exactly"], body["exactly"]
    if "at_most" in body:
        return 0, body["at_most"]
    return body.get("at_least", 1), None


def _told(verdict: Verdict) -> dict[str, Any]:
    nearest = [
        {
            "number": call.number,
            "operation": call.operation,
            "status": call.status,
            "differences": differences,
        }
        for call, differences in verdict.nearest
    ]
    found = [each.number for each in verdict.found]
    return {"holds": verdict.holds, "message": verdict.message, "found": found, "nearest": nearest}


def _message(message: Message) -> dict[str, Any]:
    headers = {name: _header(name, text) for name, text in message.headers.items()}
    body = _without_secrets(verification.decoded(message.content))
    return {"headers": headers, "body": body, "bytes": message.length}


def _length(message: Message) -> dict[str, Any]:
    return {"headers": {}, "body": None, "bytes": message.length}


def _header(name: str, text: str) -> str:
    return _HIDDEN if name.lower() in _SECRET_HEADERS else text


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _field(name, each) for name, each in value.items()}
    return [_without_secrets(each) for each in value] if isinstance(value, list) else value


def _field(name: str, value: Any) -> Any:
    is_secret = isinstance(value, str) and _SECRET_FIELDS.search(name)
    return _HIDDEN if is_secret else _without_secrets(value)
