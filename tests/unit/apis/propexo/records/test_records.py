"""Is what every ordinary write leaves behind a record as its schema promises, well linked?"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from mock_server.app import every_api
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.schemas import Builder
from mock_server.engine.api import Api
from tests.contract import demands
from tests.unit.apis.propexo.records.bodies import LANDED, Ground, Record

(API,) = (each for each in every_api() if each.name == "propexo")
WRITES = {Kind.CREATE, Kind.UPDATE, Kind.ACTION}
# Of events, leads and what is not read back other tests tell; so they do of administration.
ELSEWHERE = {"events", "leads", "webhooks", "integrations", "job_logs", None}
TWINS = {(each.generic, each.vendor) for each in API.catalogue.operations.values()}
_TARGETS = {"property_id": "properties"}
# What a write means nothing without, where the contract demands it of no PMS.
NEEDED = {
    "POST /v1/payable-registers/cancel": {"payable_register_id": "payable_registers"},
    "POST /v1/payable-registers/cancel/yardi": {"payable_register_id": "payable_registers"},
    "POST /v1/rentable-items/applicants/assign": {
        "rentable_item_id": "rentable_items",
        "applicant_id": "applicants",
    },
    "POST /v1/resident-pets/": {"resident_id": "residents"},
    "POST /v1/service-request-history/": {"service_request_id": "service_requests"},
}

# What the pages of these tell in words alone.
TOLD_IN_WORDS = {
    "POST /v1/resident-payments/rentvine/": demands.bank_account,
    "POST /v1/vendors/entrata/": demands.one_is_primary,
}


def ordinary(operation: Operation) -> bool:
    """Say whether the operation is a write of a property system's own records.

    Where only some PMSs support it, all of them have rules of their own.
    """
    is_admin = "/admin/" in operation.path or operation.path.startswith("/crm/")
    return operation.kind in WRITES and not is_admin and _is_told_here(operation)


def _is_told_here(operation: Operation) -> bool:
    return operation.resource not in ELSEWHERE and not operation.only_for


ORDINARY = [each for each in API.catalogue.operations.values() if ordinary(each)]


@pytest.fixture
def ground(propexo: Any) -> Callable[[Operation], Ground]:
    """Return the records of an integration whose PMS has no rules of its own for a write."""

    def ground(operation: Operation) -> Ground:
        with propexo.world() as world:
            for each in propexo.api.records(world, "integrations").all():
                made = Ground(propexo.api, world, each["id"])
                is_meant = operation.vendor in {None, each["vendor"]}
                has_rules = (operation.key, each["vendor"]) in TWINS
                if is_meant and not has_rules and lives_in(made, operation):
                    return made
        raise LookupError(f"no integration has what {operation.key} needs")

    return ground


@pytest.mark.parametrize("full", [False, True], ids=["least", "most"])
@pytest.mark.parametrize("operation", ORDINARY, ids=lambda each: each.key)
def test_what_lands_is_as_its_schema_promises(
    operation: Operation,
    full: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    ground: Callable[[Operation], Ground],
    landed: Callable[[Any], Any],
) -> None:
    place = ground(operation)
    path = path_of(place, operation)
    body = body_of(place, operation, path, full=full)
    landed(propexo.get(operation.key, body, **path))
    with propexo.world() as world:
        touched = {name: touched_in(world, name) for name in changed(API, world)}
        assert any(touched.values()) or body == {}
        for name, records in touched.items():
            assert misfits(name, records) == []
            assert list(mislinked(world, name, records)) == []


def lives_in(made: Ground, operation: Operation) -> bool:
    """Say whether the integration has people, and pets where the operation is about one."""
    residents = made.of("residents")
    needs_pets = operation.path_names == ("pet_id",)
    has_pets = any(each["pets"] for each in residents)
    return bool(residents and made.of("applicants")) and (has_pets or not needs_pets)


def body_of(place: Ground, operation: Operation, path: Record, *, full: bool) -> Record:
    """Return a valid body, with what the write means nothing without."""
    body: Record = place.body(operation.body or {}, full=full)
    body = place.filled(operation, body)
    for name, resource in NEEDED.get(operation.key, {}).items():
        body[name] = place.of(resource)[0]["id"]
    if operation.key in TOLD_IN_WORDS:
        body.update(TOLD_IN_WORDS[operation.key](place, operation, body))
    if "vendor" in body:
        body["vendor"] = place.of("integrations")[0]["vendor"]
    is_told = "resident_pet_id" in (operation.body or {}).get("properties", {})
    return {**body, **({"resident_pet_id": path["pet_id"]} if is_told else {})}


def path_of(place: Ground, operation: Operation) -> Record:
    """Return parameters of the path that name what exists."""
    if operation.path_names == ("pet_id",):
        kept = (pet for each in place.of("residents") for pet in each["pets"])
        return {"pet_id": next(kept)["id"]}
    nested = operation.path.split("/")[3]
    resource = nested if nested in {"units", "properties"} else operation.resource
    if operation.action is not None:
        resource = operation.path.split("/")[2].replace("-", "_")
    return {name: place.of(resource or "")[0]["id"] for name in operation.path_names}


def changed(api: Api, world: Any) -> Iterator[str]:
    """Yield the resources of which the world has rows of its own."""
    for name in api.catalogue.resources:
        is_own = world.owns(api.table(name))
        if is_own and name not in {"job_logs", "data_diffs"}:
            yield name


def touched_in(world: Any, resource: str) -> list[Record]:
    """Return the records that the write has added or changed."""
    records = API.records(world, resource).all()
    return [each for each in records if each["updated_at"] == LANDED]


@cache
def problems_of(resource: str) -> Callable[[Any], tuple[Any, ...]]:
    """Return the check of a record against its resource's schema."""
    schemas = API.catalogue.document.schemas.values()
    schema = next(each for each in schemas if each.get("x-resource") == resource)
    return Builder(API.catalogue.document).reply(replace(ORDINARY[0], reply=schema))


def misfits(resource: str, records: list[Record]) -> list[tuple[str, Any]]:
    """Return what is wrong with records by their schema."""
    fields = API.catalogue.resources[resource].fields
    return [
        (resource, problem)
        for each in records
        for problem in problems_of(resource)({name: each[name] for name in fields})
    ]


def mislinked(world: Any, resource: str, records: list[Record]) -> Iterator[tuple[str, str, Any]]:
    """Yield the ids that lead nowhere, or stand beside the PMS's id of another record."""
    for each in records:
        for name, value in each.items():
            target = _TARGETS.get(name, f"{name.removesuffix('_id')}s")
            if not name.endswith("_id") or value is None or target not in API.catalogue.resources:
                continue
            linked = API.records(world, target).get(value)
            if linked is None or each.get(f"x_{name}", linked.get("x_id")) != linked.get("x_id"):
                yield resource, name, value
