"""Writes that land in a world of their own, and the records that they leave there."""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo import pms_rules
from mock_server.world.queries import where
from tests.unit.apis.propexo.records.bodies import Ground

Record = dict[str, Any]


@pytest.fixture
def home(propexo: Any) -> Callable[..., Record]:
    """Return a lease with all that is linked to it; its PMS has next to no rules of its own."""

    def home(vendor: str = "APPFOLIO") -> Record:
        with propexo.world() as world:
            found = propexo.api.records(world, "leases").all(where(integration_vendor=vendor))
        lease = next(each for each in found if each["resident_id"] and each["unit_id"])
        return dict(lease)

    return home


@pytest.fixture
def other(propexo: Any) -> Callable[..., Record]:
    """Return a seeded record of the integration that a lease belongs to."""

    def other(resource: str, lease: Record, **having: Any) -> Record:
        selection = where(integration_id=lease["integration_id"], **having)
        with propexo.world() as world:
            return dict(propexo.api.records(world, resource).all(selection)[0])

    return other


@pytest.fixture
def stored(propexo: Any) -> Callable[[str, str], Record]:
    """Return a record as it is stored, what is never shown included."""

    def stored(resource: str, record_id: str) -> Record:
        with propexo.world() as world:
            found: Record = propexo.api.records(world, resource).get(record_id)
            return found

    return stored


@pytest.fixture
def write(propexo: Any, landed: Callable[[Any], Any]) -> Callable[..., dict[str, list[Record]]]:
    """Make a write, let it land, and return the new records by resource."""

    def write(key: str, body: Record, **path: str) -> dict[str, list[Record]]:
        before = _ids(propexo)
        landed(propexo.get(key, _filled(propexo, key, body), **path))
        with propexo.world() as world:
            after = {name: propexo.api.records(world, name).all() for name in before}
        new = {
            name: [each for each in found if each["id"] not in before[name]]
            for name, found in after.items()
            if name not in {"job_logs", "data_diffs"}
        }
        return {name: found for name, found in new.items() if found}

    return write


def _filled(propexo: Any, key: str, body: Record) -> Record:
    """Return a body with what a PMS without rules of its own demands all the same."""
    operation, twins = propexo.api.catalogue[key], pms_rules.twins_of(propexo.api.catalogue)
    with propexo.world() as world:
        found = propexo.api.records(world, "integrations").get(body.get("integration_id"))
        if operation.vendor or found is None or found["vendor"] in twins.get(key, {}):
            return body
        return Ground(propexo.api, world, found["id"]).filled(operation, body)


def _ids(propexo: Any) -> dict[str, set[str]]:
    resources = propexo.api.catalogue.resources
    with propexo.world() as world:
        return {
            name: {each["id"] for each in propexo.api.records(world, name).all()}
            for name in resources
        }
