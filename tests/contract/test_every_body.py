"""Does every operation that takes a body refuse a wrong one, name what is wrong, and do nothing?"""

import json

from mock_server.contract.operation import Operation
from mock_server.contract.resource import types_of
from tests.contract import together
from tests.contract.case import Case, each_operation, has_body
from tests.contract.promises import assert_kept, assert_refused, complaints
from tests.contract.queued import document_of
from tests.contract.spoiling import (
    is_dated,
    names,
    places,
    schemas_in,
    with_values,
    wrong_together,
)

UNKNOWN = {"string": "c000000000000000000000000", "integer": 987654321}
OFF_THE_CALENDAR = ("0000-00-00", "0001-01-01", "9999-12-31T23:59:59Z")
NO_JSON = ("", "{", "{'a': 1}", '{"a": NaN}', "\xff", "[" * 100_000)
NO_OBJECT = ([], [{}], "text", 7, True, None)
NO_JSON_TYPES = ("text/plain", "application/x-www-form-urlencoded", "")


def is_closed(operation: Operation) -> bool:
    """Say whether the operation's body refuses fields that it does not know."""
    return (operation.body or {}).get("additionalProperties") is False


def requires_fields(operation: Operation) -> bool:
    """Say whether the operation's body has required fields."""
    return bool((operation.body or {}).get("required"))


def has_fields(operation: Operation) -> bool:
    """Say whether the operation's body has any fields at all."""
    return bool((operation.body or {}).get("properties"))


def refers(operation: Operation) -> bool:
    """Say whether the body's own fields hold ids of records."""
    fields = (operation.body or {}).get("properties", {})
    return any("x-references" in each for each in fields.values())


def belongs_somewhere(operation: Operation) -> bool:
    """Say whether the body or the path tells in which integration the write takes place."""
    if operation.path.startswith(("/api/", "/v1/admin/")):
        return False
    fields = (operation.body or {}).get("properties", {})
    return "integration_id" in fields or bool(operation.path_names)


def has_dates(operation: Operation) -> bool:
    """Say whether a day or an instant stands anywhere in the operation's body."""
    found = schemas_in(document_of(operation), operation.body or {})
    return any(is_dated(each) for each in found)


@each_operation(requires_fields)
def test_a_missing_field_is_named_and_nothing_happens(case: Case) -> None:
    body = case.valid_body(full=True)
    for name in case.schema["required"]:
        answer = case.send({key: value for key, value in body.items() if key != name})
        assert_refused(case.api, case.operation, answer, 400)
        assert name in complaints(answer)
    assert case.is_untouched


@each_operation(requires_fields)
def test_an_empty_body_misses_every_required_field_at_once(case: Case) -> None:
    answer = case.send({})
    assert_refused(case.api, case.operation, answer, 400)
    # Nothing but the record in the path says whose rules hold when the body is empty.
    rules = case.ground.rules if case.operation.path_names else case.operation
    lacking = together.lacking_beside(rules, {})
    assert set(complaints(answer)) == {*(rules.body or {})["required"], *lacking}
    assert case.is_untouched


@each_operation(has_fields)
def test_a_value_of_a_wrong_type_is_named_and_nothing_happens(case: Case) -> None:
    body, path, unnamed = case.valid_body(full=True), case.valid_path, []
    found = list(places(case.api.catalogue.document, case.schema, body))
    assert found
    for wrong in filter(None, wrong_together(found)):
        answer = case.send(with_values(body, wrong), path=path)
        assert_refused(case.api, case.operation, answer, 400)
        said = complaints(answer)
        unnamed += [(at, value) for at, value in wrong.items() if not names(said, at)]
    assert unnamed == []
    assert case.is_untouched


@each_operation(has_dates)
def test_a_day_off_the_calendar_is_named_and_nothing_happens(case: Case) -> None:
    body, path = case.valid_body(full=True), case.valid_path
    found = places(case.api.catalogue.document, case.schema, body)
    dated = [at for at, schema in found if is_dated(schema)]
    assert dated
    for text in OFF_THE_CALENDAR:
        answer = case.send(with_values(body, dict.fromkeys(dated, text)), path=path)
        assert_refused(case.api, case.operation, answer, 400)
        said = complaints(answer)
        assert [at for at in dated if not names(said, at)] == []
    assert case.is_untouched


@each_operation(is_closed)
def test_unknown_fields_are_named_together(case: Case) -> None:
    answer = case.send({**case.valid_body(), "colour": "red", "size": 7})
    assert_refused(case.api, case.operation, answer, 400)
    (issue,) = answer.json["error"]["details"]["details"]["issues"]
    assert (issue["code"], issue["path"]) == ("unrecognized_keys", [])
    assert issue["keys"] == ["colour", "size"]
    assert case.is_untouched


@each_operation(lambda operation: operation.lenient)
def test_unknown_fields_are_dropped_where_the_call_asks_for_it(case: Case) -> None:
    body = {**case.valid_body(), "colour": "red"}
    answer = case.send(body, query={str(case.operation.lenient): "true"})
    assert_kept(case.api, case.operation, answer)
    assert "colour" not in answer.text


@each_operation(lambda operation: has_body(operation) and not is_closed(operation))
def test_an_open_body_may_hold_unknown_fields(case: Case) -> None:
    assert_kept(case.api, case.operation, case.send({**case.valid_body(), "colour": "red"}))


@each_operation(lambda operation: has_body(operation) and refers(operation))
def test_a_reference_to_nothing_is_named_and_nothing_happens(case: Case) -> None:
    body = case.valid_body(full=True)
    for name, stated in case.schema["properties"].items():
        schema = case.api.catalogue.document.resolve(stated)
        if "x-references" not in schema:
            continue
        unknown = UNKNOWN["integer" if "integer" in types_of(schema) else "string"]
        many = "array" in types_of(schema)
        answer = case.send({**body, name: [unknown] if many else unknown})
        assert_refused(case.api, case.operation, answer, 400)
        said = complaints(answer).get(f"{name}.0" if many else name, "")
        # A record in the path has an integration already, and the answer tells which.
        assert str(unknown) in said or (name == "integration_id" and "belongs to" in said), name
    assert case.is_untouched


@each_operation(lambda operation: refers(operation) and belongs_somewhere(operation))
def test_a_record_of_another_integration_is_named_and_nothing_happens(case: Case) -> None:
    body = case.valid_body(full=True)
    for name, stated in case.schema["properties"].items():
        schema = case.api.catalogue.document.resolve(stated)
        reference = case.api.catalogue.reference(schema)
        if reference is None or reference[0] == "integrations":
            continue
        mine = case.ground.integration["id"]
        others = [each for each in case.seeded(reference[0]) if each["integration_id"] != mine]
        if not others:
            continue  # One integration alone has such records.
        foreign = others[0]["id"]
        many = "array" in types_of(schema)
        answer = case.send({**body, name: [foreign] if many else foreign})
        assert_refused(case.api, case.operation, answer, 400)
        assert foreign in complaints(answer).get(f"{name}.0" if many else name, ""), name
    assert case.is_untouched


@each_operation(has_body)
def test_what_is_no_json_is_refused(case: Case) -> None:
    headers = {**case.credential("sandbox_any"), "Content-Type": "application/json"}
    for text in NO_JSON if case.operation.body_is_required else NO_JSON[1:]:
        content, path = text.encode("latin-1"), case.valid_path
        answer = case.send(content=content, headers=headers, path=path)
        assert_refused(case.api, case.operation, answer, 400)


@each_operation(has_body)
def test_json_that_is_no_object_is_refused(case: Case) -> None:
    headers = {**case.credential("sandbox_any"), "Content-Type": "application/json"}
    for value in NO_OBJECT:
        answer = case.send(content=json.dumps(value).encode(), headers=headers)
        assert_refused(case.api, case.operation, answer, 400)
        assert "must be a JSON object" in answer.text


@each_operation(has_body)
def test_another_content_type_is_refused(case: Case) -> None:
    content, path = json.dumps(case.valid_body()).encode(), case.valid_path
    for content_type in NO_JSON_TYPES:
        headers = {**case.credential(f"sandbox_{case.world}"), "Content-Type": content_type}
        answer = case.send(content=content, headers=headers, path=path)
        assert_refused(case.api, case.operation, answer, 400)
        assert "application/json" in answer.text
    assert case.is_untouched


@each_operation(has_body)
def test_an_oversized_body_is_refused(case: Case) -> None:
    # The length that is declared decides, so nobody has to send the bytes; files may be large.
    answer = case.app.test_client().open(
        case.operation.path.format(**case.valid_path),
        method=case.operation.method,
        json=case.valid_body(),
        headers=case.credential(f"sandbox_{case.world}"),
        environ_overrides={"CONTENT_LENGTH": str(10**9)},
    )
    assert_refused(case.api, case.operation, answer, 413)
    assert case.is_untouched
