"""What a fresh Propexo world holds: the portfolio, its people, and their days."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from mock_server.apis.propexo.interfaces import CRM_INTERFACES, INTERFACES
from mock_server.apis.propexo.portfolio import configuration, integrations, stories
from mock_server.apis.propexo.portfolio.crm import platforms
from mock_server.apis.propexo.portfolio.places import City, Plot, read_cities
from mock_server.apis.propexo.portfolio.systems import Record, Resources, System, connect
from mock_server.apis.propexo.portfolio.timeline import moment_of
from mock_server.world.fakes import Fakes

# When all properties have so many leads, each system gets another property.
_LEADS_PER_PROPERTY = 60
_FEWEST_PROPERTIES_PER_SYSTEM = 2
# So many months of charges and payments are kept; fewer at the later properties of a big world.
_MONTHS_OF_MONEY, _FEWER_MONTHS = 6, 3
_PROPERTIES_WITH_ALL_MONTHS = 6


def records(
    *, leads: int, now: datetime, fakes: Fakes, fixtures: Path, resources: Resources
) -> Iterator[tuple[str, Record]]:
    """Yield (resource, record) so that every reference points at something already yielded.

    Only an applicant and their application, a resident and their leases, a property and its
    owners, a charge and its payment, and a request and its history name one another. `now` is
    aware; everything yielded happened before it, but for appointments still to come and dates
    that people wish for or plan. `fixtures` holds `geography/us_cities.csv`. The `resources`
    that no story here tells of get some ordinary records at every property.

    Whatever is told with few leads is told with more of them too, unchanged. Another `now` moves
    nothing but dates.
    """
    cities = read_cities(fixtures)
    fakes.of("cities").random.shuffle(cities)
    systems, sightings = _connect_all(fakes, moment_of(now)), configuration.Sightings()
    for system in systems:
        yield "integrations", integrations.record_of(system, resources["integrations"])
    told = stories.prepare(resources)
    for plot in _plots(systems, cities, leads):
        yield from sightings.of(told.of_property(plot))
    yield from platforms.records(systems, cities, resources)
    account = configuration.CustomerAccount(fakes.of("account"), resources)
    yield from configuration.records_of(account, systems, sightings)


def _connect_all(fakes: Fakes, now: int) -> list[System]:
    vendors = (*INTERFACES, *CRM_INTERFACES)
    return [connect(vendor, fakes, now) for vendor in vendors]


def _plots(systems: list[System], cities: Sequence[City], leads: int) -> Iterator[Plot]:
    """Yield where each property stands and who asks there, so that neighbours differ.

    Leads are dealt out to the properties of each system in turn. Where all of these are full,
    further leads go to further properties, and never move from one to another.
    """
    systems = [each for each in systems if each.vendor in INTERFACES]
    first, number, count = 0, 0, _FEWEST_PROPERTIES_PER_SYSTEM
    while first < leads or number == 0:
        places = count * len(systems)
        asking = range(first, min(first + places * _LEADS_PER_PROPERTY, leads))
        for index in range(places):
            own = number + index // len(systems)
            months = _MONTHS_OF_MONEY if own < _PROPERTIES_WITH_ALL_MONTHS else _FEWER_MONTHS
            city = cities[(number * len(systems) + index) % len(cities)]
            prospects = asking[index::places]
            yield Plot(systems[index % len(systems)], city, own, prospects, months)
        first, number, count = first + places * _LEADS_PER_PROPERTY, number + count, 1
