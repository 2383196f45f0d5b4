"""The integration that a path or a body of the sandbox's own operations names."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo.kept import records
from mock_server.engine.refusals import Invalid, NotFound, broken
from mock_server.nearest import listed, unknown
from mock_server.world.records import Record
from mock_server.world.world import World


def of_path(path: Mapping[str, str], world: World) -> Record:
    """Return the integration that a path names; raises `NotFound` naming the nearest one."""
    found = records(world, "integrations").get(path["integration_id"])
    if found is None:
        raise NotFound(_unknown(world, path["integration_id"]))
    return found


def of_body(body: Mapping[str, Any], world: World) -> Record:
    """Return the integration that a body names; raises `Invalid` naming the nearest one."""
    found = records(world, "integrations").get(body["integration_id"])
    if found is None:
        advice = _unknown(world, body["integration_id"])
        raise Invalid([broken("integration_id", advice, body["integration_id"])])
    return found


def _unknown(world: World, integration_id: str) -> str:
    """Tell of integrations by their ids, and to whom gives a vendor's name, of that vendor's."""
    all_there_are = records(world, "integrations").all()
    ids = [each["id"] for each in all_there_are]
    of_vendor = [each["id"] for each in all_there_are if each["vendor"] == integration_id.upper()]
    if of_vendor:
        told = listed(of_vendor, last="or")
        return f"an integration is named by its id; {integration_id.upper()} has {told}"
    where = "GET /v1/admin/integrations/ lists them"
    return unknown("integration", integration_id, ids, where)
