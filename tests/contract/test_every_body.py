"""Does every operation that takes a body refuse a wrong one, name what is wrong, and do nothing?"""

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mock_server.contract.document import Document, Schema
from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from tests.contract.case import Case, each_operation, has_body
from tests.contract.promises import assert_kept, assert_refused, complaints

Place = tuple[str | int, ...]

_OF_EACH_TYPE: Mapping[str, Any] = {
    "object": {"colour": ["red"]},
    "array": [["red"]],
    "string": "red",
    "number": 1.5,
    "boolean": True,
    "null": None,
}
UNKNOWN = {"string": "c000000000000000000000000", "integer": 987654321}


def is_closed(operation: Operation) -> bool:
    """Say whether the operation's body refuses fields that it does not know."""
    return (operation.body or {}).get("additionalProperties") is False


def requires_fields(operation: Operation) -> bool:
    """Say whether the operation's body has required fields."""
    return bool((operation.body or {}).get("required"))


def refers(operation: Operation) -> bool:
    """Say whether the body's own fields hold ids of records."""
    return any("x-references" in each for each in (operation.body or {})["properties"].values())


def places(document: Document, schema: Schema, value: Any, at: Place = ()) -> Iterator[Any]:
    """Yield the place and the schema of everything in a value, nested values included."""
    schema = document.resolve(schema)
    if at:
        yield at, schema
    if "anyOf" in schema:
        inside = places(document, schema["anyOf"][0], value, at)
        yield from ((each, inner) for each, inner in inside if each != at)
    elif isinstance(value, dict):
        values = schema.get("additionalProperties")
        for name, inner in value.items():
            known = schema.get("properties", {}).get(name, values)
            yield from places(document, known, inner, (*at, name))
    elif isinstance(value, list):
        yield from places(document, schema["items"], value[0], (*at, 0))


def misfits(schema: Schema) -> list[Any]:
    """Return a value of each JSON type that the schema does not admit."""
    types = types_of(schema)
    admitted = {*types, "number"} if "integer" in types and "number" in types else types
    return [value for name, value in _OF_EACH_TYPE.items() if name not in admitted]


def with_value(body: Any, at: Place, value: Any) -> Any:
    """Return the body with another value in one place."""
    changed = copy.deepcopy(body)
    inside = changed
    for step in at[:-1]:
        inside = inside[step]
    inside[at[-1]] = value
    return changed


def names(said: Mapping[str, str], at: Place) -> bool:
    """Say whether the complaints name the place, or the field of alternatives it belongs to."""
    return any(".".join(map(str, at[:length])) in said for length in range(len(at), 0, -1))


@each_operation(requires_fields)
def test_a_missing_field_is_named_and_nothing_happens(case: Case) -> None:
    body = case.valid_body(full=True)
    for name in (case.operation.body or {})["required"]:
        answer = case.send({key: value for key, value in body.items() if key != name})
        assert_refused(case.api, case.operation, answer, 400)
        assert name in complaints(answer)
    assert case.is_untouched


@each_operation(requires_fields)
def test_an_empty_body_misses_every_required_field_at_once(case: Case) -> None:
    answer = case.send({})
    assert_refused(case.api, case.operation, answer, 400)
    assert set(complaints(answer)) == {*(case.operation.body or {})["required"]}


@each_operation(has_body)
def test_a_value_of_a_wrong_type_is_named_and_nothing_happens(case: Case) -> None:
    body, path = case.valid_body(full=True), case.valid_path
    found = list(places(case.api.catalogue.document, case.operation.body or {}, body))
    wrong = [(at, each) for at, schema in found for each in misfits(schema)]
    accepted, unnamed = [], []
    for at, value in wrong:
        answer = case.send(with_value(body, at, value), path=path)
        if answer.status_code != 400:
            accepted.append((at, value, answer.status_code))
        elif not names(complaints(answer), at):
            unnamed.append((at, value, answer.text[:300]))
    assert wrong
    assert (accepted, unnamed) == ([], [])
    assert case.is_untouched


@pytest.mark.parametrize("text", ["0000-00-00", "0001-01-01", "9999-12-31T23:59:59Z"])
@each_operation(has_body)
def test_a_day_off_the_calendar_is_named_and_nothing_happens(case: Case, text: str) -> None:
    body, path = case.valid_body(full=True), case.valid_path
    for at, schema in places(case.api.catalogue.document, case.operation.body or {}, body):
        if schema.get("format") in {"date", "date-time"} or is_a_day_or_an_instant(schema):
            answer = case.send(with_value(body, at, text), path=path)
            assert_refused(case.api, case.operation, answer, 400)
            assert names(complaints(answer), at)
    assert case.is_untouched


def is_a_day_or_an_instant(schema: Schema) -> bool:
    """Say whether a value may be a day, with or without a time."""
    return any(each.get("format") == "date" for each in schema.get("anyOf", ()))


@each_operation(is_closed)
def test_unknown_fields_are_named_together(case: Case) -> None:
    answer = case.send({**case.valid_body(), "colour": "red", "size": 7})
    assert_refused(case.api, case.operation, answer, 400)
    (issue,) = answer.json["error"]["details"]["details"]["issues"]
    assert (issue["code"], issue["path"]) == ("unrecognized_keys", [])
    assert issue["keys"] == ["colour", "size"]
    assert case.is_untouched


@each_operation(lambda operation: has_body(operation) and not is_closed(operation))
def test_an_open_body_may_hold_unknown_fields(case: Case) -> None:
    assert_kept(case.api, case.operation, case.send({**case.valid_body(), "colour": "red"}))


@each_operation(lambda operation: has_body(operation) and refers(operation))
def test_a_reference_to_nothing_is_named_and_nothing_happens(case: Case) -> None:
    body = case.valid_body(full=True)
    for name, stated in (case.operation.body or {})["properties"].items():
        schema = case.api.catalogue.document.resolve(stated)
        if "x-references" not in schema:
            continue
        unknown = UNKNOWN["integer" if "integer" in types_of(schema) else "string"]
        many = "array" in types_of(schema)
        answer = case.send({**body, name: [unknown] if many else unknown})
        assert_refused(case.api, case.operation, answer, 400)
        assert str(unknown) in complaints(answer).get(f"{name}.0" if many else name, ""), name
    assert case.is_untouched


@each_operation(lambda operation: operation.path.startswith("/v1/") and has_body(operation))
def test_a_record_of_another_integration_is_named_and_nothing_happens(case: Case) -> None:
    body = case.valid_body(full=True)
    for name, schema in (case.operation.body or {})["properties"].items():
        stated = case.api.catalogue.reference(schema)
        if stated is None or stated[0] == "integrations":
            continue
        foreign = next(
            each["id"]
            for each in case.seeded(stated[0])
            if each["integration_id"] != case.ground.integration["id"]
        )
        many = "array" in types_of(schema)
        answer = case.send({**body, name: [foreign] if many else foreign})
        assert_refused(case.api, case.operation, answer, 400)
        assert foreign in complaints(answer).get(f"{name}.0" if many else name, ""), name
    assert case.is_untouched


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", '{"a": NaN}', "\xff", "[" * 100_000])
@each_operation(has_body)
def test_what_is_no_json_is_refused(case: Case, text: str) -> None:
    headers = {**case.credential("sandbox_any"), "Content-Type": "application/json"}
    answer = case.send(content=text.encode("latin-1"), headers=headers, path=case.valid_path)
    assert_refused(case.api, case.operation, answer, 400)


@pytest.mark.parametrize("value", [[], [{}], "text", 7, True, None])
@each_operation(has_body)
def test_json_that_is_no_object_is_refused(case: Case, value: object) -> None:
    headers = {**case.credential("sandbox_any"), "Content-Type": "application/json"}
    answer = case.send(content=json.dumps(value).encode(), headers=headers)
    assert_refused(case.api, case.operation, answer, 400)
    assert "must be a JSON object" in answer.text


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
@each_operation(has_body)
def test_another_content_type_is_refused(case: Case, content_type: str) -> None:
    content = json.dumps(case.valid_body()).encode()
    headers = {**case.credential(f"sandbox_{case.world}"), "Content-Type": content_type}
    answer = case.send(content=content, headers=headers, path=case.valid_path)
    assert_refused(case.api, case.operation, answer, 400)
    assert "application/json" in answer.text
    assert case.is_untouched


@each_operation(has_body)
def test_an_oversized_body_is_refused(case: Case) -> None:
    body = {**case.valid_body(), "colour": "r" * case.app.config["MAX_CONTENT_LENGTH"]}
    assert_refused(case.api, case.operation, case.send(body), 413)
    assert case.is_untouched
