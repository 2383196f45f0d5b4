"""Homefinder, a vendor that nobody has: all that it takes to stand in for a third one."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from mock_server.contract import catalogue
from mock_server.contract.json_text import write_json
from mock_server.contract.resource import Resource
from mock_server.engine import deliveries
from mock_server.engine.api import Api, Planting
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.changes import Change
from mock_server.engine.messages import Message, Retries
from mock_server.engine.moment import Moment
from mock_server.engine.references import missing
from mock_server.engine.refusals import NotFound, Refusal, Unauthenticated, WrongMethod
from mock_server.engine.sentences import sentence
from mock_server.engine.webhooks import Fired, Order, Webhooks
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import Page
from mock_server.world.records import Record
from mock_server.world.world import World

HOOKS = "homefinder_hooks"
ARRANGED = "viewing.arranged"
_HEADER = "x-homefinder-key"
_FIELDS = {
    "id": {"type": "string"},
    "url": {"type": "string"},
    "active": {"type": "boolean"},
    "events": {"type": "array"},
}


def api(_: Path) -> Api:
    """Return Homefinder as its contract and these few functions make it."""
    return Api(
        name="homefinder",
        title="Homefinder viewings",
        roots=("/homefinder/",),
        catalogue=catalogue.read(Path(__file__).parent),
        credential=_credential,
        page=lambda _, found: Reply(_page(found)),
        one=lambda _, text: Reply(text.encode()),
        draft=_draft,
        settle=_settle,
        refuse=_refuse,
        seeding=_seeding,
        stamps_of_new=("created_at",),
        private={HOOKS: Resource(HOOKS, _FIELDS)},
        webhooks=Webhooks(
            HOOKS, (ARRANGED,), "a call to Homefinder", _subscribers, _fire, _message_to
        ),
        sent_as=lambda credential: {_HEADER: credential},
        base="/homefinder/v2",
        example="/homefinder/v2/viewings",
    )


def _credential(headers: Mapping[str, str]) -> str:
    found = headers.get(_HEADER, "").strip()
    if not found or found.startswith("invalid"):
        raise Unauthenticated(f"the {_HEADER} header is missing or not accepted")
    return found


def _page(found: Page) -> bytes:
    return b'{"total":%d,"viewings":[%b]}' % (found.total, found.texts)


def _draft(call: Call, world: World) -> Record:
    return {"id": cuid(world.random()), **call.body}


def _settle(call: Call, world: World, change: Change) -> Reply:
    record = change.happen(world, world.clock.now())
    if record is None:
        raise NotFound(missing("viewings", change.record_id))
    _tell(Moment(world, world.clock.now(), call.settings), record)
    shown = call.api.catalogue.resources["viewings"].fields
    return reply({name: record[name] for name in shown})


def _tell(moment: Moment, record: Record) -> None:
    for hook in _subscribers(moment.world, ARRANGED, None):
        text = write_json({"event": ARRANGED, "viewing": record["id"]})
        deliveries.post(moment, _message_to(hook, ARRANGED, text, "it was arranged", record["id"]))


def _refuse(refusal: Refusal) -> Reply:
    told = "; ".join(map(sentence, refusal.problems)) or refusal.message
    allowed = {"Allow": ", ".join(refusal.allowed)} if isinstance(refusal, WrongMethod) else {}
    return reply({"error": {"message": told}}, refusal.status, **allowed)


def _seeding(planting: Planting) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    homes = ("Mill Cottage", "Station House", "The Old Forge")
    viewings = [
        {"id": f"viewing-{number}", "created_at": iso(planting.now), "home": home, "visitor": "Una"}
        for number, home in enumerate(homes, start=1)
    ]
    yield "homefinder_viewings", viewings


def _subscribers(world: World, event: str, _: str | None) -> list[Record]:
    return [each for each in world.collection(HOOKS).all() if event in each["events"]]


def _fire(_: Moment, order: Order) -> Fired:
    return Fired(order["event"], write_json(order.get("body", {})))


def _message_to(hook: Record, event: str, body: str, why: str, record_id: str | None) -> Message:
    return Message(
        api="homefinder",
        webhook=(HOOKS, hook["id"]),
        event=event,
        url=hook["url"],
        body=body,
        why=why,
        record_id=record_id,
        retries=Retries(2, timedelta(minutes=1)),
    )
