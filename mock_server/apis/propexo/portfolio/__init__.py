"""What a fresh Propexo world holds: the portfolio, its people, and their days."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from random import Random
from types import MappingProxyType

from mock_server.apis.propexo.portfolio import (
    configuration,
    construction,
    crm,
    extras,
    homes,
    integrations,
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
from mock_server.apis.propexo.portfolio.places import read_cities
from mock_server.apis.propexo.portfolio.site import Resources, Site
from mock_server.apis.propexo.portfolio.systems import Record, System, connect
from mock_server.apis.propexo.portfolio.timeline import moment_of
from mock_server.apis.propexo.portfolio.transfers import transfer_of
from mock_server.world.fakes import Fakes

# What the stories of this package tell of; everything else is ordinary.
TOLD = frozenset(
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
_LEADS_PER_PROPERTY = 60
_FEWEST_PROPERTIES_PER_SYSTEM = 2
# So many months of charges and payments are kept; fewer where there are many residents.
_MONTHS_OF_MONEY, _MONTHS_IN_A_BIG_WORLD = 6, 3
_MANY_LEADS = 5_000


def records(
    *,
    leads: int,
    now: datetime,
    random: Random,
    fixtures: Path,
    resources: Resources = MappingProxyType({}),
) -> Iterator[tuple[str, Record]]:
    """Yield (resource, record) so that every reference points at something already yielded.

    Only an applicant and their application, a resident and their leases, a property and its
    owners, a charge and its payment, and a request and its history name one another. `now` is
    aware; everything yielded happened before it, but for appointments still to come and dates
    that people wish for or plan. `fixtures` holds `geography/us_cities.csv`. The `resources`
    that no story here tells of get some ordinary records at every property.
    """
    cities = read_cities(fixtures)
    random.shuffle(cities)
    systems = _connect_all(Fakes(random), moment_of(now))
    yield from (("integrations", integrations.record_of(each)) for each in systems)
    sites = _sites(systems, leads)
    plans = ordinary.plans(resources, TOLD | _TOLD_LATER)
    months = _MONTHS_OF_MONEY if leads <= _MANY_LEADS else _MONTHS_IN_A_BIG_WORLD
    sightings = configuration.Sightings()
    for index, system in enumerate(sites):
        site = Site(build_place(system, cities[index % len(cities)]), resources)
        yield from sightings.of(_property(site, _share(leads, index, len(sites)), plans, months))
    yield from crm.records(systems, cities)
    yield from configuration.records_of(systems, sightings)


def _connect_all(fakes: Fakes, now: int) -> list[System]:
    vendors = (*integrations.INTERFACES, *integrations.CRM_INTERFACES)
    return [connect(vendor, fakes, now) for vendor in vendors]


def _sites(systems: list[System], leads: int) -> list[System]:
    """List the system of each property, so that neighbours in the list differ."""
    systems = [each for each in systems if each.vendor in integrations.INTERFACES]
    wanted = leads // len(systems) // _LEADS_PER_PROPERTY
    return systems * max(_FEWEST_PROPERTIES_PER_SYSTEM, wanted)


def _share(whole: int, index: int, parts: int) -> int:
    """Deal out a whole evenly: the shares of all parts add up to it."""
    return whole * (index + 1) // parts - whole * index // parts


def _property(
    site: Site, prospects: int, plans: list[Plan], months: int
) -> Iterator[tuple[str, Record]]:
    told = chain(_story(site, prospects), _rest(site, plans, months) if site.resources else ())
    for name, record in told:
        site.note(name, record)
        yield name, record


def _rest(site: Site, plans: list[Plan], months: int) -> Iterator[tuple[str, Record]]:
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
