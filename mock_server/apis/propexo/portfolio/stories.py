"""What there is to tell of one property: its grounds, its people and their days, its books."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from mock_server.apis.propexo.portfolio import configuration, ordinary, seldom
from mock_server.apis.propexo.portfolio.books import (
    construction,
    ledger,
    payables,
    repairs,
    securities,
)
from mock_server.apis.propexo.portfolio.crm import platforms
from mock_server.apis.propexo.portfolio.grounds import (
    extras,
    homes,
    lookups,
    ownership,
    properties,
    staff,
)
from mock_server.apis.propexo.portfolio.grounds.buildings import build_place
from mock_server.apis.propexo.portfolio.ordinary import RecordPlan
from mock_server.apis.propexo.portfolio.people.diary import Diary, events_of
from mock_server.apis.propexo.portfolio.people.papers import papers_of
from mock_server.apis.propexo.portfolio.people.people import Office, people_at
from mock_server.apis.propexo.portfolio.people.transfers import transfer_of
from mock_server.apis.propexo.portfolio.places import Plot
from mock_server.apis.propexo.portfolio.site import Site
from mock_server.apis.propexo.portfolio.systems import Record, Resources

# What the stories of this package tell of; everything else is ordinary.
_TOLD = frozenset(
    {"integrations", "properties", "timezones", "floor_plans", "units", "employees"}
    | {"lead_sources", "lead_relationships", "event_types", "event_sub_types", "event_results"}
    | {"leads", "applicants", "applications", "residents", "leases", "events"}
    | {"owners", "unit_types", "lease_transfers", "locations"}
    | platforms.TOLD
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
    """How properties are told of, in which resources.

    The resources that no story tells of are `ordinary`, and planned once for all properties.
    """

    resources: Resources
    ordinary: Sequence[RecordPlan]

    def of_property(self, plot: Plot) -> Iterator[tuple[str, Record]]:
        """Build a property, and yield all that is known of it, beginning with itself."""
        site = Site(build_place(plot, self.resources))
        rest, turn = _rest(site, self.ordinary, plot.months_of_money), site.place.fakes.key
        for name, record in chain(_story(site, plot.prospects), rest):
            seldom.add_to(site, name, record, turn)
            site.note(name, record)
            yield name, record


def prepare(resources: Resources) -> Stories:
    """Work out what the stories of these resources leave to ordinary records."""
    return Stories(resources, ordinary.plans(resources, _TOLD | _TOLD_LATER))


def _rest(site: Site, plans: Sequence[RecordPlan], months: int) -> Iterator[tuple[str, Record]]:
    after = [plan for plan in plans if _TOLD_LATER.intersection(plan.targets.values())]
    yield from ordinary.records_of(site, [plan for plan in plans if plan not in after])
    yield from _books(site, months)
    yield from ordinary.records_of(site, after)


def _story(site: Site, prospects: Sequence[int]) -> Iterator[tuple[str, Record]]:
    place = site.place
    employees = staff.hire(place.with_stream("staff"))
    words = lookups.vocabulary_of(place.with_stream("lookups"))
    yield from _grounds(site, manager=employees[0])
    yield from staff.records_of(employees)
    yield from lookups.records_of(words)
    yield from _days(site, Office(place, words, staff.leasing_agents(employees)), prospects)


def _grounds(site: Site, manager: Record) -> Iterator[tuple[str, Record]]:
    """Yield the property, whose it is, and what stands there; units name their unit types."""
    told = properties.records_of(site.place.with_stream("property"), manager)
    name, record = next(told)
    owners = ownership.owners_of(site.with_stream("owners"))
    record["associated_owner_ids"] = [one["id"] for one in owners]
    yield from properties.location_of(site.place.with_stream("location"))
    yield name, record
    yield from (("owners", one) for one in owners)
    yield from homes.unit_types(site.with_stream("unit types"))
    yield from told


def _days(site: Site, office: Office, prospects: Sequence[int]) -> Iterator[tuple[str, Record]]:
    diary = Diary(office)
    for somebody in people_at(office, prospects):
        own = site.at(somebody.life.place.with_stream(somebody.resource))
        papers = list(papers_of(own.place, somebody))
        moved = list(transfer_of(own, somebody, papers))
        yield somebody.resource, somebody.record
        yield from papers
        yield from moved
        for event in events_of(office._replace(place=own.place), diary, somebody):
            yield "events", event


def _books(site: Site, months: int) -> Iterator[tuple[str, Record]]:
    """Yield what is kept of a property besides its people: homes, money, bills and repairs."""
    yield from ownership.records_of(site.with_stream("books"))
    yield from homes.records_of(site.with_stream("homes"))
    yield from extras.records_of(site.with_stream("extras"))
    yield from ledger.records_of(site, months)
    yield from securities.records_of(site)
    yield from payables.vendors_of(site.with_stream("vendors"))
    yield from payables.records_of(site)
    yield from construction.records_of(site.with_stream("construction"))
    yield from repairs.records_of(site)
