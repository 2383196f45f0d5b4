"""What one operation promises: who it is, what it takes, what it answers, and how sure we are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mock_server.contract.document import ContractError, Document, Schema
from mock_server.contract.kinds import Kind, classify
from mock_server.contract.resource import FILTER_COMPARISONS, Filter

METHODS = ("get", "post", "put", "patch", "delete")
EVIDENCE = ("documented", "inferred", "assumed", "ours")
_WITHOUT_RESOURCE = frozenset({Kind.ACTION, Kind.UNSUPPORTED})


@dataclass(frozen=True, eq=False)
class Parameter:
    """One value that travels in the path or the query string.

    One that `may_be_blank` counts as not sent where it is.
    """

    name: str
    location: str
    schema: Schema
    required: bool = False
    filter: Filter | None = None
    paging: str | None = None
    drops_unknown: bool = False
    may_be_blank: bool = False


@dataclass(frozen=True, eq=False)
class Operation:
    """Method and path, and everything the contract says of them.

    `key` names the operation everywhere, e.g. "POST /v1/leads/". `where` is the constant part of a
    list's selection, `path_filters` the field that each of its path parameters selects by. `vendor`
    is the one PMS a particular operation is for, `generic` the key of the operation it is a
    particular case of. `action` names a behaviour that operations without a generic one share.
    `record_id_told_by` are the PMSs whose write status tells the id of the
    record that was made, in a catalogue also those whose own operation says so; None stands for
    all. `only_for` are the PMSs of a generic operation that no other PMS supports, none where it is
    for all. `waits` says that the reply may have to wait for something outside the sandbox.
    `answers_without_world`: it answers also where the database cannot be reached.
    """

    key: str
    method: str
    path: str
    name: str
    summary: str
    tag: str
    kind: Kind
    resource: str | None
    parameters: tuple[Parameter, ...]
    body: Schema | None
    reply: Schema | None
    evidence: str
    source: str
    assumed: tuple[str, ...]
    where: Mapping[str, Any]
    path_filters: Mapping[str, str]
    vendor: str | None
    generic: str | None
    record_id_told_by: frozenset[str] | None
    only_for: frozenset[str] = frozenset()
    action: str | None = None
    body_is_required: bool = True
    waits: bool = False
    answers_without_world: bool = False

    @cached_property
    def query(self) -> tuple[Parameter, ...]:
        """Return the parameters of the query string."""
        return tuple(each for each in self.parameters if each.location == "query")

    @cached_property
    def path_names(self) -> tuple[str, ...]:
        """Return the names of the path's parameters, in the path's order."""
        return tuple(each.name for each in self.parameters if each.location == "path")

    @cached_property
    def lenient(self) -> str | None:
        """Return the query parameter that asks to drop unknown fields instead of refusing them."""
        return next((each.name for each in self.query if each.drops_unknown), None)

    def is_for(self, vendor: str) -> bool:
        """Say whether this PMS supports a generic operation, as far as is known."""
        return not self.only_for or vendor in self.only_for

    def tells_record_id(self, vendor: str) -> bool:
        """Say whether a write at this PMS tells the id of the record it made."""
        return self.record_id_told_by is None or vendor in self.record_id_told_by


def operations(document: Document) -> Iterator[Operation]:
    """Yield every operation; raises `ContractError` for one that says too little."""
    for path, item in document.root["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(document, method.upper(), path, item[method])


def _operation(document: Document, method: str, path: str, said: Mapping[str, Any]) -> Operation:
    key = f"{method} {path}"
    _refuse_too_little(document, key, said)
    kind, asked = classify(method, path, said), said.get("requestBody", {})
    return Operation(
        key=key,
        method=method,
        path=path,
        name=said["operationId"],
        summary=said.get("summary", ""),
        tag=(said.get("tags") or [""])[0],
        kind=kind,
        resource=said.get("x-resource") or _resource_name(document, kind, path),
        parameters=tuple(_parameters(document, key, said)),
        body=_json_schema(document, asked),
        reply=_json_schema(document, said.get("responses", {}).get("200", {})),
        evidence=said["x-evidence"],
        source=said["x-source"],
        assumed=tuple(said.get("x-assumed", ())),
        where=said.get("x-where", {}),
        path_filters=said.get("x-path-filter", {}),
        vendor=said.get("x-vendor"),
        generic=said.get("x-generic"),
        record_id_told_by=_told_by(said.get("x-returns-record-id", False)),
        only_for=frozenset(said.get("x-only-for", ())),
        action=said.get("x-action"),
        body_is_required=asked.get("required", False),
        waits=said.get("x-waits", False),
        answers_without_world=said.get("x-answers-without-world", False),
    )


def _refuse_too_little(document: Document, key: str, said: Mapping[str, Any]) -> None:
    for needed in ("operationId", "x-evidence", "x-source"):
        if needed not in said:
            raise ContractError(f"{document.name}: {key} says no {needed}")
    if said["x-evidence"] not in EVIDENCE:
        raise ContractError(f"{document.name}: {key}: x-evidence must be one of {EVIDENCE}")


def _resource_name(document: Document, kind: Kind, path: str) -> str | None:
    """Return the first segment of a path that names a resource.

    The contract's `x-plain-segments` are those that name none, such as versions.
    """
    if kind in _WITHOUT_RESOURCE:
        return None
    plain = document.root.get("x-plain-segments", ())
    segments = [each for each in path.split("/") if each and each not in plain]
    return segments[0].replace("-", "_")


def _told_by(stated: Any) -> frozenset[str] | None:
    if stated is True:
        return None
    return frozenset(stated or ())


def _parameters(document: Document, key: str, said: Mapping[str, Any]) -> Iterator[Parameter]:
    for node in said.get("parameters", ()):
        entry = document.resolve(node)
        if entry["in"] not in {"path", "query"}:
            raise ContractError(f"{key}: a parameter in {entry['in']!r} is not served")
        yield Parameter(
            name=entry["name"],
            location=entry["in"],
            schema=document.resolve(entry.get("schema", {})),
            required=entry.get("required", False),
            filter=_filter(key, entry),
            paging=entry.get("x-paging"),
            drops_unknown=entry.get("x-drops-unknown", False),
            may_be_blank=entry.get("x-may-be-blank", False),
        )


def _filter(key: str, entry: Mapping[str, Any]) -> Filter | None:
    stated = entry.get("x-filter")
    if entry["in"] != "query" or "x-paging" in entry or stated == "none":
        return None
    found = Filter(**stated) if stated else Filter(entry["name"])
    if found.by not in FILTER_COMPARISONS:
        raise ContractError(
            f"{key}: x-filter by {found.by!r} is none of {sorted(FILTER_COMPARISONS)}"
        )
    return found


def _json_schema(document: Document, node: Mapping[str, Any]) -> Schema | None:
    content = document.resolve(node).get("content", {}).get("application/json")
    return document.resolve(content["schema"]) if content else None
