"""A toy contract of two resources, and sandboxes over it whose clock moves only when told to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mock_server.contract.resource import Filter, Resource
from mock_server.world.agenda import Entry
from mock_server.world.course import Course
from mock_server.world.pristine import SeedPlan
from mock_server.world.store import Store
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

STRING, NULLABLE = {"type": "string"}, {"type": ["string", "null"]}
PETS = Resource(
    "pets",
    {
        "id": STRING,
        "name": NULLABLE,
        "age": {"type": ["integer", "null"]},
        "is_tame": {"type": "boolean"},
        "phone": NULLABLE,
        "email": NULLABLE,
        "tags": {"type": "array"},
        "note": NULLABLE,
        "created_at": STRING,
    },
    private={"owner": "string"},
    filters=frozenset(
        {
            Filter("name"),
            Filter("age"),
            Filter("age", "at_least"),
            Filter("age", "at_most"),
            Filter("is_tame"),
            Filter("owner"),
            Filter("phone", "digits"),
            Filter("email", "ignoring_case"),
            Filter("tags", "contains"),
        }
    ),
)
TOYS = Resource("toys", {"id": STRING, "colour": NULLABLE})
FIRST_MORNING = datetime(2026, 3, 1, 9, tzinfo=UTC)


@dataclass
class Machine:
    """A machine's clock that moves when it is told to."""

    time: datetime = FIRST_MORNING

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, **span: float) -> None:
        self.time += timedelta(**span)


@dataclass
class Sandbox:
    """A store, the worlds over it, and the machine they run on."""

    store: Store
    worlds: Worlds
    machine: Machine
    turn: Callable[[str], Any] = field(init=False)

    def __post_init__(self) -> None:
        self.turn = self.worlds.turn

    def ids(self, name: str, table: str = "pets") -> list[str]:
        with self.turn(name) as world:
            return [each["id"] for each in world.collection(table).all()]


def bring_pet(entry: Entry, world: World) -> None:
    """Perform an entry of the agenda: a pet arrives."""
    world.collection("pets").add(entry.details)


@contextmanager
def failing(step: AbstractContextManager[Any]) -> Iterator[Any]:
    with suppress(KeyError), step as value:
        yield value
        raise KeyError


@pytest.fixture
def undone() -> Callable[[AbstractContextManager[Any]], AbstractContextManager[Any]]:
    """Run a transaction or a turn that ends in an exception."""
    return failing


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def open_store() -> Iterator[Callable[..., Store]]:
    opened: list[Store] = []

    def open_one(path: object = None) -> Store:
        opened.append(Store({"pets": PETS, "toys": TOYS}, path and str(path)))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()


@pytest.fixture
def open_sandbox(open_store: Callable[..., Store], machine: Machine) -> Callable[..., Sandbox]:
    def open_one(
        pets: Sequence[Mapping[str, Any]] = (), *, path: object = None, seed: int = 1
    ) -> Sandbox:
        store = open_store(path)
        worlds = Worlds(store, seed=seed, course=Course(bring_pet), machine=machine)
        worlds.plant(SeedPlan(lambda _: [("pets", pets)], {"seed": seed}))
        return Sandbox(store, worlds, machine)

    return open_one


@pytest.fixture
def sandbox(open_sandbox: Callable[..., Sandbox]) -> Sandbox:
    """Two pets are there from the start: Ada and Bo."""
    return open_sandbox([{"id": "ada", "name": "Ada"}, {"id": "bo", "name": "Bo"}])
