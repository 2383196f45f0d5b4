"""Who works at a property, in which roles."""

from collections.abc import Iterator
from typing import cast

from mock_server.apis.propexo.portfolio.places import Place
from mock_server.apis.propexo.portfolio.systems import Record

LEASING_AGENT = "LEASING_AGENT"
PROPERTY_MANAGER = "PROPERTY_MANAGER"

# The first two always work there, the others only at some properties.
_ALWAYS = ([PROPERTY_MANAGER], [LEASING_AGENT])
_SOMETIMES = (
    [LEASING_AGENT],
    ["MAINTENANCE"],
    ["ASSISTANT_MANAGER", LEASING_AGENT],
    ["ACCOUNTANT"],
)


def hire(place: Place) -> list[Record]:
    """Staff a property: the manager first, then at least one leasing agent."""
    extra = [roles for roles in _SOMETIMES if place.fakes.chance(0.5)]
    return [_employee(place, roles) for roles in (*_ALWAYS, *extra)]


def leasing_agents(employees: list[Record]) -> list[Record]:
    """Pick out those who may show flats and keep appointments."""
    return [one for one in employees if LEASING_AGENT in cast("list[str]", one["roles"])]


def records_of(employees: list[Record]) -> Iterator[tuple[str, Record]]:
    """Yield the employees as records."""
    for employee in employees:
        yield "employees", employee


def _employee(place: Place, roles: list[str]) -> Record:
    person = place.fakes.person(at=place.mail_domain)
    record = place.write("employees", place.founding_moment())
    record.update(name=person.name, email=person.email, is_active=True, roles=list(roles))
    return record
