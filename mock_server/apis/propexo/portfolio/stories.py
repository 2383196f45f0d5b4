"""What there is to tell of one property: its grounds, its people and their days, its books."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from mock_server.apis.propexo.portfolio import (
    configuration,
    construction,
    extras,
    homes,
    ledger,
    lookups,
    ordinary,
    ownership,
    payables,
    properties,
    repairs,
    securities,
    staff,
)
from mock_server.apis.propexo.portfolio.buildings import build_place
from mock_server.apis.propexo.portfolio.crm_fields import FIELDS as CRM_FIELDS
from mock_server.apis.propexo.portfolio.diary import Diary, events_of
from mock_server.apis.propexo.portfolio.ordinary import Plan
from mock_server.apis.propexo.portfolio.papers import papers_of
from mock_server.apis.propexo.portfolio.people import Office, people_at
from mock_server.apis.propexo.portfolio.places import City
from mock_server.apis.propexo.portfolio.site import Resources, Site
from mock_server.apis.propexo.portfolio.systems import Record, System
from mock_server.apis.propexo.portfolio.transfers import transfer_of

# What the stories of this package tell of; everything else is ordinary.
_TOLD = frozenset(
    {"integrations", "properties", "timezones", "floor_plans", "units", "employees"}
    | {"lead_sources", "lead_relationships", "event_types", "event_sub_types", "event_results"}
    | {"leads", "applicants", "applications", "residents", "leases", "events"}
    | {"owners", "unit_types", "lease_transfers"}
    | CRM_FIELDS.keys()
    | configuration.TOLD
)
# What the stories tell that begin once a property's lookups are known.
_TOLD_LATER = frozenset(
    {"unit_details", "amenities", "concessions", "listings", "listing_pricing", "fees"}
    | {"rentable_items", "resident_charges", "resident_payments", "recurring_resident_charges"}
    | {"deposits", "deposit_summaries", "resident_insurance", "vendors", "service_requests"}
    | {"service_request_history", "service_request_problems", "invoices", "purchase_orders"}
    | {"purchase_order_items", "payable_registers", "construction_jobs", "contracts"}
    | {"construction_job_details", "contract_details", "accounting_entities", "property_lists"}
)


@dataclass(frozen=True)
class Stories:
    """How properties are told of: in which resources, and how far back their money goes.

    The resources that no story tells of are `ordinary`, and planned once for all properties.
    """

    resources: Resources
    ordinary: Sequence[Plan]
    months_of_money: int

    def of_property(
        self, system: System, city: City, prospects: int
    ) -> Iterator[tuple[str, Record]]:
        """Build a property of the system in that city, and yield everything that is known of it.

        It begins with the property itself; `prospects` is how many people have asked there.
        """
        site = Site(build_place(system, city), self.resources)
        rest = _rest(site, self.ordinary, self.months_of_money) if self.resources else ()
        for name, record in chain(_story(site, prospects), rest):
            site.note(name, record)
            yield name, record


def prepare(resources: Resources, months_of_money: int) -> Stories:
    """Work out what the stories of these resources leave to ordinary records."""
    return Stories(resources, ordinary.plans(resources, _TOLD | _TOLD_LATER), months_of_money)


def _rest(site: Site, plans: Sequence[Plan], months: int) -> Iterator[tuple[str, Record]]:
    after = [plan for plan in plans if _TOLD_LATER.intersection(plan.targets.values())]
    yield from ordinary.records_of(site, [plan for plan in plans if plan not in after])
    yield from _books(site, months)
    yield from ordinary.records_of(site, after)


def _story(site: Site, prospects: int) -> Iterator[tuple[str, Record]]:
    place = site.place
    employees = staff.hire(place)
    words = lookups.vocabulary_of(place)
    yield from _grounds(site, manager=employees[0])
    yield from staff.records_of(employees)
    yield from lookups.records_of(words)
    yield from _days(site, Office(place, words, staff.leasing_agents(employees)), prospects)


def _grounds(site: Site, manager: Record) -> Iterator[tuple[str, Record]]:
    """Yield the property, whose it is, and what stands there; units name their unit types."""
    told = properties.records_of(site.place, manager)
    if not site.resources:
        yield from told
        return
    name, record = next(told)
    owners = ownership.owners_of(site)
    record["associated_owner_ids"] = [one["id"] for one in owners]
    yield name, record
    yield from (("owners", one) for one in owners)
    yield from homes.unit_types(site)
    yield from told


def _days(site: Site, office: Office, prospects: int) -> Iterator[tuple[str, Record]]:
    diary = Diary(office)
    for somebody in people_at(office, prospects):
        papers = list(papers_of(office.place, somebody))
        moved = list(transfer_of(site, somebody, papers)) if site.resources else []
        yield somebody.resource, somebody.record
        yield from papers
        yield from moved
        for event in events_of(office, diary, somebody):
            yield "events", event


def _books(site: Site, months: int) -> Iterator[tuple[str, Record]]:
    """Yield what is kept of a property besides its people: homes, money, bills and repairs."""
    yield from ownership.records_of(site)
    yield from homes.records_of(site)
    yield from extras.records_of(site)
    yield from ledger.records_of(site, months)
    yield from securities.records_of(site)
    yield from payables.vendors_of(site)
    yield from payables.records_of(site)
    yield from construction.records_of(site)
    yield from repairs.records_of(site)
