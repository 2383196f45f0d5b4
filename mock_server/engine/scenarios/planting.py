"""How the records of a scenario come into a world, over the seeded ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from mock_server.engine import references
from mock_server.engine.api import Api
from mock_server.engine.scenarios.checking import Checked, checked, in_short, referred, table_of
from mock_server.engine.scenarios.furnishing import Newcomer
from mock_server.engine.scenarios.scenario import Scenario, ScenarioError
from mock_server.world.clock import iso
from mock_server.world.fakes import Fakes
from mock_server.world.records import Record
from mock_server.world.world import World


def planting(apis: Sequence[Api], scenario: Scenario, day: datetime) -> Callable[[World], None]:
    """Return what brings a scenario into a world that has nothing but seeded records.

    Raises `ScenarioError` where a file does not fit the contract, and later, in the world, where
    a record refers to one that is not there.
    """
    files = in_order([checked(apis, each, day) for each in scenario.records])

    def fill(world: World) -> None:
        _remove(apis, scenario, world)
        wrong: list[str] = []
        known: list[tuple[str, Checked, Record]] = []
        for one in files:
            for place, said in one.records:
                try:
                    known.append((place, one, _add(one, said, (world, scenario.name, day))))
                except ValueError as error:
                    wrong.append(f"{place}: {error}")
        for place, one, record in known:
            wrong += _missing(place, one, record, world)
        if wrong:
            raise ScenarioError(in_short(wrong))

    return fill


def in_order(files: Sequence[Checked]) -> list[Checked]:
    """Return the files so that what others refer to comes first."""
    waiting = {(each.api.name, each.resource.name): each for each in files}
    found: list[Checked] = []

    def take(key: tuple[str, str]) -> None:
        one = waiting.pop(key, None)
        if one is None:
            return
        known = references.by_field(one.api.catalogue)
        for name in (*one.resource.fields, *one.resource.private):
            if name in known:
                take((one.api.name, known[name]))
        found.append(one)

    for key in [*waiting]:
        take(key)
    return found


def _remove(apis: Sequence[Api], scenario: Scenario, world: World) -> None:
    for table, ids in scenario.terms.get("remove", {}).items():
        try:
            api, resource = table_of(apis, table)
        except ValueError as error:
            raise ScenarioError(f"{scenario.file}: remove: {error}") from None
        for each in ids:
            if not api.records(world, resource.name).remove(each):
                said = references.missing(resource.name, each)
                raise ScenarioError(f"{scenario.file}: remove: {table}: {said}")


def _add(one: Checked, said: Mapping[str, Any], into: tuple[World, str, datetime]) -> Record:
    """Add a record, or change the one that has its id; return what is known of it."""
    world, scenario, day = into
    records = one.api.records(world, one.resource.name)
    number = world.next_number("scenario records", first=1)
    fakes = Fakes.seeded(scenario).of(one.api.name, one.resource.name, number)
    newcomer = Newcomer(world, one.resource, said, fakes, iso(day))
    before = records.get(said["id"]) if "id" in said else None
    if before is None:
        record = records.add(one.api.furnishing.whole(newcomer))
    else:
        record = records.patch(said["id"], one.api.furnishing.changed(newcomer)) or {}
    for table, each in one.api.furnishing.beside(world, one.resource.name, record):
        world.collection(table).add(each)
    return record


def _missing(place: str, one: Checked, record: Record, world: World) -> Iterator[str]:
    """Yield each reference of a record to one that is not there, or is another owner's."""
    owner = one.api.owner
    for name, resource, value in referred(one.api.catalogue, one.resource, record):
        other = one.api.records(world, resource).get(value)
        if other is None:
            yield f"{place}: {name}: {references.missing(resource, value)}"
        elif owner and other.get(owner, record.get(owner)) != record.get(owner, other.get(owner)):
            yield (
                f"{place}: {name}: the {references.singular(resource)} {value!r} belongs to"
                f" {owner} {other[owner]!r}, not {record[owner]!r}"
            )
