"""Two replicas over one PostgreSQL, and one process over SQLite that has to answer alike."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from mock_server.contract.resource import Resource
from mock_server.world.course import Course
from mock_server.world.pristine import SeedPlan
from mock_server.world.store import Store
from mock_server.world.worlds import Worlds
from tests.cluster import Cluster
from tests.unit.world.conftest import PETS, TOYS, Machine, Sandbox, bring_pet, failing

SEEDED = [{"id": "ada", "name": "Ada"}, {"id": "bo", "name": "Bo"}]


class Replicas:
    """Sandboxes of a toy contract over one database, each as a process of its own has it."""

    def __init__(self, url: str | None, how_many: int) -> None:
        """Open the database so often; None is one in memory."""
        self.machine = Machine()
        self.all = [self._opened(url) for _ in range(how_many)]

    def _opened(self, url: str | None) -> Sandbox:
        store = Store({"pets": PETS, "toys": TOYS}, url)
        worlds = Worlds(store, seed=1, course=Course(bring_pet), machine=self.machine)
        worlds.plant(SeedPlan(lambda _: [("pets", SEEDED)], {"seed": 1}))
        return Sandbox(store, worlds, self.machine)

    def close(self) -> None:
        """Close them all."""
        for each in self.all:
            each.worlds.close()


@pytest.fixture(scope="session")
def toy_template(cluster: Cluster) -> str:
    """Lay out the toy contract once: a copy of a database is made sooner than its tables."""
    Replicas(url := cluster.new(), 1).close()
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def replicas(cluster: Cluster, toy_template: str) -> Iterator[Callable[..., Sequence[Sandbox]]]:
    """Open replicas over a new database."""
    opened: list[Replicas] = []

    def open_some(how_many: int = 2) -> Sequence[Sandbox]:
        opened.append(Replicas(cluster.new(toy_template), how_many))
        return opened[-1].all

    yield open_some
    for each in opened:
        each.close()


@pytest.fixture
def undone() -> Callable[..., Any]:
    """Run a turn that ends in an exception."""
    return failing


@pytest.fixture
def open_postgresql(cluster: Cluster) -> Iterator[Callable[[dict[str, Resource]], Store]]:
    """Open a store of these resources on a new database."""
    opened: list[Store] = []

    def open_one(resources: dict[str, Any]) -> Store:
        opened.append(Store(resources, cluster.new()))
        return opened[-1]

    yield open_one
    for each in opened:
        each.close()
