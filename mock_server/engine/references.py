"""Whether the ids in a call name records that exist and belong together."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.document import Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Path, Problem
from mock_server.engine.call import Call
from mock_server.engine.refusals import NotFound
from mock_server.nearest import quoted
from mock_server.world.records import Record
from mock_server.world.world import World

Reference = tuple[Path, str, Mapping[str, str]]

_OF_ONE_RECORD = (Kind.UPDATE, Kind.DELETE)


def problems(call: Call, world: World, binding: Operation) -> tuple[Problem, ...]:
    """Return the references that do not fit; raises `NotFound` for a path that names no record.

    `binding` is the operation that says which fields refer to what.
    """
    owner = _owner(call, world)
    return tuple(
        problem
        for path, resource, demands in _references(call.api.catalogue, binding)
        for where, value in _values(call.body, path)
        for problem in _misfits(call, world, (where, value), (resource, demands), owner)
    )


@lru_cache(maxsize=8)
def by_field(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the resource that a field of this name refers to, in whatever body it stands."""
    found_at = {}
    for place, schema in catalogue.document.every_schema():
        stated = catalogue.reference(schema)
        if stated is not None:
            found_at[place.rpartition("/")[2]] = stated[0]
    return found_at


def found(call: Call, world: World) -> Record:
    """Return the record that the path names; raises `NotFound`."""
    record = call.records(world).get(call.record_id)
    if record is None:
        raise NotFound(missing(call.operation.resource or "", call.record_id))
    return record


def missing(resource: str, record_id: object) -> str:
    """Return the sentence that says that there is no such record."""
    return f"no {singular(resource)} has the id {quoted(record_id)}"


def singular(resource: str) -> str:
    """Return a resource's name as one says it of a single record."""
    words = resource.replace("_", " ")
    for ending, single in (("ies", "y"), ("statuses", "status"), ("s", "")):
        if words.endswith(ending):
            return words.removesuffix(ending) + single
    return words


def _owner(call: Call, world: World) -> object:
    """Return the value of the owning field that everything in this call must share, if any."""
    if call.operation.kind in _OF_ONE_RECORD:
        record = found(call, world)
        return record.get(call.api.owner) if call.api.owner else None
    return call.body.get(call.api.owner) if call.api.owner else None


@lru_cache(maxsize=2048)
def _references(catalogue: Catalogue, operation: Operation) -> tuple[Reference, ...]:
    # Alternatives often share a field; its reference is checked once.
    found_at = {each[0]: each for each in _inside(catalogue, operation.body or {}, ())}
    return tuple(found_at.values())


def _inside(catalogue: Catalogue, schema: Schema, path: Path) -> Iterator[Reference]:
    schema = catalogue.document.resolve(schema)
    stated = catalogue.reference(schema)
    if stated:
        yield path, *stated
        return
    for name, inner in schema.get("properties", {}).items():
        yield from _inside(catalogue, inner, (*path, name))
    if "items" in schema:
        yield from _inside(catalogue, schema["items"], (*path, "*"))
    for branch in schema.get("anyOf", ()):
        yield from _inside(catalogue, branch, path)


def _values(value: Any, path: Path, where: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield each value that the path leads to, with the way there; `*` stands for every item.

    A value of another alternative than the path's leads nowhere.
    """
    if value is None:
        return
    if not path:
        found = enumerate(value) if isinstance(value, list) else None
        yield from (((*where, i), each) for i, each in found) if found else ((where, value),)
    elif path[0] == "*":
        items = enumerate(value) if isinstance(value, list) else ()
        for index, each in items:
            yield from _values(each, path[1:], (*where, index))
    elif isinstance(value, dict) and path[0] in value:
        yield from _values(value[path[0]], path[1:], (*where, path[0]))


def _misfits(
    call: Call,
    world: World,
    found_at: tuple[Path, Any],
    wanted: tuple[str, Mapping[str, str]],
    owner: object,
) -> Iterator[Problem]:
    (path, value), (resource, demands) = found_at, wanted
    record = call.records(world, resource).get(value)
    if record is None:
        yield _problem(path, value, resource, missing(resource, value))
        return
    field = call.api.owner
    # A record without an owner (an account's own) may stand beside records of any.
    if field and owner is not None and record.get(field, owner) != owner:
        yield _problem(
            path,
            value,
            resource,
            f"the {singular(resource)} {quoted(value)} belongs to {field} {record[field]!r},"
            f" not {owner!r}",
        )
    for name, demanded in demands.items():
        if demanded not in _as_list(record.get(name)):
            sentence = (
                f"the {singular(resource)} {quoted(value)} must have {demanded} among its {name}"
            )
            yield _problem(path, value, resource, sentence)


def _problem(path: Path, value: Any, resource: str, advice: str) -> Problem:
    return Problem("reference", expected=resource, path=path, received=value, advice=advice)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
