"""The page that shows which vendor needs which fields of a generic write."""

from collections.abc import Iterable, Iterator, Mapping

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.conditions import sentences
from mock_server.contract.document import Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation

_HEAD = """# Which PMS needs which fields

For each generic write: the fields that a PMS takes, made from the contracts by `make docs`.

| mark | meaning |
|---|---|
| **R** | required |
| C | required in some cases; the sentences below the table say when |
| o | optional |
| | the PMS does not take the field: it is refused as an unknown key |
| 405 | the PMS does not support the write |

A PMS without a column has no known rules: the fields of the generic operation apply, and the header
`x-mock-rules` says `none known`. When a write is refused, the same header names the operation whose
rules it broke. Fields inside objects and arrays are in the API reference at `/docs`.
"""
_REQUIRED, _CONDITIONAL, _OPTIONAL, _UNSUPPORTED = "**R**", "C", "o", "405"

Cases = Mapping[str, Operation]


def render(catalogues: Iterable[Catalogue]) -> str:
    """Return the page as Markdown."""
    return "\n".join([_HEAD, *(line for each in catalogues for line in _tables(each))])


def _tables(catalogue: Catalogue) -> Iterator[str]:
    cases: dict[str, dict[str, Operation]] = {}
    for each in catalogue.operations.values():
        if each.generic and each.vendor:
            cases.setdefault(each.generic, {})[each.vendor] = each
    for key in sorted(cases, key=_by_path):
        yield from _table(catalogue[key], dict(sorted(cases[key].items())))


def _by_path(key: str) -> tuple[str, str]:
    method, _, path = key.partition(" ")
    return path, method


def _table(generic: Operation, cases: Cases) -> Iterator[str]:
    yield f"## {generic.key}\n"
    supported = {name: each for name, each in cases.items() if each.kind is not Kind.UNSUPPORTED}
    unsupported = sorted(cases.keys() - supported.keys())
    if supported:
        yield f"| field | {' | '.join(cases)} |\n|---|{'---|' * len(cases)}"
        for name in _names(generic, supported.values()):
            marks = (_mark(each, name) for each in cases.values())
            yield f"| `{name}` | {' | '.join(marks)} |"
        yield ""
    elif unsupported:
        yield f"Not supported (405): {', '.join(unsupported)}.\n"
    yield from _conditions(supported)


def _names(generic: Operation, cases: Iterable[Operation]) -> list[str]:
    """Return the fields that any of the PMSs takes, in the order of the generic operation."""
    taken = {name: None for each in cases for name in _fields(each)}
    known = [name for name in _fields(generic) if name in taken]
    return [*dict.fromkeys([*known, *taken])]


def _fields(operation: Operation) -> Mapping[str, Schema]:
    found: Mapping[str, Schema] = (operation.body or {}).get("properties", {})
    return found


def _mark(operation: Operation, name: str) -> str:
    if operation.kind is Kind.UNSUPPORTED:
        return _UNSUPPORTED
    if name not in _fields(operation):
        return ""
    body = operation.body or {}
    if name in body.get("required", ()):
        return _REQUIRED
    conditions = body.get("x-conditions", ())
    is_conditional = any(name in each.get("required", ()) for each in conditions)
    return _CONDITIONAL if is_conditional else _OPTIONAL


def _conditions(cases: Cases) -> Iterator[str]:
    told = [
        f"- {vendor}: {sentence}."
        for vendor, each in cases.items()
        for condition in (each.body or {}).get("x-conditions", ())
        for sentence in sentences(condition)
    ]
    yield from [*told, ""] if told else ()
