"""What does a system hold that has just been connected, and that its first sync brings in?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mock_server.apis.propexo.interfaces import CRM_INTERFACES
from mock_server.apis.propexo.portfolio import stories
from mock_server.apis.propexo.portfolio.crm import platforms
from mock_server.apis.propexo.portfolio.places import City, Plot, read_cities
from mock_server.apis.propexo.portfolio.systems import Record, Resources, System, connect
from mock_server.apis.propexo.portfolio.timeline import moment_of
from mock_server.world.fakes import Fakes

_PROPERTIES = 2
_LEADS_PER_PROPERTY = 10
_MONTHS_OF_MONEY = 6


def records(
    integration: Mapping[str, Any],
    *,
    now: datetime,
    fakes: Fakes,
    fixtures: Path,
    resources: Resources,
) -> Iterator[tuple[str, Record]]:
    """Yield (resource, record) of two properties, or of two communities where it is a CRM.

    All belong to the `integration`, whose id and vendor they bear; every reference points at it or
    at something already yielded, but for records that name one another, as in a fresh world. `now`
    is aware, and everything yielded was written down before it. What the account itself keeps of a
    connection (configurations, schedules, logs) is left out. `fixtures` holds
    `geography/us_cities.csv`. Raises `KeyError` for a vendor that cannot be connected.
    """
    cities = read_cities(fixtures)
    fakes.of("cities").random.shuffle(cities)
    system = connect(integration["vendor"], fakes, moment_of(now))
    system.id = integration["id"]
    if system.vendor in CRM_INTERFACES:
        return platforms.records([system], cities, resources)
    return _properties(system, cities, resources)


def _properties(
    system: System, cities: list[City], resources: Resources
) -> Iterator[tuple[str, Record]]:
    told = stories.prepare(resources)
    for index in range(_PROPERTIES):
        first = index * _LEADS_PER_PROPERTY
        prospects = range(first, first + _LEADS_PER_PROPERTY)
        city = cities[index % len(cities)]
        yield from told.of_property(Plot(system, city, index, prospects, _MONTHS_OF_MONEY))
