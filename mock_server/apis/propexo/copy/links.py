"""Which links between records a read has found, and what webhooks are told of each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mock_server.apis.propexo import announcements
from mock_server.world.records import Record
from mock_server.world.world import World


@dataclass(frozen=True)
class Link:
    """How a record shows which others it belongs with, and what webhooks call such a link.

    `field` holds an id, ids, or parts that have the id as `key`. `ids` are what the payload calls
    the id of the record and that of the other, and `also` is what more it tells of the part.
    """

    junction: str
    field: str
    ids: tuple[str, str]
    key: str = ""
    also: tuple[str, ...] = ()


_TENANCY = (
    "move_in_date",
    "move_out_date",
    "notice_date",
    "x_resident_type",
    "resident_type_normalized",
)
_APPLICANCY = ("status", "status_raw", "status_normalized")
_PEOPLE = ("lead", "applicant", "resident")

# Of a link that both sides show, the side that stands here tells, and the other never does: every
# write that makes such a link changes this side. What the payloads of applicants_to_applications
# and residents_to_leases hold was published (history of the webhook bodies); that the others hold
# the two ids is assumed, and so is what they call them.
LINKS: Mapping[str, tuple[Link, ...]] = {
    "amenities": (
        Link("units_to_amenity", "units", ("amenity_id", "unit_id"), "unit_id", ("cost_in_cents",)),
    ),
    "applications": (
        Link(
            "applicants_to_applications",
            "applicants",
            ("application_id", "applicant_id"),
            "applicant_id",
            _APPLICANCY,
        ),
    ),
    "crm_agents": (
        Link("crm_communities_to_agents", "community_ids", ("agent_id", "community_id")),
    ),
    "crm_attributions": (
        Link(
            "crm_communities_to_attributions", "community_ids", ("attribution_id", "community_id")
        ),
    ),
    "event_results": (
        Link(
            "event_results_to_event_types",
            "associated_event_type_ids",
            ("event_result_id", "event_type_id"),
        ),
    ),
    "events": tuple(
        Link(f"{who}s_to_events", f"associated_{who}_ids", ("event_id", f"{who}_id"))
        for who in _PEOPLE
    ),
    "leases": (
        Link(
            "residents_to_leases",
            "residents_meta_data",
            ("lease_id", "resident_id"),
            "resident_id",
            _TENANCY,
        ),
    ),
    "owners": (
        Link("owners_to_properties", "associated_property_ids", ("owner_id", "property_id")),
    ),
    "property_lists": (
        Link(
            "property_lists_to_properties",
            "associated_property_ids",
            ("property_list_id", "property_id"),
        ),
    ),
    "purchase_order_items": (
        Link(
            "purchase_order_items_to_invoices",
            "associated_invoice_ids",
            ("purchase_order_item_id", "invoice_id"),
        ),
    ),
    "rentable_items": tuple(
        Link(f"{who}s_to_rentable_items", f"{who}_id", ("rentable_item_id", f"{who}_id"))
        for who in _PEOPLE
    ),
    "service_requests": (
        Link(
            "service_requests_to_employees",
            "employees",
            ("service_request_id", "employee_id"),
            "id",
        ),
        Link(
            "service_requests_to_vendors",
            "vendors",
            ("service_request_id", "vendor_id"),
            "vendor_id",
        ),
    ),
}


def new_in(
    world: World, model: str, before: Record | None, after: Record
) -> Iterator[tuple[str, Record]]:
    """Yield the junction and the payload of each link that a record had not `before`.

    Only of those that somebody has ordered: most writes make links, and few are told of them.
    """
    for link in LINKS.get(model, ()):
        known, shown = _parts(link, before or {}), _parts(link, after)
        new = [each for each in shown if each not in known]
        if new and any(announcements.subscribers(world, announcements.DATA_NEW, link.junction)):
            for each in new:
                yield link.junction, _payload(link, after["id"], each, shown[each])


def _parts(link: Link, record: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what a record shows of each link, by the id of the other record."""
    shown = record.get(link.field) or ()
    every = shown if isinstance(shown, list) else [shown] if shown else ()
    if not link.key:
        return {each: {} for each in every}
    return {each[link.key]: each for each in every if each.get(link.key)}


def _payload(link: Link, own_id: str, other_id: str, part: Mapping[str, Any]) -> Record:
    own, other = link.ids
    told = {name: part[name] for name in link.also if part.get(name) is not None}
    return {own: own_id, other: other_id, **told}
