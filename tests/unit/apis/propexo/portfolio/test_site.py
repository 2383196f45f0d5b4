"""Does a whole world keep the contract's word: fields, formats, links, and nothing to come?"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from mock_server.apis.propexo.portfolio import ordinary
from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.ordinary import target_of
from mock_server.apis.propexo.portfolio.site import in_text, moment
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.schemas import Builder

from .conftest import NOW, Build, Portfolio

# Dates that people plan or agree on may lie ahead, and so may appointments.
_AHEAD = (
    "due_date", "date_due", "end_date", "planned_end_date", "move_out_date", "expiration_date",
    "rent_due_date", "reserved_until_date", "discount_date", "cancellation_date",
    "appointment_datetime", "target_move_in_date", "scheduled_move_out_date", "post_month",
)  # fmt: skip
# What an administrator sees is told of by integration and by trigger, not by these fields' names.
_OTHER_IDS = {"job_id", "parent_job_id", "root_job_id", "model_record_id", "job_schedule_id"}


def ids(value: Any) -> list[Any]:
    """Give what a pointer points at: nothing, one id or several."""
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


def plain(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every named value of a record, those inside its parts too."""
    if isinstance(value, list):
        for each in value:
            yield from plain(each)
    if isinstance(value, dict):
        for name, each in value.items():
            yield name, each
            yield from plain(each)


def test_every_record_is_what_the_contract_promises(
    portfolio: Portfolio, contract: Catalogue
) -> None:
    some_operation = next(iter(contract.operations.values()))
    builder = Builder(contract.document, strict=True)
    for resource, schema in _record_schemas(contract).items():
        check = builder.reply(replace(some_operation, reply={"type": "array", "items": schema}))
        public = contract.resources[resource].fields
        shown = [{name: one[name] for name in one if name in public} for one in portfolio[resource]]
        assert check(shown) == (), resource


def _record_schemas(contract: Catalogue) -> dict[str, Any]:
    schemas = contract.document.schemas.values()
    return {one["x-resource"]: one for one in schemas if "x-resource" in one}


def test_every_resource_has_records(portfolio: Portfolio, contract: Catalogue) -> None:
    assert contract.resources.keys() - portfolio.keys() <= {"jobs"}


def test_no_id_dangles_anywhere(portfolio: Portfolio, contract: Catalogue) -> None:
    there = {name: {one["id"] for one in records} for name, records in portfolio.items()}
    checked = set()
    for resource, records in portfolio.items():
        for record in records:
            for name, value in plain(record):
                target = None if name in _OTHER_IDS else target_of(name, contract.resources)
                if target is not None and isinstance(value, (str, list)):
                    checked.add(target)
                    assert set(ids(value)) <= there[target], (resource, name)
    assert {"residents", "leases", "units", "vendors", "charge_codes", "properties"} <= checked


def test_what_is_linked_stands_at_the_same_property(
    portfolio: Portfolio, contract: Catalogue
) -> None:
    homes = {one["id"]: one.get("property_id") for group in portfolio.values() for one in group}
    for resource, records in portfolio.items():
        for record in (one for one in records if one.get("property_id")):
            for name in record.keys() - _OTHER_IDS:
                if target_of(name, contract.resources) is not None:
                    found = {homes[one] for one in ids(record[name])}
                    assert found <= {None, record["property_id"]}, (resource, name)


def test_a_link_by_the_systems_own_id_agrees_with_the_link_by_id(
    portfolio: Portfolio, contract: Catalogue
) -> None:
    x_ids = {one["id"]: one.get("x_id") for group in portfolio.values() for one in group}
    pairs = 0
    for resource, records in portfolio.items():
        for record in records:
            for name in record.keys() & {f"x_{one}" for one in record}:
                linked = record[name.removeprefix("x_")]
                is_link = target_of(name.removeprefix("x_"), contract.resources) is not None
                if is_link and isinstance(linked, str):
                    pairs += 1
                    assert record[name] == x_ids[linked], (resource, name)
    assert pairs > 1_000


def test_amounts_in_text_are_the_amounts_in_cents(portfolio: Portfolio) -> None:
    for resource, records in portfolio.items():
        for name, parent in ((name, one) for one in records for name in one):
            stem = name.removesuffix("_raw")
            cents = parent.get(f"{stem}_in_cents")
            if stem != name and cents is not None:
                assert parent[name] == f"{cents / 100:.2f}", (resource, name)


def test_nothing_has_happened_after_now(portfolio: Portfolio) -> None:
    now = NOW.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    for resource, records in portfolio.items():
        for record in records:
            for name, value in plain(record):
                is_date = isinstance(value, str) and value[4:5] == "-" and value[10:11] == "T"
                if is_date and name not in _AHEAD and not resource.startswith("crm_"):
                    assert value <= now, (resource, name)


def test_a_record_is_changed_after_it_is_made_and_seen_after_that(portfolio: Portfolio) -> None:
    for resource, records in portfolio.items():
        for one in (record for record in records if "updated_at" in record):
            assert one["created_at"] <= one["updated_at"], resource
            if one.get("last_seen"):
                assert one["updated_at"] <= one["last_seen"], resource


def test_a_name_is_given_once_at_a_property(portfolio: Portfolio) -> None:
    for resource in (
        "charge_codes", "financial_accounts", "file_types", "note_categories", "amenities", "fees",
        "service_request_categories", "service_request_priorities", "service_request_statuses",
        "service_request_locations", "service_request_problems", "application_statuses",
        "application_templates", "address_types", "vendors", "rentable_items", "unit_types",
    ):  # fmt: skip
        given = [(one["property_id"], one["name"]) for one in portfolio[resource]]
        assert len(set(given)) == len(given), resource


@pytest.mark.parametrize("resource", tables_of("systems")["names"])
def test_each_property_has_every_name_that_it_may_have(portfolio: Portfolio, resource: str) -> None:
    given = Counter(one["property_id"] for one in portfolio[resource])
    assert set(given.values()) == {len(tables_of("systems")["names"][resource])}
    holders = [
        one
        for one in portfolio["properties"]
        if ordinary.is_held(resource, one["integration_vendor"])
    ]
    assert len(given) == len(holders) > 0


def test_the_same_seed_gives_the_same_whole_world(build: Build) -> None:
    assert json.dumps(build(leads=40)) == json.dumps(build(leads=40))


def test_what_a_record_needs_is_yielded_before_it(build: Build, contract: Catalogue) -> None:
    # These are told of each other, so that one of the two comes first.
    mutual = {("properties", "associated_owner_ids"), ("residents", "lease_id")}
    yielded: dict[str, set[str]] = defaultdict(set)
    for resource, record in build(leads=40):
        yielded[resource].add(record["id"])
        for name in record:
            target = target_of(name, contract.resources)
            if target and name not in _OTHER_IDS and (resource, name) not in mutual:
                assert set(ids(record[name])) <= yielded[target], (resource, name)


@pytest.mark.parametrize("cents", [0, 5, 123_456])
def test_an_amount_is_told_in_cents_and_in_text(cents: int) -> None:
    told = in_text("rent", cents)
    assert told == {"rent_in_cents": cents, "rent_raw": f"{cents / 100:.2f}"}


def test_a_moment_is_read_as_it_is_written() -> None:
    assert moment("1970-01-02T00:00:01.500Z") == 86_401_500
