"""A world with two webhooks, whose deliveries a test lets leave and answers itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mock_server.contract.resource import Resource
from mock_server.engine import deliveries, delivery_faults
from mock_server.engine.messages import AttemptResult, Message, Request, Retries
from mock_server.engine.moment import Moment
from mock_server.engine.scheduled import ScheduledHandlers
from mock_server.settings import Settings
from mock_server.world.course import Course
from mock_server.world.pristine import SeedPlan
from mock_server.world.records import Record
from mock_server.world.store import Store
from mock_server.world.worlds import Worlds

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
SECRET = "a secret of ours"
WEBHOOKS = Resource("webhooks", {"id": {"type": "string"}, "active": {"type": "boolean"}})


class PostOffice:
    """A world whose deliveries nobody carries away; the webhooks are called `one` and `two`."""

    def __init__(self, **settings: Any) -> None:
        """Send under these settings."""
        self.now = START
        self.settings = Settings(**settings)
        self.store = Store(
            {
                "webhooks": WEBHOOKS,
                deliveries.TABLE: deliveries.RESOURCE,
                delivery_faults.TABLE: delivery_faults.RESOURCE,
            }
        )
        handlers = ScheduledHandlers({deliveries.LEAVE: deliveries.leave}, self.settings)
        self.worlds = Worlds(
            self.store, seed=1, course=Course(handlers.perform), machine=lambda: self.now
        )
        both = [{"id": "one", "active": True}, {"id": "two", "active": True}]
        self.worlds.plant(SeedPlan(lambda _: [("webhooks", both)], {}))

    def pass_time(self, **span: float) -> None:
        """Let the time of the world run on."""
        self.now += timedelta(**span)

    def post(self, to: str = "one", **told: Any) -> Record:
        """Queue a message, signed unless told otherwise, and return its delivery."""
        said = {"api": "toy", "event": "born", "body": '{"a":"é"}', "why": "a test"}
        address = {"url": f"http://localhost/{to}", "secret": SECRET, "signed_in": "x-signature"}
        told = {"retries": Retries(10, timedelta(minutes=15)), **told}
        message = Message(webhook=("webhooks", to), **{**said, **address, **told})
        with self.worlds.turn("w") as world:
            return deliveries.post(Moment(world, self.now, self.settings), message)

    def send_again(self, delivery: Record) -> Record:
        """Queue the same bytes again."""
        with self.worlds.turn("w") as world:
            moment = Moment(world, self.now, self.settings)
            return deliveries.send_again(moment, delivery, "asked for")

    def spoil(self, effect: str, **said: Any) -> None:
        """Spoil deliveries from now on."""
        with self.worlds.turn("w") as world:
            faults = world.collection(delivery_faults.TABLE)
            number = len(faults.all())
            faults.add({"id": f"f{number}", "effect": effect, **said})

    def switch(self, webhook: str, *, active: bool) -> None:
        """Switch a webhook on or off."""
        with self.worlds.turn("w") as world:
            world.collection("webhooks").patch(webhook, {"active": active})

    def out(self) -> list[int]:
        """Return the numbers of the deliveries that have left, in the order in which they did."""
        with self.worlds.turn("w") as world:
            found = [world.collection(deliveries.TABLE).get(each) for each in world.deliveries]
        return [each["number"] for each in found if each]

    def request(self, delivery: Record) -> Request | None:
        """Return what is to be sent of a delivery."""
        with self.worlds.turn("w") as world:
            return deliveries.request(world, delivery["id"])

    def answer(self, delivery: Record, result: AttemptResult) -> Record:
        """Tell what became of an attempt, and return the delivery as it then is."""
        with self.worlds.turn("w") as world:
            deliveries.note(world, delivery["id"], result)
        return self.found(delivery)

    def found(self, delivery: Record) -> Record:
        """Return a delivery as it now is."""
        with self.worlds.turn("w") as world:
            return world.collection(deliveries.TABLE).get(delivery["id"]) or {}

    def log(self) -> list[Record]:
        """Return every delivery, oldest first."""
        with self.worlds.turn("w") as world:
            return list(world.collection(deliveries.TABLE).all())

    def faults(self) -> list[Record]:
        """Return every delivery fault, oldest first."""
        with self.worlds.turn("w") as world:
            return list(world.collection(delivery_faults.TABLE).all())


@pytest.fixture
def open_office() -> Iterator[Callable[..., PostOffice]]:
    """Open post offices under settings of a test's own."""
    opened: list[PostOffice] = []

    def open_one(**settings: Any) -> PostOffice:
        opened.append(PostOffice(**settings))
        return opened[-1]

    yield open_one
    for each in opened:
        each.store.close()


@pytest.fixture
def office(open_office: Callable[..., PostOffice]) -> PostOffice:
    """Return a post office under the ordinary settings."""
    return open_office()
