"""Whether what a scenario says of records fits the contracts, and in which words it does not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.problems import Problem
from mock_server.contract.resource import Resource
from mock_server.contract.schemas import Builder
from mock_server.contract.validator import Validator
from mock_server.engine import references, spans
from mock_server.engine.api import Api
from mock_server.engine.scenarios.scenario import Records, ScenarioError
from mock_server.engine.sentences import sentence
from mock_server.nearest import nearest, unknown

_MOST_TOLD = 20
_ALIKE = 0.6


@dataclass(frozen=True)
class Checked:
    """The records of one file, each right by the contract, with its place in the file."""

    api: Api
    resource: Resource
    records: Sequence[tuple[str, Mapping[str, Any]]]


def checked(apis: Sequence[Api], one: Records, day: datetime) -> Checked:
    """Return a file's records; raises `ScenarioError` with what is wrong in it.

    `day` is that of the seeded records, from which instants such as `@-3d` are counted.
    """
    try:
        api, resource = table_of(apis, one.table)
    except ValueError as error:
        raise ScenarioError(f"{one.file}: {error}") from None
    validator = _validator(api, resource)
    found, wrong = [], []
    for number, said in enumerate(one.records, start=1):
        place = _place(one.file, number, said)
        if isinstance(said, dict):
            record, problems = validator.check(_timed(said, resource.fields, day, place))
            found.append((place, {name: record[name] for name in said if name in record}))
            wrong += [f"{place}: {_told(each, resource)}" for each in problems]
        else:
            wrong.append(f"{place}: must be an object, such as {{first_name: Ada}}")
    if wrong:
        raise ScenarioError(in_short(wrong))
    return Checked(api, resource, found)


def table_of(apis: Sequence[Api], name: str) -> tuple[Api, Resource]:
    """Return what `propexo/leads` names; raises `ValueError` for anything else."""
    vendors = {each.name: each for each in apis if not each.is_control}
    of_api, _, of_resource = name.partition("/")
    if of_api not in vendors:
        raise ValueError(unknown("API", of_api, vendors))
    known = vendors[of_api].catalogue.resources
    if of_resource not in known:
        where = f"docs/operations.md lists those of {of_api}"
        raise ValueError(unknown(f"resource of {of_api}", of_resource, known, where))
    return vendors[of_api], known[of_resource]


def in_short(wrong: Sequence[str]) -> str:
    """Return what is wrong line by line, or the first part of it."""
    more = len(wrong) - _MOST_TOLD
    rest = [f"and {more} more"] if more > 0 else []
    return "\n".join([*wrong[:_MOST_TOLD], *rest])


@lru_cache(maxsize=256)
def _fields(resource: Resource) -> Mapping[str, Mapping[str, Any]]:
    private = {name: {"type": [each, "null"]} for name, each in resource.private.items()}
    return {**resource.fields, **private}


@lru_cache(maxsize=256)
def _validator(api: Api, resource: Resource) -> Validator:
    return Builder(api.catalogue.document).some_of(_fields(resource))


def _place(file: str, number: int, said: Any) -> str:
    named = f" ({said['id']})" if isinstance(said, dict) and "id" in said else ""
    return f"{file}, record {number}{named}"


def _told(problem: Problem, resource: Resource) -> str:
    if problem.rule == "unknown" and len(problem.path) == 1:
        name = str(problem.path[0])
        said = unknown(f"field of {resource.name}", name, _fields(resource))
        problem = replace(problem, advice=said)
    near = nearest(str(problem.received), _names(problem), cutoff=_ALIKE)
    return f"{sentence(problem)}; did you mean {near[0]}?" if near else sentence(problem)


def _names(problem: Problem) -> list[str]:
    """Return what a value may be that has to be one of some names."""
    options = problem.expected if problem.rule == "enum" else ()
    return [each for each in options if isinstance(each, str)]


def _timed(said: Any, fields: Mapping[str, Any], day: datetime, place: str) -> Any:
    """Return a value with instants in the place of such as `@-3d`, as days where a field has days.

    `fields` are the schemas of an object's fields.
    """
    if isinstance(said, dict):
        return {name: _timed(each, fields.get(name, {}), day, place) for name, each in said.items()}
    if isinstance(said, list):
        return [_timed(each, {}, day, place) for each in said]
    if not isinstance(said, str):
        return said
    try:
        instant = spans.instant(said, day)
    except OverflowError:
        raise ScenarioError(f"{place}: {said} is too far away") from None
    is_day = fields.get("format") == "date"
    return said if instant is None else instant[:10] if is_day else instant


def referred(
    catalogue: Catalogue, resource: Resource, record: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any]]:
    """Yield the field, the resource and the id of each record that a record refers to."""
    known = references.by_field(catalogue)
    for name in [each for each in record if each in known and each in _fields(resource)]:
        value = record[name]
        for each in value if isinstance(value, list) else [value]:
            if each is not None:
                yield name, known[name], each
