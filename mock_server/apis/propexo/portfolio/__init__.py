"""What a fresh Propexo world holds: the portfolio, its people, and their days."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random
from types import MappingProxyType

from mock_server.apis.propexo.portfolio import configuration, crm, integrations, stories
from mock_server.apis.propexo.portfolio.places import read_cities
from mock_server.apis.propexo.portfolio.site import Resources
from mock_server.apis.propexo.portfolio.systems import Record, System, connect
from mock_server.apis.propexo.portfolio.timeline import moment_of
from mock_server.world.fakes import Fakes

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
    months = _MONTHS_OF_MONEY if leads <= _MANY_LEADS else _MONTHS_IN_A_BIG_WORLD
    told = stories.prepare(resources, months)
    sightings = configuration.Sightings()
    for index, system in enumerate(sites):
        prospects = _share(leads, index, len(sites))
        city = cities[index % len(cities)]
        yield from sightings.of(told.of_property(system, city, prospects))
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
