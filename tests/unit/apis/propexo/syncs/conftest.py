"""A PMS whose own side a test changes, and the syncs that bring Propexo's copy after it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import truth
from mock_server.engine.changes import Change
from mock_server.engine.moment import Moment
from mock_server.world.queries import where
from tests.unit.apis.conftest import Desk

ONE = "/v1/admin/integrations/{integration_id}"
NEW_STAMPS = ("created_at", "updated_at", "last_seen")
CHANGED_STAMPS = ("updated_at", "last_seen")


@dataclass(frozen=True)
class Office:
    """One integration of a desk's world: what its PMS holds, and what Propexo knows of it."""

    desk: Desk
    id: str

    def change(self, verb: str, model: str, record_id: str, **values: Any) -> None:
        """Change the PMS's side alone."""
        stamps = {"add": NEW_STAMPS, "patch": CHANGED_STAMPS}.get(verb, ())
        made = Change(verb, f"propexo_{model}", record_id, values, stamps)
        with self.desk.world() as world:
            truth.change(world, self.id, made)

    def amend(self, table: str, record_id: str, **values: Any) -> None:
        """Change one of Propexo's own records."""
        with self.desk.world() as world:
            records(world, table).patch(record_id, values)

    def own(self, model: str) -> list[dict[str, Any]]:
        """Return Propexo's copies of a model, as they were added."""
        with self.desk.world() as world:
            found: list[dict[str, Any]] = records(world, model).all(where(integration_id=self.id))
        return found

    def one(self, model: str, record_id: str) -> dict[str, Any] | None:
        """Return one of Propexo's copies, None where it has none."""
        with self.desk.world() as world:
            found: dict[str, Any] | None = records(world, model).get(record_id)
        return found

    def seen(self, model: str, **equals: Any) -> set[str]:
        """Return when the copies were last seen whose fields equal these."""
        found = self.own(model)
        equal = [each for each in found if equals.items() <= each.items()]
        return {each["last_seen"] for each in equal}

    def integration(self) -> dict[str, Any]:
        """Return the integration as its own operation shows it."""
        found: dict[str, Any] = self.desk.get(f"GET {ONE}/", integration_id=self.id)["results"]
        return found

    def ask(self, what: str, **body: Any) -> tuple[int, Any]:
        """Ask for a sync: `manual-sync` or `back-sync`."""
        return self.desk.ask(f"POST {ONE}/{what}", body, integration_id=self.id)

    def sync(self, what: str = "manual-sync", **body: Any) -> None:
        """Sync until it has ended, five seconds later."""
        status, said = self.ask(what, **body)
        assert status == 200, said
        self.desk.machine.advance(seconds=5)

    def moment(self, world: Any) -> Moment:
        """Return this instant in the world."""
        return Moment(world, world.clock.now(), self.desk.settings)


@pytest.fixture
def propexo(documented: Desk) -> Desk:
    return documented


@pytest.fixture
def office_of(propexo: Desk, first: Callable[..., dict[str, Any]]) -> Callable[[str], Office]:
    """Return the seeded integration of a PMS."""
    return lambda vendor: Office(propexo, first("integrations", vendor)["id"])


@pytest.fixture
def office(office_of: Callable[[str], Office]) -> Office:
    return office_of("RENTVINE")


@pytest.fixture
def connected(propexo: Desk) -> Callable[..., Office]:
    """Connect a new AppFolio, switched on unless said otherwise."""

    def connected(**settings: Any) -> Office:
        body = {
            "integration_vendor": "APPFOLIO",
            "credentials": {"clientId": "c", "clientSecret": "s3cr3t", "developerId": "d"},
            "name": "West coast",
            "active": True,
            **settings,
        }
        made = propexo.get("POST /v1/admin/integrations/", body)["result"]
        return Office(propexo, made["id"])

    return connected
