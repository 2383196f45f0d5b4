"""Does each of the sandbox's own operations do what it promises, and else nothing?"""

import json
from http import HTTPMethod
from typing import Any

import pytest
from werkzeug.test import TestResponse

from mock_server.contract.operation import Operation
from mock_server.world.naming import DEFAULT
from tests.contract.case import has_body
from tests.contract.control_calls import BODIES, QUERIES, TAKE_ANY_TEXT
from tests.contract.control_case import SANDBOX, ControlCase, each_control_operation
from tests.contract.promises import assert_kept, assert_refused, complaints
from tests.contract.spoiling import misfits, places, with_value

NO_JSON = ("", "{", "{'a': 1}", '{"a": NaN}', "\xff", "[" * 100_000)
NO_OBJECT = ([], [{}], "text", 7, True, None)
JSON = {"Content-Type": "application/json"}
# By which headers a call can say whose it is, and the world that it then goes to.
CREDENTIALS = {
    "nobody's": {},
    "Propexo's": {"Authorization": "Bearer sandbox_caller"},
    "LeadPro's": {"x-api-key": "sandbox_caller"},
    "one of no world": {"Authorization": "Bearer key-1"},
}


def names_something(operation: Operation) -> bool:
    """Say whether the operation's path names something."""
    return bool(operation.path_names)


def assert_refused_so(case: ControlCase, answer: TestResponse, status: int = 400) -> None:
    """Assert that the call was refused, as `{error, problems?}` and in sentences."""
    assert_refused(case.api, case.operation, answer, status)
    assert set(answer.json) <= {"error", "problems"}
    assert all(each["message"] for each in answer.json.get("problems", ()))


def test_every_body_and_query_has_an_example() -> None:
    operations = SANDBOX.catalogue.operations.values()
    assert {each.key for each in operations if has_body(each)} == {*BODIES}
    assert {one.name for each in operations for one in each.query} == {*QUERIES}
    assert set(BODIES) <= set(SANDBOX.catalogue.operations)


@each_control_operation(has_body)
def test_the_examples_send_every_field(control: ControlCase) -> None:
    sent = {name for body in control.bodies for name in body}
    assert {*control.operation.body.get("properties", ())} <= sent


@each_control_operation()
def test_every_example_is_answered_as_promised(control: ControlCase) -> None:
    for body in control.bodies:
        assert_kept(control.api, control.operation, control.send(body))
        control.worlds.reset(control.world)
        control = control.control(control.operation.key)


@each_control_operation(lambda operation: operation.query)
def test_every_query_is_answered_as_promised(control: ControlCase) -> None:
    for each in control.operation.query:
        answer = control.send(query={each.name: QUERIES[each.name][0]})
        assert_kept(control.api, control.operation, answer)


@each_control_operation(lambda operation: operation.query)
def test_a_query_that_cannot_be_is_named(control: ControlCase) -> None:
    before = control.state
    wrong = {name: text for name, (_, text) in QUERIES.items() if name not in TAKE_ANY_TEXT}
    for each in control.operation.query:
        if each.name in wrong:
            answer = control.send(query={each.name: wrong[each.name]})
            assert_refused_so(control, answer)
            assert [*complaints(answer)] == [each.name]
    assert control.state == before


@each_control_operation()
def test_an_unknown_query_parameter_is_refused(control: ControlCase) -> None:
    path, before = control.valid_path, control.state
    answer = control.send(path=path, query={"colour": "red"})
    assert_refused_so(control, answer)
    assert "colour" in answer.json["error"]
    assert control.state == before


@each_control_operation(has_body)
def test_an_unknown_field_is_named_and_nothing_happens(control: ControlCase) -> None:
    body, before = {**control.valid_body(), "colour": "red"}, (control.valid_path, control.state)
    answer = control.send(body)
    assert_refused_so(control, answer)
    assert "colour" in answer.json["error"]
    assert (control.valid_path, control.state) == before


@each_control_operation(has_body)
def test_a_value_of_a_wrong_type_is_named_and_nothing_happens(control: ControlCase) -> None:
    before = control.valid_path, control.state
    for body in control.bodies:
        for at, value in wrong_values(control, body):
            answer = control.send(with_value(body, at, value))
            assert_refused_so(control, answer)
            said = [*complaints(answer)]
            assert any(each.startswith(str(at[0])) for each in said), (at, value, said)
    assert (control.valid_path, control.state) == before


def wrong_values(case: ControlCase, body: Any) -> list[tuple[Any, Any]]:
    """Return each place in a body with each value that may not stand there."""
    schema = case.operation.body or {}
    if schema.get("x-open"):
        # A record's fields, and models, are known to the behaviour alone.
        return [((name,), wrong) for name in body for wrong in ({"colour": ["red"]}, ["red"])]
    found = places(case.api.catalogue.document, schema, body)
    return [(at, value) for at, inner in found for value in misfits_of(case, inner)]


def misfits_of(case: ControlCase, schema: Any) -> list[Any]:
    """Return values that no alternative of a schema admits."""
    resolve = case.api.catalogue.document.resolve
    alternatives = [resolve(each) for each in resolve(schema).get("anyOf", (schema,))]
    wrong = [misfits(each) for each in alternatives]
    return [each for each in wrong[0] if all(each in others for others in wrong)]


@each_control_operation(lambda operation: has_body(operation) and operation.body.get("required"))
def test_a_missing_field_is_named_and_nothing_happens(control: ControlCase) -> None:
    before = control.valid_path, control.state
    answer = control.send({})
    assert_refused_so(control, answer)
    assert {*complaints(answer)} == {*control.operation.body["required"]}
    assert (control.valid_path, control.state) == before


@each_control_operation(has_body)
def test_what_is_no_json_object_is_refused(control: ControlCase) -> None:
    before, headers = (control.valid_path, control.state), {**control.credential("any"), **JSON}
    texts = NO_JSON if control.operation.body_is_required else NO_JSON[1:]
    contents = [each.encode("latin-1") for each in texts]
    contents += [json.dumps(each).encode() for each in NO_OBJECT]
    for content in contents:
        assert_refused_so(control, control.send(content=content, headers=headers))
    assert (control.valid_path, control.state) == before


@each_control_operation(has_body)
def test_another_content_type_is_refused(control: ControlCase) -> None:
    content, before = json.dumps(control.valid_body()).encode(), control.state
    headers = {**control.credential(f"sandbox_{control.world}"), "Content-Type": "text/plain"}
    answer = control.send(content=content, headers=headers)
    assert_refused_so(control, answer)
    assert "application/json" in answer.text
    assert control.operation.path_names or control.state == before


@each_control_operation(has_body)
def test_an_oversized_body_is_refused(control: ControlCase) -> None:
    path, before = control.valid_path, control.state
    answer = control.app.test_client().open(
        control.operation.path.format(**path),
        method=control.operation.method,
        json=control.valid_body(),
        headers=control.credential(f"sandbox_{control.world}"),
        environ_overrides={"CONTENT_LENGTH": str(10**9)},
    )
    assert_refused_so(control, answer, 413)
    assert control.state == before


@each_control_operation(names_something)
def test_what_is_not_there_is_not_found_and_nothing_happens(control: ControlCase) -> None:
    path, before = control.valid_path, control.state
    for name in path:
        answer = control.send(path={**path, name: "cnothing"})
        assert_refused_so(control, answer, 404)
        assert "cnothing" in answer.json["error"]
    assert control.state == before


@each_control_operation()
def test_another_method_is_refused_with_those_that_are_taken(control: ControlCase) -> None:
    url, before = control.operation.path.format(**control.valid_path), control.state
    headers = control.credential(f"sandbox_{control.world}")
    for closing in ("", "/"):
        answer = control.app.test_client().open(
            url + closing, method=HTTPMethod.TRACE, headers=headers
        )
        assert (answer.status_code, answer.mimetype) == (405, "application/json")
        assert set(answer.json) == {"error"}
        for told in (answer.headers["Allow"], answer.json["error"]):
            assert control.operation.method in told
    assert control.state == before


@each_control_operation()
def test_a_closing_slash_makes_no_difference(control: ControlCase) -> None:
    before = control.operation.path
    url, body = before.format(**control.valid_path) + "/", control.bodies[0]
    answer = control.app.test_client().open(
        url,
        method=control.operation.method,
        headers=control.credential(f"sandbox_{control.world}"),
        **({} if body is None else {"json": body}),
    )
    assert_kept(control.api, control.operation, answer)


# A reset without a credential has to say that every world is meant.
@pytest.mark.parametrize("whose", CREDENTIALS)
@each_control_operation(lambda operation: operation.key != "POST /__admin/reset")
def test_it_needs_no_credential_and_takes_any(control: ControlCase, whose: str) -> None:
    headers = CREDENTIALS[whose]
    world = "caller" if "sandbox_caller" in str(headers) else DEFAULT
    there = ControlCase(control.app, control.api, control.operation, world)
    try:
        path = there.valid_path
        assert_kept(there.api, there.operation, there.send(path=path, headers=headers))
    finally:
        there.worlds.reset(world)
