"""LeadPro's webhooks, which at the vendor are set up in its dashboard."""

import re
from collections.abc import Mapping
from typing import Any

from mock_server.apis.leadpro.webhooks import EVENTS, TABLE
from mock_server.control import envelopes
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.web.targets import Blocked, parts_of
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import EVERYTHING
from mock_server.world.records import Collection
from mock_server.world.world import World

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2.


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the webhooks, in the order in which they were added."""
    values = call.question.values
    found = _webhooks(world).page(EVERYTHING, offset=values["offset"], limit=values["limit"])
    return envelopes.page(call, found)


def add(call: Call, world: World) -> Reply:
    """Add a webhook and answer it; it is told of everything unless `events` says otherwise."""
    made = {"id": cuid(world.random()), "created_at": iso(world.clock.now()), "events": [*EVENTS]}
    return reply(_webhooks(world).add({**made, **_checked(call.body)}))


def change(call: Call, world: World) -> Reply:
    """Change what is sent of a webhook and answer it whole."""
    changed = _webhooks(world).patch(call.record_id, _checked(call.body))
    if changed is None:
        raise NotFound(missing("webhooks", call.record_id))
    return reply(changed)


def remove(call: Call, world: World) -> Reply:
    """Remove a webhook."""
    if not _webhooks(world).remove(call.record_id):
        raise NotFound(missing("webhooks", call.record_id))
    return reply({"removed": 1})


def _checked(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sent of a webhook, each event once; raises `Invalid` for what never works."""
    if "url" in body:
        _refuse_uncallable(body["url"])
    for name in body.get("headers") or ():
        if not _HEADER_NAME.fullmatch(name):
            raise Invalid([broken(("headers", name), "is not a valid header name")])
    events = {"events": [*dict.fromkeys(body["events"])]} if "events" in body else {}
    return {**body, **events}


def _refuse_uncallable(url: str) -> None:
    try:
        parts_of(url)
    except Blocked as why:
        raise Invalid([broken("url", str(why), url)]) from None


def _webhooks(world: World) -> Collection:
    return world.collection(TABLE)
