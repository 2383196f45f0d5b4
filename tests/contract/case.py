"""One operation under test: in a world of its own, with everything it takes to call it."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from mock_server.app import every_api
from mock_server.contract.document import Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.engine import jobs
from mock_server.engine.api import Api
from mock_server.world.world import World
from mock_server.world.worlds import Worlds
from tests.contract import grounds, paths, valid_calls
from tests.contract.grounds import Ground, Record

APIS = every_api()
# The sandbox's own operations need no credential and move clocks: they have tests of their own.
VENDORS = tuple(each for each in APIS if each.name != "sandbox")
MORNING = datetime(2026, 3, 1, 9, tzinfo=UTC)


# What no call brings about, however valid, and why: these are asked for refusals alone.
NEVER_DONE = {
    "GET /v1/admin/job-logs/{job_log_id}/data": "it redirects, so its answer is no JSON",
}


def each_operation(
    fits: Callable[[Operation], object] = lambda _: True, *, case: str = "case"
) -> pytest.MarkDecorator:
    """Run a test once for each operation that can succeed and fits, under the operation's key.

    `case` is the fixture that makes a case of it.
    """
    return each_of_all(lambda operation: succeeds(operation) and fits(operation), case=case)


def each_of_all(fits: Callable[[Operation], object], *, case: str = "case") -> pytest.MarkDecorator:
    """Run a test once for each operation that fits, under the operation's key."""
    chosen = [
        pytest.param((api, operation), id=operation.key)
        for api in VENDORS
        for operation in api.catalogue.operations.values()
        if fits(operation)
    ]
    return pytest.mark.parametrize(case, chosen, indirect=True)


def succeeds(operation: Operation) -> bool:
    """Say whether there is a call of the operation that is not refused."""
    return operation.kind is not Kind.UNSUPPORTED and operation.key not in NEVER_DONE


def has_body(operation: Operation) -> bool:
    """Say whether calls of the operation carry a body."""
    return operation.body is not None


def is_list(operation: Operation) -> bool:
    """Say whether the operation lists records."""
    return operation.kind is Kind.LIST


def is_paged(operation: Operation) -> bool:
    """Say whether the operation lists records page by page."""
    return is_list(operation) and any(each.paging for each in operation.query)


@dataclass(frozen=True, eq=False)
class Case:
    """One operation, to be called in a world that nobody else uses."""

    app: Flask
    api: Api
    operation: Operation
    world: str

    @property
    def worlds(self) -> Worlds:
        """Return the worlds of the application."""
        return self.app.extensions["mock_server"]  # type: ignore[no-any-return]

    def in_world(self, act: Callable[[World], Any]) -> Any:
        """Return what `act` finds in the case's world."""
        with self.worlds.turn(self.world) as world:
            return act(world)

    def records(self, resource: str | None = None) -> list[Record]:
        """Return all records of a resource as the world has them, private fields included."""
        name = resource or self.operation.resource or ""
        found: list[Record] = self.in_world(lambda world: self.api.records(world, name).all())
        return found

    def seeded(self, resource: str | None = None) -> list[Record]:
        """Return all records of a resource as every world begins with them; not to be changed."""
        return _seeded(self.app, self.api.table(resource or self.operation.resource or ""))

    def advance(self, seconds: float) -> None:
        """Let time pass in the case's world."""
        self.in_world(lambda world: world.clock.advance(timedelta(seconds=seconds)))

    @property
    def is_untouched(self) -> bool:
        """Say whether nothing was written in the case's world."""
        return self.written == {}

    def _kept(self, world: World) -> dict[str, list[Record]]:
        """Return the records of every table in which something was written."""
        names = [*map(self.api.table, self.api.catalogue.resources), jobs.TABLE]
        written = [each for each in names if world.owns(each)]
        return {each: world.collection(each).all() for each in written}

    @cached_property
    def ground(self) -> Ground:
        """Return the records from which valid calls take what they refer to."""
        return _ground(self.app, self.api, self.operation)

    @property
    def grounds(self) -> list[Ground]:
        """Return the records of every integration in which the operation can be called."""
        return _grounds(self.app, self.api, self.operation)

    @property
    def schema(self) -> Schema:
        """Return what a valid body is like: by the rules of the PMS that it is for."""
        return self.ground.schema

    def valid_body(self, *, full: bool = False) -> dict[str, Any]:
        """Return a valid body."""
        return copy.deepcopy(_body(self.ground, self.operation, full))

    @cached_property
    def valid_path(self) -> dict[str, str]:
        """Return values of the path's parameters that name what exists."""
        return paths.path_of(self.ground, self.operation) or {}

    @property
    def valid_query(self) -> dict[str, str]:
        """Return the query parameters without which the operation answers nothing."""
        if self.operation.path.endswith("/person/leads"):
            return {"email": self.seeded()[0]["email"]}
        required = [each for each in self.operation.query if each.required]
        return {each.name: each.schema["enum"][0] for each in required}

    def sibling(self, key: str) -> "Case":
        """Return another operation of the same Api in the same world."""
        return Case(self.app, self.api, self.api.catalogue[key], self.world)

    @property
    def written(self) -> dict[str, list[Record]]:
        """Return the records of every table in which something was written."""
        kept: dict[str, list[Record]] = self.in_world(self._kept)
        return kept

    def has_kind(self, kind: Kind) -> bool:
        """Say whether some operation lists or fetches the resource of this one."""
        every = self.api.catalogue.operations.values()
        return any((each.kind, each.resource) == (kind, self.operation.resource) for each in every)

    def of_kind(self, kind: Kind) -> "Case":
        """Return the operation that lists or fetches the resource of this one."""
        every = self.api.catalogue.operations.values()
        # A list of everything comes before one within something else.
        for each in sorted(every, key=lambda one: len(one.path_filters)):
            if (each.kind, each.resource) == (kind, self.operation.resource) and not each.where:
                return self.sibling(each.key)
        raise LookupError(f"nothing {kind}s {self.operation.resource}")

    def send(
        self,
        body: Any = None,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> TestResponse:
        """Call the operation; what is not said is valid."""
        url = self.operation.path.format(**(self.valid_path if path is None else path))
        sent: dict[str, Any] = {} if content is None else {"data": content}
        if content is None and has_body(self.operation):
            sent = {"json": self.valid_body() if body is None else body}
        return self.app.test_client().open(
            url,
            method=self.operation.method,
            query_string=self.valid_query if query is None else query,
            headers=self.credential(f"sandbox_{self.world}") if headers is None else headers,
            **sent,
        )

    def credential(self, text: str) -> dict[str, str]:
        """Return the headers that carry a credential."""
        return self.api.sent_as(text)


@cache
def _seeded(app: Flask, table: str) -> list[Record]:
    worlds: Worlds = app.extensions["mock_server"]
    with worlds.turn("nobody") as world:
        return world.collection(table).all()


@cache
def _grounds(app: Flask, api: Api, operation: Operation) -> list[Ground]:
    def records(resource: str) -> list[Record]:
        return _seeded(app, api.table(resource))

    found = grounds.grounds(api, records, operation)
    return [each for each in found if valid_calls.is_possible(each, operation)]


@cache
def _ground(app: Flask, api: Api, operation: Operation) -> Ground:
    return grounds.best(_grounds(app, api, operation), operation, has_path=paths.has_path)


@cache
def _body(ground: Ground, operation: Operation, full: bool) -> dict[str, Any]:  # noqa: FBT001
    return valid_calls.body(ground, operation, full=full)
