"""What an operation's path may name, so that it names something there is."""

from collections.abc import Mapping
from itertools import chain

from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from tests.contract.grounds import Ground, Record

_ONE_RECORD = frozenset({Kind.FETCH, Kind.UPDATE, Kind.DELETE})
# A write that failed is planted in every world, so that there is one to ask of and to try again.
FAILED_WRITE = "cfailedwrite"
# No record has these for an id: the failed write, and a pair that is normalized, see the
# operation's description.
_WORDS = {"root_job_id": FAILED_WRITE, "model": "leases", "field": "status"}


def path_of(ground: Ground, operation: Operation) -> dict[str, str] | None:
    """Return values of the path's parameters, None where the integration has no record for one."""
    found = {name: _first(ground, operation, name) for name in operation.path_names}
    return None if None in found.values() else {key: str(each) for key, each in found.items()}


def has_path(ground: Ground, operation: Operation) -> bool:
    """Say whether the integration has what the path, or a cancellation's body, may name."""
    if operation.path.rstrip("/").split("/")[-1] == "cancel" or "/cancel/" in operation.path:
        return bool(ground.path_records(operation))
    return path_of(ground, operation) is not None


def choices(ground: Ground, operation: Operation, name: str) -> list[object]:
    """Return the values that one parameter of the path may have."""
    if name in _WORDS:
        return [_WORDS[name]]
    if operation.kind is Kind.LIST:
        field = operation.path_filters[name]
        held = [each[field] for each in ground.of(operation.resource or "")]
        return [each for each in held if each is not None]
    return [each["id"] for each in _records(ground, operation, name)]


def _first(ground: Ground, operation: Operation, name: str) -> object:
    return next(iter(choices(ground, operation, name)), None)


def _records(ground: Ground, operation: Operation, name: str) -> list[Record]:
    if name == "pet_id":
        return pets_of(ground)
    if operation.key == "GET /v1/admin/logs/jobs/{id}":
        return [{"id": each["job_id"]} for each in ground.of("job_logs")]
    if operation.kind in _ONE_RECORD and name == operation.path_names[-1]:
        return ground.path_records(operation)
    return ground.of(_resource(ground, operation, name))


def pets_of(ground: Ground) -> list[Record]:
    """Return the pets that the residents' records show."""
    return list(chain.from_iterable(each["pets"] for each in ground.of("residents")))


def _resource(ground: Ground, operation: Operation, name: str) -> str:
    """Return the resource that a parameter names: by its own name, or by what stands before it."""
    if name == "id":
        return _segment_before(operation, name).replace("-", "_")
    singular = name.removesuffix("_id")
    plurals: Mapping[str, str] = {each: each for each in ground.api.catalogue.resources}
    return plurals.get(f"{singular}s") or f"{singular.removesuffix('y')}ies"


def _segment_before(operation: Operation, name: str) -> str:
    return operation.path.partition(f"/{{{name}}}")[0].rpartition("/")[2]
