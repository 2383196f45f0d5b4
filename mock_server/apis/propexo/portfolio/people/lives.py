"""What becomes of a prospect: looking only, applying, or moving in, and when."""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.people.belongings import Pet, some_pets
from mock_server.apis.propexo.portfolio.places import FloorPlan, Place, Unit
from mock_server.apis.propexo.portfolio.systems import Record
from mock_server.apis.propexo.portfolio.timeline import DAY, between, midnight_iso
from mock_server.world.fakes import Fakes

# Between asking and applying, and between applying and moving in.
_SHORTEST_STEP, _LONGEST_STEP = 3 * DAY, 20 * DAY
_PHONE_TYPES = ("MOBILE", "MOBILE", "MOBILE", "HOME", "WORK")


class Stage(IntEnum):
    """How far a person has come."""

    LOOKING = 0
    APPLIED = 1
    MOVED_IN = 2


# Of twenty prospects thirteen only look, two have applied and five have moved in.
_STAGES = (Stage.LOOKING,) * 13 + (Stage.APPLIED,) * 2 + (Stage.MOVED_IN,) * 5
# What became of the applications of those who have not moved in.
_OUTCOMES = ("Pending", "Pending", "Denied", "Withdrawn")
# For every hundred prospects, five people lived there when Propexo was connected.
_ALREADY_THERE = 0.05


class Dates(NamedTuple):
    """The moments at which a person's records began, each later than the one before."""

    asked: int | None = None
    applied: int | None = None
    moved_in: int | None = None


class Life(NamedTuple):
    """One person's way through a property's books, from the first question to the keys."""

    place: Place
    """The property, drawing from the stream of this person's household."""
    stage: Stage
    dates: Dates
    contact: Record
    """Name, email, phone and address under the field names that all records share."""
    born: str
    plan: FloorPlan
    unit: Unit | None
    """The flat that the person prefers, or lives in."""
    pets: tuple[Pet, ...]
    application: str
    """Where the person's application stands, in the words of the system."""


def lives_at(place: Place, prospects: Sequence[int]) -> Iterator[Life]:
    """Draw the people of one property: its prospects, and some who already lived there.

    Each household has a stream of its own, named by the number of its lead.
    """
    for number in prospects:
        household = place.with_stream("household", number)
        has_neighbours = household.fakes.chance(_ALREADY_THERE)
        stage = household.fakes.pick(_STAGES)
        yield _life(household, stage, _dates(household, stage), 2 * number + 1)
        if has_neighbours:
            neighbours = place.with_stream("neighbours", number)
            dates = Dates(moved_in=neighbours.founding_moment())
            yield _life(neighbours, Stage.MOVED_IN, dates, 2 * number + 2)


def _dates(place: Place, stage: Stage) -> Dates:
    synced = place.system.synced
    # Nobody asks on the first day, while the first sync still brings in the property itself.
    opened = place.opened + DAY
    if stage is Stage.LOOKING:
        return Dates(asked=_moment(place, opened, synced))
    if stage is Stage.APPLIED:
        asked = _moment(place, synced - 60 * DAY, synced - _LONGEST_STEP)
        return Dates(asked, _a_step_after(place, asked))
    asked = _moment(place, opened, synced - 2 * _LONGEST_STEP)
    applied = _a_step_after(place, asked)
    return Dates(asked, applied, _a_step_after(place, applied))


def _moment(place: Place, earliest: int, latest: int) -> int:
    return between(place.random, earliest, latest)


def _a_step_after(place: Place, moment: int) -> int:
    return _moment(place, moment + _SHORTEST_STEP, moment + _LONGEST_STEP)


def _life(place: Place, stage: Stage, dates: Dates, number: int) -> Life:
    unit = _unit_for(place, stage)
    return Life(
        place=place,
        stage=stage,
        dates=dates,
        contact=_contact(place, number),
        born=_birthday(place),
        plan=unit.plan if unit else place.fakes.pick(place.plans),
        unit=unit,
        pets=some_pets(place.fakes),
        application=_outcome(place, stage),
    )


def _outcome(place: Place, stage: Stage) -> str:
    if stage is Stage.MOVED_IN:
        return "Approved"
    return place.with_stream("application").fakes.pick(_OUTCOMES)


def _unit_for(place: Place, stage: Stage) -> Unit | None:
    """Residents have a flat of their own; prospects may have their eye on one that is free."""
    if stage is Stage.MOVED_IN:
        return place.let_one()
    if stage is Stage.LOOKING and place.fakes.chance(0.6):
        return None
    free = [unit for unit in place.units if unit.is_available]
    return place.fakes.pick(free or place.units)


def _contact(place: Place, number: int) -> Record:
    fakes, city = place.fakes, place.city
    person = fakes.person(number=number)
    return {
        "first_name": person.first_name,
        "middle_name": fakes.middle_name() if fakes.chance(0.2) else None,
        "last_name": person.last_name,
        "email_1": person.email,
        "phone_1": place.phone(),
        "phone_1_type": fakes.pick(_PHONE_TYPES),
        "address_1": fakes.street(),
        "address_2": _flat_number(fakes),
        "city": city.name,
        "state": city.state,
        "country": "US",
        "zip": fakes.pick(city.zips),
    }


def _flat_number(fakes: Fakes) -> str | None:
    return f"Apt {1 + int(fakes.random.random() * 40)}" if fakes.chance(0.4) else None


def _birthday(place: Place) -> str:
    # Between 20 and 66 years before the property was connected.
    return midnight_iso(place.opened - (7_300 + int(place.random.random() * 17_000)) * DAY)
