"""Are bodies and queries accepted as the contract says, and refused with all their problems?"""

from typing import Any

import pytest

from mock_server.contract.problems import Problem
from mock_server.contract.schemas import Builder, Validator
from mock_server.contract.texts import from_text
from tests.unit.toy import COUNT, TEXT, body, catalogue, contract, operation, query

NULLABLE = {"type": ["string", "null"]}


def validator(schema: Any, *, strict: bool = False, **schemas: Any) -> Validator:
    said = {"requestBody": body(schema), "x-resource": "pets"}
    root = contract({"/v1/pets/x": {"post": operation("x", **said)}}, **schemas)
    promised = catalogue(root)
    return Builder(promised.document, strict=strict).body(promised["POST /v1/pets/x"])


def check(schema: Any, value: Any, **told: Any) -> tuple[Any, list[Problem]]:
    accepted, problems = validator(schema, **told).check(value)
    return accepted, list(problems)


def told(problems: list[Problem]) -> list[tuple[str, Any]]:
    return [(each.rule, each.path) for each in problems]


def one(schema: Any, value: Any, **options: Any) -> list[tuple[str, Any]]:
    return told(check({"properties": {"it": schema}}, {"it": value}, **options)[1])


def test_a_good_body_comes_back_as_it_was_sent() -> None:
    schema = {"required": ["a"], "properties": {"a": TEXT, "b": NULLABLE, "c": COUNT}}
    assert check(schema, {"a": "x", "b": None, "c": 1}) == ({"a": "x", "b": None, "c": 1}, [])


def test_all_problems_are_told_at_once_each_with_its_path() -> None:
    pet = {"required": ["name"], "properties": {"name": TEXT, "age": {**COUNT, "minimum": 0}}}
    properties = {"owner": TEXT, "email": {**TEXT, "format": "email", "minLength": 9}}
    schema = {
        "required": ["owner", "pets"],
        "properties": {**properties, "pets": {"type": "array", "items": pet, "maxItems": 1}},
    }
    _, problems = check(schema, {"email": "jo", "pets": [{"age": -1}, {"name": 7}, 3]})
    assert told(problems) == [
        ("required", ("owner",)),
        ("format", ("email",)),
        ("min_length", ("email",)),
        ("required", ("pets", 0, "name")),
        ("minimum", ("pets", 0, "age")),
        ("type", ("pets", 1, "name")),
        ("type", ("pets", 2)),
    ]


def test_a_problem_says_what_was_expected_and_what_was_received() -> None:
    _, problems = check({"properties": {"n": {**COUNT, "maximum": 3}}}, {"n": 5})
    assert problems == [Problem("maximum", 3, ("n",), 5)]
    _, problems = check({"properties": {"n": COUNT}}, {"n": "5"})
    assert problems == [Problem("type", "integer", ("n",), "5")]


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        (COUNT, 1.0, 1.5),
        (COUNT, 1, True),
        ({"type": "boolean"}, False, 0),
        ({"type": "number"}, 1, "1"),
        (TEXT, "", 1),
        (TEXT, "null", None),
        (NULLABLE, None, 1),
        ({"type": "array", "items": TEXT}, [], {}),
        ({"type": "array", "items": TEXT}, ["a"], "a"),
        ({"type": "object"}, {"any": 1}, []),
        ({"type": "object", "properties": {"a": TEXT}}, {}, "a"),
        ({"type": "object", "additionalProperties": TEXT}, {"x": "y"}, ["y"]),
    ],
)
def test_types_are_those_of_json_and_nothing_is_converted(schema: Any, good: Any, bad: Any) -> None:
    assert one(schema, good) == []
    assert one(schema, bad) == [("type", ("it",))]


def test_required_means_present_and_null_is_a_matter_of_type() -> None:
    schema = {"required": ["a", "b"], "properties": {"a": NULLABLE, "b": TEXT}}
    assert told(check(schema, {"b": None})[1]) == [("required", ("a",)), ("type", ("b",))]
    assert check(schema, {"a": None, "b": ""})[1] == []


def test_a_default_is_filled_in_only_where_nothing_was_sent() -> None:
    schema = {"properties": {"a": {**TEXT, "default": "x"}, "b": {**NULLABLE, "default": "y"}}}
    assert check(schema, {})[0] == {"a": "x", "b": "y"}
    assert check(schema, {"a": "z", "b": None})[0] == {"a": "z", "b": None}


def test_what_is_required_stays_required_beside_a_default() -> None:
    schema = {"required": ["a"], "properties": {"a": {**TEXT, "default": "x"}}}
    assert told(check(schema, {})[1]) == [("required", ("a",))]


def test_unknown_keys_pass_unseen_unless_the_contract_or_strictness_refuses_them() -> None:
    opened = {"properties": {"a": TEXT}}
    closed = {**opened, "additionalProperties": False}
    assert check(opened, {"a": "x", "z": 1}) == ({"a": "x"}, [])
    assert told(check(closed, {"a": "x", "z": 1})[1]) == [("unknown", ("z",))]
    assert told(check(opened, {"a": "x", "z": 1}, strict=True)[1]) == [("unknown", ("z",))]


NESTED = {"type": "object", "properties": {"a": TEXT}}


@pytest.mark.parametrize(
    ("schema", "value", "path"),
    [
        (NESTED, {"z": 1}, ("it", "z")),
        ({"type": "array", "items": NESTED}, [{}, {"z": 1}], ("it", 1, "z")),
        ({"type": "object", "properties": {"in": NESTED}}, {"in": {"z": 1}}, ("it", "in", "z")),
        ({"type": "object", "additionalProperties": NESTED}, {"k": {"z": 1}}, ("it", "k", "z")),
    ],
)
def test_strictness_refuses_unknown_keys_at_every_level(
    schema: Any, value: Any, path: tuple[str, ...]
) -> None:
    assert one(schema, value) == []
    assert one(schema, value, strict=True) == [("unknown", path)]


def test_a_closed_object_inside_an_open_one_is_closed() -> None:
    assert one({**NESTED, "additionalProperties": False}, {"z": 1}) == [("unknown", ("it", "z"))]


@pytest.mark.parametrize("strict", [False, True])
def test_an_open_body_comes_back_with_every_field(
    strict: bool,  # noqa: FBT001 - a row of the table
) -> None:
    schema = {"x-open": True, "properties": {"a": TEXT}, "additionalProperties": True}
    assert check(schema, {"a": "x", "z": 1}, strict=strict) == ({"a": "x", "z": 1}, [])
    assert told(check(schema, {"a": 1, "z": 1}, strict=strict)[1]) == [("type", ("a",))]


def test_the_items_of_an_array_that_is_far_too_long_are_not_looked_at() -> None:
    _, problems = check({"properties": {"a": {"type": "array", "items": TEXT}}}, {"a": [1] * 251})
    assert told(problems) == [("max_items", ("a",))]
    assert problems[0].expected == 250
    short = {"type": "array", "items": TEXT, "maxItems": 2}
    assert [len(check({"properties": {"a": short}}, {"a": [1] * n})[1]) for n in (3, 251)] == [3, 1]
    assert check({"properties": {"a": short}}, {"a": [1] * 251})[1][0].expected == 2


def test_an_array_may_be_as_long_as_its_schema_says() -> None:
    long = {"type": "array", "items": TEXT, "maxItems": 1_000}
    assert list(check({"properties": {"a": long}}, {"a": ["x"] * 1_000})[1]) == []


def test_the_values_of_a_map_that_has_too_many_bytes_are_not_looked_at() -> None:
    schema = {"type": "object", "additionalProperties": TEXT, "x-max-json-bytes": 9}
    for sent in ({"a": 1, "b": 2}, {"a": "1", "b": "2"}):
        _, problems = check({"properties": {"m": schema}}, {"m": sent})
        assert told(problems) == [("max_json_bytes", ("m",))]


def test_a_map_may_have_so_many_keys_and_no_more() -> None:
    schema = {"properties": {"m": {"type": "object", "additionalProperties": TEXT}}}
    most = {f"k{number}": "x" for number in range(250)}
    assert list(check(schema, {"m": most})[1]) == []
    _, problems = check(schema, {"m": {**most, "one": 1}})
    assert [(each.rule, each.path, each.expected) for each in problems] == [
        ("max_items", ("m",), 250)
    ]


def test_unknown_keys_are_told_last_in_the_order_sent_also_inside() -> None:
    inner = {"type": "object", "properties": {"b": TEXT}, "additionalProperties": False}
    sent = {**dict.fromkeys("zyx", 1), "b": 1, **dict.fromkeys("wvu", 1)}
    _, problems = check({"properties": {"a": inner}}, {"a": sent})
    assert told(problems) == [("type", ("a", "b")), *(("unknown", ("a", key)) for key in "zyxwvu")]


def test_an_alternative_tells_no_more_than_ten_problems_and_how_many_more() -> None:
    either = {"anyOf": [{"type": "array", "items": TEXT}, TEXT]}
    (problem,) = check({"properties": {"a": either}}, {"a": [1] * 200})[1]
    assert [len(each) for each in problem.branches] == [11, 1]
    assert problem.branches[0][-1].expected == 190


def test_some_of_the_fields_may_be_given_and_no_other() -> None:
    found = Builder(catalogue(contract({})).document).some_of({"a": TEXT, "b": COUNT})
    assert found.check({"a": "x"}) == ({"a": "x"}, ())
    assert told(list(found.check({"b": "x", "z": 1})[1])) == [
        ("type", ("b",)),
        ("unknown", ("z",)),
    ]


def test_an_object_open_to_anything_keeps_it_even_when_strict() -> None:
    schema = {"properties": {"it": {**NESTED, "additionalProperties": True}}}
    assert check(schema, {"it": {"z": 1}}, strict=True) == ({"it": {"z": 1}}, [])


def test_unknown_keys_are_told_in_the_order_they_were_sent() -> None:
    schema = {"properties": {"a": TEXT}, "additionalProperties": False}
    sent = dict.fromkeys("qwertyuiop", 1)
    assert [each.path[0] for each in check(schema, {**sent, "a": 1})[1]] == ["a", *sent]


def test_the_values_of_a_map_follow_its_schema() -> None:
    schema = {"type": "object", "additionalProperties": {**TEXT, "maxLength": 2}}
    found = one(schema, {"a": "xy", "b": "xyz", "c": 1})
    assert found == [("max_length", ("it", "b")), ("type", ("it", "c"))]


ALTERNATIVES = {"anyOf": [{**TEXT, "enum": ["a"]}, {"type": "array", "items": COUNT}]}


@pytest.mark.parametrize("value", ["a", [], [1, 2]])
def test_a_value_may_fit_any_alternative(value: Any) -> None:
    assert one(ALTERNATIVES, value) == []


def test_a_value_that_fits_no_alternative_is_told_why_for_each() -> None:
    _, (problem,) = check({"properties": {"it": ALTERNATIVES}}, {"it": [1, "x"]})
    assert (problem.rule, problem.path, problem.received) == ("any_of", ("it",), [1, "x"])
    assert [told(list(each)) for each in problem.branches] == [
        [("type", ("it",))],
        [("type", ("it", 1))],
    ]


def test_null_in_place_of_alternatives_is_told_the_types_of_all() -> None:
    _, (problem,) = check({"properties": {"it": {"anyOf": [TEXT, COUNT]}}}, {"it": None})
    assert problem == Problem("type", ("integer", "string"), ("it",))


def test_what_fits_no_alternative_is_told_with_the_schemas_of_all() -> None:
    names = [{"$ref": "#/components/schemas/Name"}, COUNT]
    _, (problem,) = check({"properties": {"it": {"anyOf": names}}}, {"it": []}, Name=TEXT)
    assert problem.expected == [TEXT, COUNT]


def test_a_rule_beside_alternatives_holds_for_all_of_them() -> None:
    schema = {**ALTERNATIVES, "x-max-json-bytes": 4}
    assert one(schema, [1]) == []
    assert one(schema, [100]) == [("max_json_bytes", ("it",))]


def test_null_is_refused_where_no_alternative_admits_it() -> None:
    names = {"One": TEXT, "Two": COUNT}
    references = [{"$ref": "#/components/schemas/One"}, {"$ref": "#/components/schemas/Two"}]
    assert one({"anyOf": references}, None, **names) != []
    assert one({"anyOf": [*references, {"type": "null"}]}, None, **names) == []


def test_references_are_followed_wherever_they_stand() -> None:
    schema = {"type": "array", "items": {"$ref": "#/components/schemas/Name"}}
    assert one(schema, ["a", 1], Name=TEXT) == [("type", ("it", 1))]


def test_names_that_python_or_marshmallow_would_stumble_over_are_plain_names() -> None:
    names = ["fields", "load", "context", "class", "order-by", "data_key", "error_messages"]
    schema = {"properties": dict.fromkeys(names, TEXT), "required": names}
    assert check(schema, dict.fromkeys(names, "x")) == (dict.fromkeys(names, "x"), [])
    assert told(check(schema, {})[1]) == [("required", (name,)) for name in names]


def query_check(value: Any, *parameters: Any) -> tuple[Any, list[tuple[str, Any]]]:
    stated = [{**each, "x-filter": "none"} for each in parameters]
    root = contract({"/v1/pets/x": {"get": operation("x", parameters=stated)}})
    promised = catalogue(root)
    found = Builder(promised.document).query(promised["GET /v1/pets/x"])
    accepted, problems = found.check(value)
    return accepted, told(list(problems))


def test_an_unknown_or_missing_query_parameter_is_told() -> None:
    parameter = query("needed", TEXT, required=True)
    assert query_check({"other": "1"}, parameter)[1] == [
        ("required", ("needed",)),
        ("unknown", ("other",)),
    ]


@pytest.mark.parametrize(
    ("schema", "texts", "value"),
    [
        (TEXT, ["5"], "5"),
        (TEXT, [""], ""),
        (NULLABLE, ["null"], None),
        (NULLABLE, [""], None),
        (COUNT, ["5"], 5),
        (COUNT, ["-5"], -5),
        (COUNT, ["5.0"], "5.0"),
        (COUNT, ["1.5"], 1.5),
        (COUNT, ["5x"], "5x"),
        (COUNT, ["true"], "true"),
        (COUNT, [""], ""),
        (COUNT, ["9" * 30], "9" * 30),
        (COUNT, ["9" * 5000], "9" * 5000),
        ({"type": "number"}, ["5"], 5),
        ({"type": "number"}, ["5.5"], 5.5),
        ({"type": "number"}, ["NaN"], "NaN"),
        ({"type": "number"}, ["1e999"], "1e999"),
        ({"type": "boolean"}, ["true"], True),
        ({"type": "boolean"}, ["1"], "1"),
        ({"type": "boolean"}, ["True"], "True"),
        ({"type": "array", "items": COUNT}, ["1", "2"], [1, 2]),
        ({"type": "array", "items": TEXT}, ["1"], ["1"]),
        (TEXT, ["a", "b"], ["a", "b"]),
    ],
)
def test_the_text_of_a_query_stands_for_a_value_of_its_type(
    schema: Any, texts: list[str], value: Any
) -> None:
    found = from_text(schema, texts)
    assert found == value
    assert type(found) is type(value)
