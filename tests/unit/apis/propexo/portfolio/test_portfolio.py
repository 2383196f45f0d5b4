"""Does a fresh world hang together: complete, linked, distinct, and the same for a seed?"""

import json
from collections import Counter
from typing import Any

import pytest

from mock_server.apis.propexo import portfolio as portfolio_of
from mock_server.apis.propexo.interfaces import CRM_INTERFACES, INTERFACES
from mock_server.apis.propexo.portfolio import configuration
from mock_server.apis.propexo.portfolio.people.belongings import PET_FIELDS
from mock_server.contract.catalogue import Catalogue

from .conftest import Build, Portfolio

PRIVATE = {
    "time_zone", "employee_id", "unit_id", "duration_minutes", "title", "status",
}  # fmt: skip
# Where a field points; a list points with each of its items.
POINTERS = {
    "integration_id": "integrations",
    "property_id": "properties",
    "floor_plan_id": "floor_plans",
    "event_type_id": "event_types",
    "associated_event_type_ids": "event_types",
    "lead_source_id": "lead_sources",
    "unit_id_preferred": "units",
    "unit_id": "units",
    "employee_id": "employees",
    "associated_lead_ids": "leads",
    "associated_applicant_ids": "applicants",
    "associated_resident_ids": "residents",
    "resident_id": "residents",
}
# Where the parts of a list point that a record holds.
PARTS = {
    ("applicants", "applications", "application_id"): "applications",
    ("applications", "applicants", "applicant_id"): "applicants",
    ("residents", "leases_meta_data", "lease_id"): "leases",
    ("leases", "residents_meta_data", "resident_id"): "residents",
}
X_POINTERS = {
    "x_floor_plan_id": "floor_plans",
    "desired_floor_plan_id": "floor_plans",
    "x_event_type_id": "event_types",
    "x_type_id": "event_types",
    "x_lead_source_id": "lead_sources",
    "x_unit_id_preferred": "units",
    "x_leasing_agent_id": "employees",
    "x_lead_id": "leads",
    "x_unit_id": "units",
    "x_resident_id": "residents",
}


def targets(value: Any) -> list[Any]:
    """Give what a pointer points at: nothing, one id or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def test_the_same_arguments_give_the_same_records_byte_for_byte(build: Build) -> None:
    assert json.dumps(build()) == json.dumps(build())


def test_another_seed_gives_another_world(build: Build) -> None:
    assert json.dumps(build(seed=1)) != json.dumps(build(seed=2))


def test_every_reference_points_at_something_already_yielded(build: Build) -> None:
    yielded: set[tuple[str, Any]] = set()
    for resource, record in build():
        yielded.add((resource, record["id"]))
        for name in POINTERS.keys() & record.keys():
            for target in targets(record[name]):
                assert (POINTERS[name], target) in yielded, (resource, name)


@pytest.mark.parametrize(("resource", "field", "name"), PARTS)
def test_the_parts_of_a_record_point_at_records_of_its_property(
    portfolio: Portfolio, resource: str, field: str, name: str
) -> None:
    target = PARTS[resource, field, name]
    homes = {one["id"]: one["property_id"] for one in portfolio[target]}
    for record in portfolio[resource]:
        assert record[field]
        for part in record[field]:
            assert homes[part[name]] == record["property_id"]


def test_external_references_stay_within_the_property(build: Build) -> None:
    yielded: set[tuple[str, Any, Any]] = set()
    for resource, record in build():
        yielded.add((resource, record.get("property_id"), record.get("x_id")))
        for name in X_POINTERS.keys() & record.keys():
            for target in targets(record[name]):
                assert (X_POINTERS[name], record["property_id"], target) in yielded, name


def test_references_never_leave_their_integration(build: Build) -> None:
    home: dict[Any, Any] = {}
    for resource, record in build():
        home[record["id"]] = record.get("integration_id", record["id"])
        for name in (POINTERS.keys() & record.keys()) - {"integration_id"}:
            for target in targets(record[name]):
                assert home[target] == record["integration_id"], (resource, name)


def test_records_have_the_fields_of_the_contract_in_its_order(
    portfolio: Portfolio, contract: Catalogue
) -> None:
    for resource in portfolio.keys() - configuration.TOLD - {"integrations"}:
        promised = contract.resources[resource]
        fields = tuple(promised.fields)
        for record in portfolio[resource]:
            assert tuple(record)[: len(fields)] == fields, resource
            assert set(record) - set(fields) <= PRIVATE | promised.private.keys(), resource


@pytest.mark.parametrize(
    ("owners", "shape"),
    [("leads", "LeadPet"), ("applicants", "ApplicantPet"), ("residents", "ResidentPet")],
)
def test_pets_have_the_fields_that_their_owners_show(
    portfolio: Portfolio, contract: Catalogue, owners: str, shape: str
) -> None:
    pets = [pet for owner in portfolio[owners] for pet in owner["pets"]]
    assert pets
    promised = contract.document.schemas[shape]["properties"]
    assert {tuple(pet) for pet in pets} == {tuple(PET_FIELDS[owners])} == {tuple(promised)}


def test_interfaces_are_named_as_the_contract_names_them(
    portfolio: Portfolio, contract: Catalogue
) -> None:
    known = set(contract.document.schemas["InterfaceName"]["enum"])
    named = {
        interface["interface_name"]
        for integration in portfolio["integrations"]
        for interface in integration["integration_interfaces"]
    }
    assert named <= known


def test_every_vendor_is_connected_once(portfolio: Portfolio) -> None:
    vendors = Counter(one["vendor"] for one in portfolio["integrations"])
    assert vendors == Counter([*INTERFACES, *CRM_INTERFACES])


def test_every_property_system_has_two_properties(portfolio: Portfolio) -> None:
    systems = Counter(one["integration_vendor"] for one in portfolio["properties"])
    assert systems == dict.fromkeys(INTERFACES, 2)


def test_external_ids_are_unique_within_an_integration(portfolio: Portfolio) -> None:
    # The details of a unit bear the id of the unit itself.
    for resource in portfolio.keys() - {"unit_details"}:
        ids = [(one["integration_id"], one["x_id"]) for one in portfolio[resource] if "x_id" in one]
        assert len(set(ids)) == len(ids), resource


def test_every_id_is_a_cuid_of_its_own(build: Build) -> None:
    ids = [record["id"] for _, record in build()]
    assert len(set(ids)) == len(ids)
    assert {len(one) for one in ids} == {25}
    assert all(one.startswith("c") for one in ids)


def test_each_system_writes_ids_in_its_own_style(portfolio: Portfolio) -> None:
    styles = {lead["integration_vendor"]: lead["x_id"] for lead in portfolio["leads"]}
    assert styles["ENTRATA"].isdigit()
    assert styles["YARDI"][0] == "p"
    assert styles["YARDI"][1:].isdigit()
    assert len(styles["RESMAN"]) == 36
    residents = {one["integration_vendor"]: one["x_id"] for one in portfolio["residents"]}
    assert residents["YARDI"].startswith("t")


def test_only_rent_manager_has_locations(portfolio: Portfolio) -> None:
    placed = [one for found in portfolio.values() for one in found if "location_id" in one]
    with_location = {one["integration_vendor"] for one in placed if one["location_id"]}
    assert with_location == {"RENTMANAGER"}
    assert all(one["location_id"] for one in placed if one["integration_vendor"] == "RENTMANAGER")


def test_two_hundred_leads_bring_the_rest_in_proportion(portfolio: Portfolio) -> None:
    assert len(portfolio["leads"]) == 200
    assert 45 <= len(portfolio["applicants"]) <= 95
    assert 40 <= len(portfolio["residents"]) <= 85
    assert 200 <= len(portfolio["events"]) <= 300
    assert 60 <= sum(one["is_appointment"] for one in portfolio["events"]) <= 125


@pytest.mark.parametrize(("leads", "properties"), [(0, 26), (52, 26), (53, 39), (100, 52)])
def test_properties_grow_with_the_leads(
    build: Build, leads: int, properties: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portfolio_of, "_LEADS_PER_PROPERTY", 2)
    counts = Counter(resource for resource, _ in build(leads=leads))
    assert counts["leads"] == leads
    assert counts["properties"] == properties
