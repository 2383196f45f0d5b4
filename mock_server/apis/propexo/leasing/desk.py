"""How the staff of a PMS write: at once in the PMS, and in Propexo's copy with the next sync."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mock_server.apis.propexo import drafts
from mock_server.apis.propexo.kept import model_of, records
from mock_server.apis.propexo.pms import balances, truth
from mock_server.apis.propexo.record_fields import STAMPS
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.resource import Resource
from mock_server.engine.changes import THEN, Change
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record

# Where a record stands; what belongs together stands in the same place.
_PLACE = ("property_id", "x_property_id", "location_id", "x_location_id")


@dataclass(frozen=True)
class Desk:
    """A desk at a PMS, and all that was written there since it was opened."""

    catalogue: Catalogue
    moment: Moment
    integration: Record
    written: list[Change] = field(default_factory=list)

    @property
    def today(self) -> str:
        """Return the day as PMSs give dates: midnight UTC."""
        return f"{iso(self.moment.at)[:10]}T00:00:00.000Z"

    def held(self, model: str, **having: Any) -> list[Record]:
        """Return the records of a model that the PMS has, with these values."""
        blank = self._shape(model).blank
        held = truth.held(self.moment.world, self.integration["id"], model, **having)
        return [{**blank, **each} for each in held]

    def record(self, model: str, record_id: str | None) -> Record | None:
        """Return a record as the PMS has it, None where it has none."""
        if record_id is None:
            return None
        known = truth.record(self.moment.world, model, record_id)
        return None if known is None else {**self._shape(model).blank, **known}

    def copied(self, model: str, record_id: str | None) -> Record | None:
        """Return a record as Propexo has it, None where it has not read it yet."""
        return None if record_id is None else records(self.moment.world, model).get(record_id)

    def named(self, model: str, place: Record, name: str) -> Record | None:
        """Return the record of that name at a place, None where there is none."""
        held = self.held(model, property_id=place["property_id"])
        return next((each for each in held if each["name"] == name), None)

    def add(self, model: str, beside: Record, **values: Any) -> Record:
        """Add a record at the place of another one, and return it."""
        shape = self._shape(model)
        place = {name: beside[name] for name in _PLACE if name in beside}
        born = {**place, **drafts.newborn(self.moment.world, self.integration), **values}
        record = {
            **shape.blank,
            **{name: each for name, each in born.items() if _is_kept(shape, name)},
        }
        self._write(Change("add", f"propexo_{model}", record["id"], record, STAMPS))
        return record

    def change(self, model: str, record: Record, **values: Any) -> None:
        """Change some fields of a record."""
        self._write(Change("patch", f"propexo_{model}", record["id"], values, STAMPS[1:]))

    def join(self, model: str, record: Record, **values: Any) -> None:
        """Bring parts to the lists of a record, or change those with the same ids."""
        self._write(Change("join", f"propexo_{model}", record["id"], values, STAMPS[1:]))

    def part(self, model: str, list_name: str, **said: Any) -> Record:
        """Return a new part of a record's list, in the shape that the contract gives it."""
        resolve = self.catalogue.document.resolve
        items = resolve(self._shape(model).fields[list_name]["items"])
        shape = Resource(list_name, {name: resolve(each) for name, each in _fields(items)})
        random = self.moment.world.random()
        own = {"id": cuid(random), "x_id": str(random.randrange(10**6, 10**8))}
        known = {**own, **dict.fromkeys(STAMPS, THEN), **said}
        return {**shape.blank, **{name: known[name] for name in known if name in shape.fields}}

    def _shape(self, model: str) -> Resource:
        return records(self.moment.world, model).resource

    def _write(self, made: Change) -> None:
        for change in balances.entered(self.moment, self.integration["id"], made):
            truth.change(self.moment.world, self.integration["id"], change)
            self.written.append(replace(change, table=model_of(change.table)))


def link(name: str, record: Mapping[str, Any] | None) -> Record:
    """Name a record by Propexo's id and by the PMS's own."""
    found = record or {}
    return {f"{name}_id": found.get("id"), f"x_{name}_id": found.get("x_id")}


def _is_kept(shape: Resource, name: str) -> bool:
    return name in shape.fields or name in shape.private


def _fields(items: Mapping[str, Any]) -> Any:
    return items["properties"].items()
