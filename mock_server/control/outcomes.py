"""The orders for how Propexo's writes end: listed, made and removed."""

from collections.abc import Container
from typing import Any

from mock_server.apis.propexo import named_integrations
from mock_server.apis.propexo.addressees import is_write
from mock_server.apis.propexo.kept import records
from mock_server.contract.catalogue import Catalogue
from mock_server.control import envelopes
from mock_server.control.durations import span_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.jobs import SUCCESS
from mock_server.engine.references import missing
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.queries import EVERYTHING
from mock_server.world.records import Collection
from mock_server.world.world import World


def find_all(call: Call, world: World) -> Reply:
    """Answer one page of the orders, in the order in which they were made."""
    values = call.question.values
    found = _orders(world).page(EVERYTHING, offset=values["offset"], limit=values["limit"])
    return envelopes.page(call, found)


def add(catalogue: Catalogue, call: Call, world: World) -> Reply:
    """Make an order and answer it."""
    body = call.body
    if body["write_status"] == SUCCESS and body.get("errors"):
        raise Invalid([broken("errors", "a write that succeeds has none", body["errors"])])
    made: dict[str, Any] = {
        "id": cuid(world.random()),
        "created_at": iso(world.clock.now()),
        **{name: body[name] for name in ("write_status", "errors", "times") if name in body},
    }
    if "operation" in body:
        made["operation"] = _operation(catalogue, body["operation"])
    if "integration_id" in body:
        made["integration_id"] = named_integrations.of_body(body, world)["id"]
    if "after" in body:
        made["after_seconds"] = span_of(body, "after").total_seconds()
    return reply(_orders(world).add(made))


def remove_all(_: Call, world: World) -> Reply:
    """Remove every order."""
    orders = _orders(world)
    return reply({"removed": sum(orders.remove(each["id"]) for each in orders.all())})


def remove(call: Call, world: World) -> Reply:
    """Remove the order that the path names."""
    if not _orders(world).remove(call.record_id):
        raise NotFound(missing("outcomes", call.record_id))
    return reply({"removed": 1})


def _operation(catalogue: Catalogue, text: str) -> str:
    """Return the key of the write that is meant, whether or not its closing slash is there."""
    operations = catalogue.operations.values()
    keys = {each.key.rstrip("/"): each.key for each in operations if is_write(each)}
    method, _, path = text.strip().partition(" ")
    wanted = f"{method.upper()} {path.strip().rstrip('/')}"
    if wanted not in keys:
        raise Invalid([broken("operation", _advice(catalogue, {*keys.values()}, text), text)])
    return keys[wanted]


def _advice(catalogue: Catalogue, keys: Container[str], text: str) -> str:
    told = f"there is no Propexo operation that writes {text!r}"
    asked = text.strip() if " " in text.strip() else f"POST {text.strip()}"
    near = next((each for each in catalogue.nearest(asked) if each in keys), None)
    if near is None:
        return f"{told}; name it as POST /v1/leads/, by its method and the path of its contract"
    return f"{told}; did you mean {near}?"


def _orders(world: World) -> Collection:
    return records(world, "outcomes")
