"""In which integrations an operation can be called, and by whose rules."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.document import Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.engine.api import Api

Record = dict[str, Any]
Records = Callable[[str], list[Record]]

# Events of these kinds demand fields that a call with required fields alone does not have.
_DEMANDING = re.compile("call|email|sign", re.IGNORECASE)
_PEOPLE = ("leads", "applicants", "residents")
# An integration of a PMS has properties, one of a CRM communities.
_PLACES = {False: "properties", True: "crm_communities"}


@dataclass(frozen=True, eq=False)
class Ground:
    """The seeded records of one integration, from which a call takes what it refers to.

    `rules` is the operation whose body a call has to send: the one that is called, or the one
    that says more narrowly what the integration's PMS takes.
    """

    api: Api
    records: Records
    integration: Record
    rules: Operation

    @property
    def schema(self) -> Schema:
        """Return what a body has to be like."""
        return self.rules.body or {}

    def of(self, resource: str, demands: Mapping[str, str] | None = None) -> list[Record]:
        """Return the integration's records of a resource that meet the demands."""
        return self._of(resource, tuple((demands or {}).items()))

    @cache  # noqa: B019 - a ground lives as long as the tests do
    def _of(self, resource: str, demands: tuple[tuple[str, str], ...]) -> list[Record]:
        if resource == "integrations":
            return [self.integration]
        mine = [each for each in self.records(resource) if self._owns(each)]
        fitting = [each for each in mine if all(value in each[name] for name, value in demands)]
        return sorted(fitting, key=_is_demanding)

    def _owns(self, record: Record) -> bool:
        owner = self.api.owner
        return owner not in record or record[owner] == self.integration["id"]

    def path_records(self, operation: Operation) -> list[Record]:
        """Return the records that the operation's path, or a cancellation's body, may name."""
        found = self.of(operation.resource or "") if operation.resource else []
        people = next((each for each in _PEOPLE if f"/{each}" in operation.path), None)
        if operation.resource != "events" or people is None:
            return found
        is_appointment = "/appointments/" in operation.path
        concerned = f"associated_{people[:-1]}_ids"
        return [
            each
            for each in found
            if each[concerned] and bool(each["is_appointment"]) == is_appointment
        ]

    def fills(self, schema: Schema) -> bool:
        """Say whether there is a record for everything the schema refers to."""
        return all(self.of(*each) for each in references(self.api, schema))


def references(
    api: Api, schema: Schema, *, required: bool = False
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what a schema refers to, by required fields alone or by any: resource and demands."""
    schema = api.catalogue.document.resolve(schema)
    stated = api.catalogue.reference(schema)
    if stated:
        yield stated
    properties = schema.get("properties", {})
    chosen = schema.get("required", ()) if required else properties
    for each in [*(properties[name] for name in chosen), schema.get("items")]:
        yield from references(api, each, required=required) if each else ()


def grounds(api: Api, records: Records, operation: Operation) -> list[Ground]:
    """Return every integration in which the operation can be called."""
    if api.owner is None:
        return [Ground(api, records, {}, operation)]
    made = [
        Ground(api, records, each, _rules(api, operation, each["vendor"]))
        for each in records("integrations")
        if _is_for(operation, each, records)
    ]
    able = [each for each in made if each.rules.kind is not Kind.UNSUPPORTED]
    return [
        each
        for each in able
        if all(each.of(*one) for one in references(api, each.schema, required=True))
    ]


def best(
    candidates: list[Ground],
    operation: Operation,
    *,
    has_path: Callable[[Ground, Operation], bool],
) -> Ground:
    """Return the integration in which most of what the operation takes can be said.

    That is one whose PMS has no rules of its own, where there is one.
    """

    def worth(ground: Ground) -> tuple[bool, bool, int]:
        wanted = references(ground.api, ground.schema)
        is_free = ground.rules is operation
        return has_path(ground, operation), is_free, sum(bool(ground.of(*each)) for each in wanted)

    return max(candidates, key=worth)


@cache
def _twins(catalogue: Catalogue) -> Mapping[tuple[str, str], Operation]:
    every = catalogue.operations.values()
    return {(each.generic, each.vendor): each for each in every if each.generic and each.vendor}


def _rules(api: Api, operation: Operation, vendor: str) -> Operation:
    return _twins(api.catalogue).get((operation.key, vendor), operation)


def _is_for(operation: Operation, integration: Record, records: Records) -> bool:
    if operation.vendor not in {None, integration["vendor"]}:
        return False
    if not operation.is_for(integration["vendor"]):
        return False
    families = {False, True}
    if not operation.path.startswith("/v1/admin/"):
        families = {operation.path.startswith("/crm/")}
    return any(_has(records(_PLACES[each]), integration) for each in families)


def _has(places: list[Record], integration: Record) -> bool:
    return any(each["integration_id"] == integration["id"] for each in places)


def _is_demanding(record: Record) -> bool:
    """Say whether a record is better not chosen: a demanding kind, a person without an address."""
    without_address = "email_1" in record and record["email_1"] is None
    return without_address or bool(_DEMANDING.search(str(record.get("name", ""))))
