"""Everything one Api promises: its operations by key, and the resources they speak of."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from mock_server.contract import document as documents
from mock_server.contract.document import ContractError, Document, Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation, operations
from mock_server.contract.resource import Filter, Resource


class Catalogue:
    """All operations and resources of one Api."""

    def __init__(self, document: Document) -> None:
        """Read the operations and resources; raises `ContractError` where they do not fit."""
        self.document = document
        self.operations: Mapping[str, Operation] = {each.key: each for each in operations(document)}
        self.resources = _resources(document, tuple(self.operations.values()))
        for operation in self.operations.values():
            _refuse_unknown_resource(operation, self.resources)
        for _, schema in document.every_schema():
            self.reference(schema)

    @property
    def name(self) -> str:
        """Return the Api's name, which is also its contract folder's."""
        return self.document.name

    def __getitem__(self, key: str) -> Operation:
        """Return the operation of that key; raises `ContractError` naming the nearest ones."""
        if key not in self.operations:
            near = " or ".join(self.nearest(key)) or "nothing like it"
            raise ContractError(f"{self.name} has no operation {key!r}; did you mean {near}?")
        return self.operations[key]

    def nearest(self, key: str) -> list[str]:
        """Return up to three keys that look most like this one, best first."""
        return difflib.get_close_matches(key, self.operations, n=3, cutoff=0.4)

    def reference(self, schema: Schema) -> tuple[str, Mapping[str, str]] | None:
        """Return the resource (and the conditions) a field's value is an id of, if it is one."""
        stated = schema.get("x-references")
        if stated is None:
            return None
        name = stated if isinstance(stated, str) else stated["resource"]
        if name not in self.resources:
            raise ContractError(f"{self.name}: x-references {name!r} is no resource")
        return name, {} if isinstance(stated, str) else stated.get("where", {})


def read(folder: Path) -> Catalogue:
    """Return the catalogue of a contract folder."""
    return Catalogue(documents.read(folder))


def _resources(document: Document, all_operations: tuple[Operation, ...]) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for name, schema in document.schemas.items():
        resource = schema.get("x-resource")
        if resource is None:
            continue
        if resource in found:
            raise ContractError(f"components/schemas/{name}: {resource} has a schema already")
        properties = {
            key: document.resolve(each)
            for key, each in schema["properties"].items()
            if not each.get("x-private")
        }
        found[resource] = Resource(
            name=resource,
            fields=properties,
            private=schema.get("x-private", {}),
            filters=_filters(resource, all_operations),
        )
    return found


def _filters(resource: str, all_operations: tuple[Operation, ...]) -> frozenset[Filter]:
    lists = [each for each in all_operations if each.resource == resource]
    stated = {each.filter for one in lists for each in one.query if each.filter}
    constant = {Filter(name) for one in lists for name in one.where}
    return frozenset(stated | constant)


def _refuse_unknown_resource(operation: Operation, resources: Mapping[str, Resource]) -> None:
    if operation.kind is Kind.ACTION and operation.resource is None:
        return
    resource = resources.get(operation.resource or "")
    if resource is None:
        raise ContractError(
            f"{operation.key}: no record schema says x-resource: {operation.resource}"
        )
    if operation.kind is not Kind.LIST:
        return
    known = {*resource.fields, *resource.private}
    for parameter in operation.query:
        if parameter.filter and parameter.filter.field not in known:
            raise ContractError(
                f"{operation.key}: the filter {parameter.name} compares {parameter.filter.field},"
                f" which no {resource.name} record has; say x-filter"
            )
