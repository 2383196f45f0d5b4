"""Which calls were made to a world, and are they as a test expects?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from mock_server.testing.control import MOST_IN_A_PAGE, Control, Json
from mock_server.world.clock import parse


@dataclass(frozen=True)
class Message:
    """What was answered: the headers, and the body as parsed JSON, or as text where it is none."""

    headers: Mapping[str, str]
    body: Any
    bytes: int


@dataclass(frozen=True)
class Request(Message):
    """What was asked. Credentials in the headers are shown as stars."""

    method: str
    path: str
    query: str


@dataclass(frozen=True)
class RecordedCall:
    """A call that was answered, with the names of `GET /__admin/calls`; `at` is world time."""

    number: int
    at: datetime
    api: str | None
    operation: str | None
    world: str
    credential: str | None
    status: int
    faults: list[str]
    milliseconds: float
    request: Request
    reply: Message


def recorded(control: Control, filters: Mapping[str, Any]) -> Iterator[RecordedCall]:
    """Yield the calls of the world that the filters select, oldest first."""
    offset, total = 0, 1
    while offset < total:
        asked = urlencode({"after": 0, **filters, "offset": offset, "limit": MOST_IN_A_PAGE})
        page = control.ask("GET", f"/__admin/calls?{asked}")
        yield from map(_call, page["results"])
        offset, total = offset + MOST_IN_A_PAGE, page["meta"]["total"]


def verify(control: Control, expected: Mapping[str, Any]) -> None:
    """Raise `AssertionError`, which names the nearest calls, unless the calls are as expected."""
    verdict = control.ask("POST", "/__admin/calls/verify", {**expected})
    if not verdict["holds"]:
        raise AssertionError("\n".join([verdict["message"], *map(_near, verdict["nearest"])]))


def _call(told: Json) -> RecordedCall:
    given = {
        **told,
        "at": parse(told["at"]),
        "request": Request(**told["request"]),
        "reply": Message(**told["reply"]),
    }
    return RecordedCall(**given)


def _near(told: Json) -> str:
    differences = "; ".join(told["differences"])
    return f"call {told['number']}, {told['operation']} -> {told['status']}: {differences}"
