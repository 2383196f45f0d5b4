"""Is what Propexo keeps to itself kept apart from what its operations show?"""

from typing import Any

import pytest

from mock_server.apis.propexo import kept

ENTRATA = "intg-987654321"


def test_a_table_is_named_after_its_resource_and_the_resource_after_its_table(
    propexo: Any,
) -> None:
    for name in propexo.api.catalogue.resources:
        assert kept.model_of(propexo.api.table(name)) == name


def test_the_records_of_a_resource_are_those_that_its_operations_show(propexo: Any) -> None:
    shown = propexo.get("GET /v1/leads/{id}", id="lead-123456789")["results"]
    with propexo.world() as world:
        found = kept.records(world, "leads").get("lead-123456789") or {}
    assert {name: found[name] for name in shown} == shown


@pytest.mark.parametrize("table", kept.RESOURCES)
def test_what_is_kept_is_of_the_world_and_of_no_operation(propexo: Any, table: str) -> None:
    resource = kept.RESOURCES[table]
    assert kept.model_of(table) == resource.name
    assert resource.name not in propexo.api.catalogue.resources
    with propexo.world() as world:
        assert kept.records(world, resource.name).resource is resource


def test_a_change_that_is_kept_comes_back_as_it_was(propexo: Any) -> None:
    row = {
        "id": "1",
        "integration_id": ENTRATA,
        "model": "leads",
        "record_id": "a",
        "change": {"verb": "patch", "values": {"pets": [None, 1.5]}},
        "is_read": False,
    }
    with propexo.world() as world:
        kept.records(world, "pms_changes").add(row)
        assert kept.records(world, "pms_changes").get("1") == row


def test_an_order_of_which_only_the_end_is_said_is_for_everything(propexo: Any) -> None:
    with propexo.world() as world:
        order = kept.records(world, "outcomes").add({"id": "a", "write_status": "FAILURE"})
    whole = ("operation", "integration_id", "errors", "after_seconds", "times")
    assert {name: order[name] for name in whole} == dict.fromkeys(whole)
    assert order["used"] == 0
