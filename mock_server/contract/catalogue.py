"""Everything one Api promises: its operations by key, and the resources they speak of."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from mock_server.contract import document as documents
from mock_server.contract.document import ContractError, Document, Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation, operations
from mock_server.contract.resource import Filter, Resource
from mock_server.nearest import nearest

_NAME = re.compile(r"[a-z_-]+")
_ALIKE = 0.7  # Two paths that are less alike are about different things.


class Catalogue:
    """All operations and resources of one Api."""

    def __init__(self, document: Document) -> None:
        """Read the operations and resources; raises `ContractError` where they do not fit."""
        self.document = document
        self.operations: Mapping[str, Operation] = _telling_alike(operations(document))
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
        """Return up to three keys that look most like this one, best first.

        Only the paths are compared, without the beginning that all have; what stands where a path
        has a parameter is as good as any other value.
        """
        method, _, asked = key.partition(" ")
        found: dict[str, list[str]] = defaultdict(list)
        for each in self.operations.values():
            found[_tail(_filled(each.path, asked))].append(each.key)
        near = nearest(_tail(asked), found, most=3, cutoff=_ALIKE)
        keys = [each for tail in near for each in found[tail]]
        return sorted(keys, key=lambda each: not each.startswith(f"{method} "))[:3]

    def vendors_beside(self, key: str) -> list[str] | None:
        """Return the vendors that have an operation where the key names one that has not.

        `POST /v1/residents/rentmanager` could only be the operation of one vendor, because there
        are others like it. None stands for a key that is about no vendor, or about a path there is.
        """
        method, _, asked = key.partition(" ")
        steps = asked.casefold().rstrip("/").split("/")
        own = [each for each in self.operations.values() if each.vendor]
        if any(_matches(_steps(each), steps) for each in own):
            return None
        alike = [each for each in own if each.method == method and _beside(each, steps)]
        names = {str(each.vendor).casefold() for each in own}
        if not alike and names.isdisjoint(steps):
            return None
        return sorted({str(each.vendor) for each in alike if each.kind is not Kind.UNSUPPORTED})

    def reference(self, schema: Schema) -> tuple[str, Mapping[str, str]] | None:
        """Return the resource (and the conditions) a field's value is an id of, if it is one."""
        stated = schema.get("x-references")
        if stated is None:
            return None
        name = stated if isinstance(stated, str) else stated["resource"]
        if name not in self.resources:
            raise ContractError(f"{self.name}: x-references {name!r} is no resource")
        return name, {} if isinstance(stated, str) else stated.get("where", {})

    def longest_text(self, operation: Operation) -> int:
        """Return how many characters the longest text of the operation's body may have, if told."""
        return _longest_text(self.document, operation.body or {})


def _steps(operation: Operation) -> list[str]:
    return operation.path.rstrip("/").split("/")


def _matches(own: list[str], steps: list[str]) -> bool:
    if len(own) != len(steps):
        return False
    pairs = zip(own, steps, strict=True)
    return all(mine == asked or mine.startswith("{") for mine, asked in pairs)


def _beside(operation: Operation, steps: list[str]) -> bool:
    """Say whether a path would be the operation's, had it its vendor's name in one place.

    Names are told from ids by having no digits.
    """
    own, name = _steps(operation), str(operation.vendor).casefold()
    if len(own) != len(steps) or name not in own:
        return False
    at = own.index(name)
    return _NAME.fullmatch(steps[at]) is not None and _matches(
        own, [*steps[:at], name, *steps[at + 1 :]]
    )


def _filled(path: str, asked: str) -> str:
    """Return a path with its parameters replaced by what an asked path has in their places."""
    values = asked.rstrip("/").split("/")
    return "/".join(
        values[index] if step.startswith("{") and index < len(values) else step
        for index, step in enumerate(path.rstrip("/").split("/"))
    )


def _tail(path: str) -> str:
    return "/".join(path.strip("/").split("/")[1:])


def _longest_text(document: Document, schema: Schema) -> int:
    schema = document.resolve(schema)
    nested = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    if "items" in schema:
        nested.append(schema["items"])
    inner = [_longest_text(document, each) for each in nested]
    return max([int(schema.get("maxLength", 0)), *inner])


def read(folder: Path) -> Catalogue:
    """Return the catalogue of a contract folder."""
    return Catalogue(documents.read(folder))


def _telling_alike(found: Iterable[Operation]) -> dict[str, Operation]:
    """Return the operations by key, the generic ones telling record ids as their cases do."""
    stated = {each.key: each for each in found}
    cases: dict[str, dict[str, Operation]] = defaultdict(dict)
    for each in stated.values():
        if each.generic and each.vendor:
            cases[each.generic][each.vendor] = each
    return {key: _telling_as(cases.get(key, {}), each) for key, each in stated.items()}


def _telling_as(cases: Mapping[str, Operation], generic: Operation) -> Operation:
    """Return an operation that tells the id of a new record wherever a case of it does.

    Raises `ContractError` where it speaks for a PMS itself, whose own operation decides.
    """
    for vendor, each in cases.items():
        if generic.tells_record_id(vendor):
            raise ContractError(
                f"{generic.key}: x-returns-record-id leaves {vendor} to {each.key}; take it out"
            )
    told = frozenset(vendor for vendor, each in cases.items() if each.tells_record_id(vendor))
    if not told:
        return generic
    return replace(generic, record_id_told_by=told.union(generic.record_id_told_by or ()))


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
    constant = {Filter(name) for one in lists for name in (*one.where, *one.path_filters.values())}
    return frozenset(stated | constant)


def _refuse_unknown_resource(operation: Operation, resources: Mapping[str, Resource]) -> None:
    if operation.resource is None:
        return
    resource = resources.get(operation.resource)
    if resource is None:
        raise ContractError(
            f"{operation.key}: no record schema says x-resource: {operation.resource}"
        )
    if operation.kind is Kind.LIST:
        _refuse_unknown_filter(operation, resource)


def _refuse_unknown_filter(operation: Operation, resource: Resource) -> None:
    compared = {each.name: each.filter.field for each in operation.query if each.filter}
    known = {*resource.fields, *resource.private}
    for name, field in {**compared, **operation.path_filters}.items():
        if field not in known:
            raise ContractError(
                f"{operation.key}: the filter {name} compares {field},"
                f" which no {resource.name} record has; say x-filter"
            )
