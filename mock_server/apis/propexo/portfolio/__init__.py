"""What a fresh Propexo world holds: the portfolio, its people, and their days."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

from mock_server.apis.propexo.portfolio import integrations, lookups, properties, staff
from mock_server.apis.propexo.portfolio.buildings import build_place
from mock_server.apis.propexo.portfolio.diary import Diary, events_of
from mock_server.apis.propexo.portfolio.papers import papers_of
from mock_server.apis.propexo.portfolio.people import Office, people_at
from mock_server.apis.propexo.portfolio.places import City, read_cities
from mock_server.apis.propexo.portfolio.systems import Record, System, connect
from mock_server.apis.propexo.portfolio.timeline import moment_of
from mock_server.world.fakes import Fakes

_LEADS_PER_PROPERTY = 60
_FEWEST_PROPERTIES_PER_SYSTEM = 2


def records(
    *, leads: int, now: datetime, random: Random, fixtures: Path
) -> Iterator[tuple[str, Record]]:
    """Yield (resource, record) so that every reference points at something already yielded.

    Only an applicant and their application, and a resident and their lease, name one another.
    `now` is aware; everything yielded happened before it, but for appointments still to come and
    dates that people wish for or plan. `fixtures` holds `geography/us_cities.csv`.
    """
    fakes = Fakes(random)
    cities = read_cities(fixtures)
    random.shuffle(cities)
    systems = [
        connect(vendor, fakes, moment_of(now))
        for vendor in (*integrations.INTERFACES, *integrations.CRM_INTERFACES)
    ]
    for system in systems:
        yield "integrations", integrations.record_of(system)
    sites = _sites([one for one in systems if one.vendor in integrations.INTERFACES], leads)
    for index, system in enumerate(sites):
        city = cities[index % len(cities)]
        yield from _property(system, city, _share(leads, index, len(sites)))


def _sites(systems: list[System], leads: int) -> list[System]:
    """List the system of each property, so that neighbours in the list differ."""
    wanted = leads // len(systems) // _LEADS_PER_PROPERTY
    return systems * max(_FEWEST_PROPERTIES_PER_SYSTEM, wanted)


def _share(whole: int, index: int, parts: int) -> int:
    """Deal out a whole evenly: the shares of all parts add up to it."""
    return whole * (index + 1) // parts - whole * index // parts


def _property(system: System, city: City, prospects: int) -> Iterator[tuple[str, Record]]:
    place = build_place(system, city)
    employees = staff.hire(place)
    words = lookups.vocabulary_of(place)
    yield from properties.records_of(place, manager=employees[0])
    yield from staff.records_of(employees)
    yield from lookups.records_of(words)
    yield from _days(Office(place, words, staff.leasing_agents(employees)), prospects)


def _days(office: Office, prospects: int) -> Iterator[tuple[str, Record]]:
    diary = Diary(office)
    for somebody in people_at(office, prospects):
        yield somebody.resource, somebody.record
        yield from papers_of(office.place, somebody)
        for event in events_of(office, diary, somebody):
            yield "events", event
