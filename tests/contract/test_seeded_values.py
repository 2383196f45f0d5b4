"""Does the seeded world fill every field, and does every filter find something in it?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from mock_server import shipped
from mock_server.engine.api import Api, Planting
from mock_server.world.pristine import LeftOut
from tests.contract.case import APIS
from tests.contract.filtering import filters_of, samples

NOW = datetime(2026, 3, 1, tzinfo=UTC)
VENDORS = ("propexo", "leadpro")
EMPTY: tuple[Any, ...] = (None, "", [], {})
# What nothing fills, with the reason.
UNFILLED: Mapping[str, str] = {
    "amenities.x_listing_id": "no listing has amenities of its own",
    "amenities.x_parent_amenity_id": "no amenity is a part of another",
    "crm_appointments.unit_ids": "a seeded visit is to the community, not to a unit",
    "data_diffs.job_id": "no job precedes the first call",
    "deposit_summaries.invoice_id": "deposits are paid without an invoice",
    "deposit_summaries.x_invoice_id": "deposits are paid without an invoice",
    "integrations.base_url": "deprecated, and the credentials hold it",
    "integrations.configuration_meta_data": "its fields are those of a configuration that is sent",
    "job_logs.associated_property_id": "a seeded job reads a whole integration",
    "job_schedules.parameters": "a seeded schedule reads everything",
    "leads.comparable_props": "null in every sample of LeadPro's guide",
    "leads.eta": "no document of LeadPro's explains it",
    "lease_transfers.x_location_id": "only Rent Manager has locations, and nobody moved there",
    "locations.property_id": "properties are in locations, not the other way round",
    "locations.x_property_id": "properties are in locations, not the other way round",
    "purchase_order_items.construction_job_id": "supplies are not for a construction job",
    "purchase_orders.parent_purchase_order_id": "no order follows another",
    "purchase_orders.x_parent_purchase_order_id": "no order follows another",
    "rentable_items.x_type_id": "the types of items have no list",
}

Records = Mapping[str, list[Mapping[str, Any]]]
# What some list can be filtered by and no seeded record has.
UNANSWERED: Mapping[str, str] = {
    "deposit_summaries.invoice_id": UNFILLED["deposit_summaries.invoice_id"],
    "lease_transfers.location_id": UNFILLED["lease_transfers.x_location_id"],
    "job_logs.write_category": "no write precedes the first call",
}


@cache
def seeded(name: str) -> tuple[Api, Records]:
    """Return a vendor with what its seeded world holds, by resource."""
    api = next(each for each in APIS if each.name == name)
    found: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    fixtures, resources = shipped.folder("fixtures"), api.catalogue.resources
    for table, records in api.seeding(Planting(200, NOW, f"20260225:{name}", fixtures, resources)):
        if not isinstance(records, LeftOut):
            found[table.removeprefix(f"{name}_")] += records
    return api, found


def unfilled(api: Api, records: Records) -> Iterator[str]:
    for name, resource in api.catalogue.resources.items():
        for field in resource.fields:
            if all(each.get(field) in EMPTY for each in records[name]):
                yield f"{name}.{field}"


def unanswered(api: Api, records: Records) -> Iterator[str]:
    for operation in api.catalogue.operations.values():
        held = [*map(dict, records[operation.resource or ""])]
        for parameter in filters_of(operation):
            field = parameter.filter.field if parameter.filter else ""
            if not samples(held, field):
                yield f"{operation.resource}.{field}"


def test_every_field_is_filled_by_some_record_or_a_reason_says_why_not() -> None:
    assert {field for each in VENDORS for field in unfilled(*seeded(each))} == UNFILLED.keys()


def test_every_filter_of_every_list_finds_something() -> None:
    assert {field for each in VENDORS for field in unanswered(*seeded(each))} == UNANSWERED.keys()
