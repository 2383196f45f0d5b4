"""Rules that spoil deliveries on purpose, so that a receiver can show what it makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mock_server.contract.resource import Resource
from mock_server.world.records import Record
from mock_server.world.world import World

TABLE = "delivery_faults"
DUPLICATE, DELAY, REORDER = "duplicate", "delay", "reorder"
LOSE, WRONG_SIGNATURE = "lose", "wrong_signature"
EFFECTS: Mapping[str, str] = {
    DUPLICATE: "is sent twice, the same bytes both times",
    DELAY: "leaves `seconds` of world time later (60 where nothing is said)",
    REORDER: "leaves after the next delivery to the same webhook, or after `seconds` without one",
    LOSE: "never leaves",
    WRONG_SIGNATURE: "is signed with another secret",
}
DEFAULT_SECONDS = 60

_TEXT, _NULLABLE = {"type": "string"}, {"type": ["string", "null"]}
_COUNT, _NULLABLE_COUNT = {"type": "integer"}, {"type": ["integer", "null"]}
RESOURCE = Resource(
    TABLE,
    {
        "id": _TEXT,
        "created_at": _TEXT,
        "effect": _TEXT,
        "api": _NULLABLE,
        "event": _NULLABLE,
        "webhook_id": _NULLABLE,
        "seconds": {"type": ["number", "null"]},
        "times": _NULLABLE_COUNT,
        "used": _COUNT,
    },
)
_SELECTORS = ("api", "event", "webhook_id")


@dataclass(frozen=True)
class Spoiling:
    """What a fault does to one delivery; `later` is how long it is held back at most."""

    effect: str
    later: timedelta


def spoil(world: World, delivery: Mapping[str, Any], *, is_signed: bool) -> Spoiling | None:
    """Return what the first fault for this delivery does to it, and count it as used.

    What is not signed at all cannot be signed wrongly, so such a fault passes it by.
    """
    for fault in world.collection(TABLE).all():
        if fault["effect"] == WRONG_SIGNATURE and not is_signed:
            continue
        if _is_left(fault) and _is_for(fault, delivery):
            world.collection(TABLE).patch(fault["id"], {"used": fault["used"] + 1})
            return _spoiling(fault)
    return None


def holds_back(world: World) -> bool:
    """Say whether a fault has held anything back to let it be overtaken."""
    faults = world.collection(TABLE).all()
    return any(each["effect"] == REORDER and each["used"] for each in faults)


def _is_left(fault: Record) -> bool:
    return fault["times"] is None or fault["used"] < fault["times"]


def _is_for(fault: Record, delivery: Mapping[str, Any]) -> bool:
    return all(fault[name] in {None, delivery[name]} for name in _SELECTORS)


def _spoiling(fault: Record) -> Spoiling:
    effect, seconds = fault["effect"], fault["seconds"]
    held = DEFAULT_SECONDS if seconds is None else seconds
    return Spoiling(effect, timedelta(seconds=held if effect in {DELAY, REORDER} else 0))
