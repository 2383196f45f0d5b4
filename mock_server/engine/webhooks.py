"""What a vendor says of its webhooks, so that events can be fired, sent again and spoiled."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.engine.messages import Message
from mock_server.engine.moment import Moment
from mock_server.world.records import Record
from mock_server.world.world import World

Order = Mapping[str, Any]


@dataclass(frozen=True)
class Fired:
    """An event that is sent on request, and the text of its body; `model` is what it is about."""

    event: str
    text: str
    model: str | None = None
    record_id: str | None = None


@dataclass(frozen=True)
class Webhooks:
    """A vendor's webhooks.

    `table` is where they are kept, `events` are what they can order, and `how_to_subscribe` names
    the operation that adds one. `subscribers` returns the active ones that ordered an event, of a
    model where it is about one. `fire` makes the event that a test asks for; it raises `Invalid`
    where too little is said. `message_to` puts an event, with its body, the reason and the
    record's id, into a message to one webhook.
    """

    table: str
    events: tuple[str, ...]
    how_to_subscribe: str
    subscribers: Callable[[World, str, str | None], Iterable[Record]]
    fire: Callable[[Moment, Order], Fired]
    message_to: Callable[[Record, str, str, str, str | None], Message]
    are_signed: bool = False
