"""Webhooks: the addresses that want to be told, and of what."""

from collections.abc import Sequence

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.references import found
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World

# The triggers that a model narrows (reference: create webhook).
_ABOUT_MODELS = frozenset({"DATA_NEW", "DATA_UPDATE"})


def create(call: Call, world: World) -> Reply:
    """Add a webhook, switched off unless `active` says otherwise."""
    now, body, random = iso(world.clock.now()), call.body, world.random()
    webhook = {
        "id": cuid(random),
        "created_at": now,
        "updated_at": now,
        "url": body["url"],
        "headers": body.get("headers", []),
        "active": body["active"],
        "secret": body.get("secret") or f"{random.getrandbits(128):032x}",
        "system": "SANDBOX",
        "triggers": _triggers(world, body["triggers"], body.get("model")),
    }
    return reply({"result": call.records(world).add(webhook)})


def update(call: Call, world: World) -> Reply:
    """Change what was sent; new triggers take the place of all there were."""
    webhook, body = found(call, world), call.body
    kept = ("url", "headers", "active", "secret")
    changes = {name: body[name] for name in kept if name in body}
    if "triggers" in body or "model" in body:
        names = body.get("triggers", [each["trigger"] for each in webhook["triggers"]])
        changes["triggers"] = _triggers(world, names, body.get("model", _model_of(webhook)))
    changes["updated_at"] = iso(world.clock.now())
    return reply({"result": call.records(world).patch(webhook["id"], changes)})


def delete(call: Call, world: World) -> Reply:
    """Remove a webhook."""
    webhook = found(call, world)
    call.records(world).remove(webhook["id"])
    return reply({"result": {"id": webhook["id"]}})


def _triggers(world: World, names: Sequence[str], model: str | None) -> list[Record]:
    random = world.random()
    return [
        {"id": cuid(random), "trigger": name, "model": model if name in _ABOUT_MODELS else None}
        for name in dict.fromkeys(names)
    ]


def _model_of(webhook: Record) -> str | None:
    models = [each["model"] for each in webhook["triggers"] if each["model"]]
    return models[0] if models else None
