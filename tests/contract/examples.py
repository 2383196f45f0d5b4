"""The example of each operation: a valid request, and what the seeded world replies.

They stand beside the contracts and are merged into them when they are served. `make examples`
writes them anew, which has to follow a change of the seeded data:

    python -m tests.contract.examples
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from mock_server import create_app
from mock_server.contract import examples
from mock_server.contract.document import Schema
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from mock_server.engine.api import Api
from tests.contract.case import APIS, MORNING, VENDORS, Case, has_body, is_paged, succeeds
from tests.contract.conftest import made
from tests.contract.control_case import ControlCase

Record = Mapping[str, Any]

# What a field with such an end says where the generator of valid calls has a word of its own.
WORDS = {
    "last_name": "Okafor",
    "middle_name": "May",
    "company_name": "Okafor & Sons",
    "vendor_name": "Okafor & Sons",
    "description": "Replace the filter in the kitchen",
    "notes": "Prefers a call in the morning.",
    "note": "Prefers a call in the morning.",
    "comments": "Prefers a call in the morning.",
    "memo": "March",
    "title": "Kitchen filter",
    "event_name": "Phone call",
    "reference_number": "R-1042",
    "invoice_number": "INV-1042",
    "number": "1042",
    "batch_id": "B-1042",
    "address_1": "12 Harbor Street",
    "address_2": "Apt 4",
    "city": "Tampa",
    "county": "Hillsborough",
    "country": "US",
    "state": "FL",
    "zip": "33602",
    "file_name": "application.pdf",
    "mime_type": "application/pdf",
    "breed": "Beagle",
    "color": "Brown",
    "weight": "24",
    "stock_code": "FILTER-20",
    "cost_code": "HVAC",
    "category_code": "MATERIAL",
    "quantity_ordered": "2",
    "api_key": "a-key-of-entrata",
    "file_data": "JVBERi0xLjQK",
    "name": "Clubhouse",
    "abbreviation": "CLUB",
    "third_party_id": "WEB-1042",
    "organization_name": "Okafor Leasing",
    "partner_name": "Okafor Leasing",
    "location_name": "Main office",
    "value": "Blue",
    "type": "Annual",
    "display_type": "Standard",
    "expense_type": "Operating",
    "square_footage": "850",
    "to_addresses": "ada.okafor@example.com",
    "reported_by": "Ada Okafor",
}
_FILLERS = frozenset({"Ada", "A"})
_CENTS = 12_500
# Fields that are not required are shown where a seeded record has them, but no more than so many.
_MOST_OPTIONAL = 5
_LONG_REPLY = 6_000


@cache
def seeded_app() -> Flask:
    """Return an application as anybody starts it, but for its time, which stands still."""
    told = {"scheduled_syncs": False, "appointment_slots": "any"}
    return create_app(access_log=False, machine=lambda: MORNING, **told)


@cache
def planted_app() -> Flask:
    """Return an application that also has the records which only tests need."""
    return made()


def example_of(api: Api, operation: Operation) -> dict[str, Any]:
    """Return the request and the reply of an operation, from the seeded world where it can."""
    for app in (seeded_app(), planted_app()):
        for kind in (ControlCase,) if api.is_control else (Case,):
            found = _told(kind(app, api, operation, "example"))
            if found is not None:
                return found
    raise LookupError(f"no call of {operation.key} succeeds")


def _told(case: Case) -> dict[str, Any] | None:
    try:
        path = case.valid_path
    except (LookupError, ValueError, AssertionError):
        return None
    if path.keys() != set(case.operation.path_names):
        return None
    for body in _bodies(case):
        answer = _sent(case, body, path)
        case.worlds.reset(case.world)
        if answer.status_code == 200 and answer.is_json:
            shown = _brief(answer.json) if len(answer.data) > _LONG_REPLY else answer.json
            told = {"path": path, "query": _query(case), "request": body, "reply": shown}
            return {name: value for name, value in told.items() if value or name == "reply"}
    return None


def _sent(case: Case, body: Any, path: Mapping[str, str]) -> TestResponse:
    return case.send(body, path=path, query=_query(case))


def _query(case: Case) -> dict[str, Any]:
    return {**case.valid_query, **({"limit": 1} if is_paged(case.operation) else {})}


def _bodies(case: Case) -> Iterator[Any]:
    """Yield the bodies to try, the most telling first."""
    if not has_body(case.operation):
        yield None
        return
    try:
        plain, full = case.valid_body(), case.valid_body(full=True)
    except LookupError:
        return
    if not isinstance(case, ControlCase):
        record = _seeded_record(case)
        names = [*plain, *_optional(case, record, plain)]
        chosen = _worded(
            case, case.schema, {name: full.get(name, plain.get(name)) for name in names}
        )
        yield {**chosen, **_of_a_record(case, record, chosen)} or _worded(case, case.schema, full)
        yield _worded(case, case.schema, plain)
    yield plain


def _brief(value: Any) -> Any:
    """Return a long reply with the first item of each list alone."""
    if isinstance(value, dict):
        return {name: _brief(each) for name, each in value.items()}
    return [_brief(each) for each in value[:1]] if isinstance(value, list) else value


def _optional(case: Case, record: Record, plain: Record) -> list[str]:
    """Return the plain fields that a seeded record fills, and the body need not have."""
    known = case.schema.get("properties", {})
    found = [
        name
        for name, schema in known.items()
        if name not in plain and record.get(name) is not None and _is_plain(case, schema)
    ]
    return found[:_MOST_OPTIONAL]


def _worded(case: Case, schema: Schema, value: Any, name: str = "") -> Any:
    """Return a value with the words of a reader in the place of those of the generator."""
    schema = case.api.catalogue.document.resolve(schema)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {key: _worded(case, known.get(key, {}), each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [_worded(case, schema.get("items", {}), each, name) for each in value]
    if name.endswith("_in_cents") and not isinstance(value, bool):
        return _CENTS
    if value not in _FILLERS or "enum" in schema:
        return value
    word = WORDS.get(name) or next(
        (word for end, word in WORDS.items() if name.endswith(f"_{end}")), value
    )
    return word if len(word) <= schema.get("maxLength", len(word)) else value


def _of_a_record(case: Case, record: Record, body: Record) -> dict[str, Any]:
    """Return what a seeded record says under the names of a body's plain texts."""
    known = case.schema.get("properties", {})
    return {
        name: record[name]
        for name in body
        if isinstance(record.get(name), str) and _is_plain(case, known.get(name, {}))
    }


def _seeded_record(case: Case) -> Record:
    resource = case.operation.resource
    if resource is None or case.operation.kind not in {Kind.CREATE, Kind.UPDATE}:
        return {}
    return next(iter(case.ground.of(resource)), {})


def _is_plain(case: Case, schema: Schema) -> bool:
    schema = case.api.catalogue.document.resolve(schema)
    told = schema.keys() & {"enum", "x-references", "anyOf", "pattern"}
    return types_of(schema) == {"string"} and not told


def every_example(api: Api) -> dict[str, dict[str, Any]]:
    """Return the examples of an Api by the keys of their operations."""
    told = api.catalogue.operations.values()
    # What is no JSON, as the metrics, is shown in the pages of docs/.
    operations = [each for each in told if succeeds(each) and each.reply is not None]
    return {each.key: example_of(api, each) for each in operations}


def main() -> None:
    """Write the examples of every Api."""
    for api in APIS:
        found = every_example(api) if api in VENDORS or api.is_control else {}
        examples.path_of(api.name).write_text(_lines(found), encoding="utf-8")


def _lines(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one line for each operation, so that a change shows where it is."""
    lines = (f"{json.dumps(key)}: {json.dumps(each)}" for key, each in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    main()
