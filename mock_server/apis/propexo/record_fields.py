"""Which fields somebody may set of a record of Propexo's, and to what."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mock_server.apis.propexo.pms import truth
from mock_server.contract.catalogue import Catalogue
from mock_server.contract.problems import Problem
from mock_server.contract.resource import Resource
from mock_server.contract.schemas import Builder
from mock_server.contract.validator import Validator
from mock_server.engine.references import by_field, missing
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import unknown
from mock_server.world.records import Record
from mock_server.world.world import World

# When Propexo stored, changed and saw its copy; no PMS knows of it.
STAMPS = ("created_at", "updated_at", "last_seen")
_OWN = (*STAMPS, "id", "integration_id", "integration_vendor")
# RealPage takes days that are none and Propexo shows them, but no edit has to bring more of them.
_INSTANTS = frozenset({"event_datetime"})


def sent(
    catalogue: Catalogue,
    world: World,
    integration_id: str,
    resource: Resource,
    body: Mapping[str, Any],
) -> Record:
    """Return the fields of a body that is sent to a PMS; raises `Invalid` as `checked` does.

    So it does where a field names a record that this PMS does not hold.
    """
    fields = checked(catalogue, resource, body)
    problems = [
        _dangling(name, referred, value)
        for name, referred, value in _references_in(catalogue, fields)
        if (truth.record(world, referred, value) or {}).get("integration_id") != integration_id
    ]
    if problems:
        raise Invalid(problems)
    return fields


def checked(catalogue: Catalogue, resource: Resource, body: Mapping[str, Any]) -> Record:
    """Return some fields of a record, each right by Propexo's contract.

    Raises `Invalid` with every problem; an unknown field is told with the nearest there is.
    """
    advice = "is Propexo's own, so it cannot be set"
    own = [broken(name, advice, body[name]) for name in _OWN if name in body]
    fields, problems = _validator(catalogue, resource).check(body)
    if own or problems:
        raise Invalid([*own, *(_told(each, resource) for each in problems)])
    return fields


def with_foreign_ids(
    catalogue: Catalogue, world: World, resource: Resource, fields: Mapping[str, Any]
) -> Record:
    """Return the fields with the PMS's own id beside each of Propexo's, where a record shows it."""
    references = by_field(catalogue)
    found = {
        f"x_{name}": _foreign_id(world, references[name], value)
        for name, value in fields.items()
        if f"x_{name}" in resource.fields and name in references and not isinstance(value, list)
    }
    return {name: each for name, each in {**found, **fields}.items() if name in resource.fields}


@lru_cache(maxsize=256)
def _validator(catalogue: Catalogue, resource: Resource) -> Validator:
    known = {
        name: {**each, "format": "date-time"} if name in _INSTANTS else each
        for name, each in resource.fields.items()
        if name not in _OWN
    }
    # What is Propexo's own has a problem of its own, so that here it may be anything.
    return Builder(catalogue.document).some_of({**known, **{name: {} for name in _OWN}})


def _told(problem: Problem, resource: Resource) -> Problem:
    if problem.rule != "unknown" or len(problem.path) != 1:
        return problem
    name = str(problem.path[0])
    return replace(problem, advice=unknown(f"field of {resource.name}", name, resource.fields))


def _references_in(
    catalogue: Catalogue, fields: Mapping[str, Any]
) -> Iterator[tuple[str, str, Any]]:
    """Yield the field, the resource and the id of each record that the fields name."""
    references = by_field(catalogue)
    for name, value in fields.items():
        for each in value if isinstance(value, list) else [value]:
            if name in references and each is not None:
                yield name, references[name], each


def _foreign_id(world: World, resource: str, record_id: str | None) -> Any:
    record = None if record_id is None else truth.record(world, resource, record_id)
    return None if record is None else record["x_id"]


def _dangling(name: str, resource: str, value: Any) -> Problem:
    advice = f"{missing(resource, value)} at this system"
    return Problem("reference", resource, (name,), value, advice)
