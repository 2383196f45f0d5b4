"""Does every operation answer over PostgreSQL with the very bytes that it has over SQLite?"""

from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from flask import Flask

from mock_server.contract.operation import Operation
from mock_server.engine.api import Api
from tests.cluster import Cluster
from tests.contract.case import VENDORS, Case, has_body, is_list, succeeds
from tests.contract.conftest import made

_worlds = count(1)


@pytest.fixture(scope="module")
def apps(cluster: Cluster) -> Iterator[tuple[Flask, Flask]]:
    """Return the same application over both databases."""
    both = made(read_back="always"), made(read_back="always", db=cluster.new())
    yield both
    for each in both:
        each.extensions["mock_server"].close()


def operations() -> Iterator[tuple[Api, Operation]]:
    """Yield every operation that can succeed."""
    for api in VENDORS:
        for operation in api.catalogue.operations.values():
            if succeeds(operation):
                yield api, operation


def lists() -> Iterator[tuple[Api, Operation]]:
    """Yield every operation that lists records."""
    return ((api, operation) for api, operation in operations() if is_list(operation))


def told(apps: tuple[Flask, Flask], which: tuple[Api, Operation], world: str, **query: Any) -> Any:
    """Return what each application is told by the same valid call."""
    first, second = (Case(app, *which, world) for app in apps)
    body = first.valid_body() if has_body(which[1]) else None
    asked = {"path": first.valid_path, "query": {**first.valid_query, **query}}
    answers = [each.send(body, **asked) for each in (first, second)]
    return [(each.status_code, each.data) for each in answers]


def test_every_operation_and_what_it_leaves_is_the_same(apps: tuple[Flask, Flask]) -> None:
    # All in one world: what the earlier ones have written stands in the way of the later ones.
    world = f"alike{next(_worlds)}"
    for api, operation in operations():
        first, second = told(apps, (api, operation), world)
        assert first == second, operation.key
    for app in apps:
        advance(app, world)
    for api, operation in lists():
        first, second = told(apps, (api, operation), world)
        assert first == second, operation.key


def advance(app: Flask, world: str) -> None:
    """Let happen what is planned."""
    headers = {"Authorization": f"Bearer sandbox_{world}"}
    answer = app.test_client().post(
        "/__admin/clock/advance", json={"until": "idle"}, headers=headers
    )
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("query", [{"order-by": "id:asc", "limit": 3, "offset": 1}])
def test_lists_come_in_the_same_order(apps: tuple[Flask, Flask], query: dict[str, Any]) -> None:
    for api, operation in lists():
        if api.name == "propexo" and any(each.paging for each in operation.query):
            for field in fields(api, operation):
                asked = {**query, "order-by": f"{field}:desc"}
                first, second = told(apps, (api, operation), "orders", **asked)
                assert first == second, (operation.key, field)


def fields(api: Api, operation: Operation) -> list[str]:
    """Return some of the fields that a list can be ordered by: of each type one."""
    known = api.catalogue.resources[operation.resource or ""].fields
    by_type = {str(each.get("type")): name for name, each in known.items()}
    return sorted(by_type.values())
