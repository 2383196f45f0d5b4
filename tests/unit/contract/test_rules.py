"""Does each rule of a schema refuse exactly the values that JSON Schema would refuse?"""

from typing import Any

import pytest
from marshmallow import ValidationError

from mock_server.contract import rules
from mock_server.contract.problems import Problem

FLAG = "\N{REGIONAL INDICATOR SYMBOL LETTER G}"


def accepts(schema: dict[str, Any], value: Any) -> bool:
    try:
        for rule in rules.of(schema):
            rule(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("value", "types"),
    [
        ("a", {"string"}),
        (True, {"boolean"}),
        (1, {"integer"}),
        (1, {"number"}),
        (1.0, {"integer"}),
        (-3.0, {"integer"}),
        (1.5, {"number"}),
        (None, {"string", "null"}),
        ([], {"array"}),
        ({}, {"object"}),
        (object(), set()),
    ],
)
def test_a_value_has_its_json_type(value: Any, types: set[str]) -> None:
    assert rules.has_type(value, frozenset(types))


@pytest.mark.parametrize(
    ("value", "types"),
    [
        ("1", {"integer", "number"}),
        (1, {"string", "boolean"}),
        (True, {"integer", "number"}),
        (False, {"string"}),
        (1.5, {"integer"}),
        (None, {"string"}),
        ([], {"object"}),
        ({}, {"array"}),
    ],
)
def test_no_value_is_converted_to_have_a_type(value: Any, types: set[str]) -> None:
    assert not rules.has_type(value, frozenset(types))


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"enum": ["a", "b"]}, "a", "c"),
        ({"enum": ["a", "b"]}, "b", "A"),
        ({"enum": [1]}, 1.0, True),
        ({"enum": [True]}, True, 1),
        ({"enum": [0]}, 0, False),
        ({"minLength": 2}, "ab", "a"),
        ({"maxLength": 2}, "ab", "abc"),
        ({"minimum": 2}, 2, 1),
        ({"minimum": 2}, 2.0, 1.99),
        ({"maximum": 2}, 2, 3),
        ({"exclusiveMinimum": 2}, 2.01, 2),
        ({"minItems": 1}, [0], []),
        ({"maxItems": 1}, [0], [0, 0]),
        ({"x-max-json-bytes": 7}, {"a": 1}, {"a": 12}),
    ],
)
def test_a_limit_includes_its_own_value(schema: Any, good: Any, bad: Any) -> None:
    assert accepts(schema, good)
    assert not accepts(schema, bad)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"minLength": 5}, 3),
        ({"pattern": "^a$"}, 3),
        ({"format": "date"}, 3),
        ({"minimum": 5}, "3"),
        ({"minimum": 5}, False),
        ({"minItems": 5}, "abc"),
    ],
)
def test_a_rule_has_nothing_to_say_of_other_types(schema: Any, value: Any) -> None:
    assert accepts(schema, value)


@pytest.mark.parametrize("schema", [{"enum": ["a"]}, {"minLength": 1}, {"format": "email"}])
def test_null_is_a_matter_of_the_type_alone(schema: Any) -> None:
    assert accepts(schema, None)


def test_a_length_counts_characters_not_bytes_or_utf16_units() -> None:
    assert accepts({"maxLength": 2}, "\N{GRINNING FACE}é")
    assert not accepts({"maxLength": 2}, "abc")
    assert accepts({"minLength": 2, "maxLength": 2}, FLAG * 2)


def test_a_json_size_counts_bytes() -> None:
    assert accepts({"x-max-json-bytes": 9}, ["a", "b"])
    assert accepts({"x-max-json-bytes": 6}, ["é"])
    assert not accepts({"x-max-json-bytes": 5}, ["é"])


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (r"^\d+$", "12", "1a"),
        (r"^\d+$", "12", "12\n"),
        (r"^\d+$", "12", "\N{ARABIC-INDIC DIGIT ONE}"),
        (r"^\w+$", "az_09", "é"),
        (r"b", "abc", "acd"),
        (r"^a|b$", "xb", "xb\n"),
        (r"^a$|^b$", "a", "a\n"),
        (r"^(?:a$|b)", "a", "a\n"),
        (r"\$$", "5$", "5$\n"),
        (r"^\\$", "\\", "\\\n"),
        (r"^[$]$", "$", "x"),
        (r"^\/$", "/", "x"),
    ],
)
def test_a_pattern_means_what_it_means_in_javascript(pattern: str, good: str, bad: str) -> None:
    assert accepts({"pattern": pattern}, good)
    assert not accepts({"pattern": pattern}, bad)


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("date-time", "2026-03-01T09:00:00Z"),
        ("date-time", "2026-03-01T09:00:00.123Z"),
        ("date-time", "2026-03-01t09:00:00z"),
        ("date-time", "2026-03-01T09:00:00-05:00"),
        ("date", "2024-02-29"),
        ("email", "jo.o'neil+flat@mail.example.com"),
        ("email", "zoë@exämple.com"),
        ("email", "jo@mail.xn--p1ai"),
        ("email", "a@" + "b" * 63 + ".com"),
        ("uri", "https://example.com/a?b=c#d"),
        ("uri", "mailto:jo@example.com"),
    ],
)
def test_a_format_accepts(name: str, good: str) -> None:
    assert accepts({"format": name}, good)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("date-time", "2026-03-01"),
        ("date-time", "2026-03-01T09:00:00"),
        ("date-time", "2026-02-30T09:00:00Z"),
        ("date-time", "2026-03-01T25:00:00Z"),
        ("date-time", "2026-03-01T09:00:00Z\n"),
        ("date-time", "0001-01-01T00:00:00+14:00"),
        ("date-time", "9999-12-31T23:59:59-14:00"),
        ("date-time", "٢٠٢٦-03-01T09:00:00Z"),
        ("date", "2025-02-29"),
        ("date", "20240229"),
        ("date", "2024-2-9"),
        ("date", "2024-W01-1"),
        ("email", "jo"),
        ("email", "jo@"),
        ("email", "jo o@example.com"),
        ("email", "jo@localhost"),
        ("email", "jo@[127.0.0.1]"),
        ("email", "jo@[IPv6:::1]"),
        ("email", "jo@127.0.0.1"),
        ("email", "jo@1.2.3.4"),
        ("email", "jo@mail"),
        ("email", "jo@example.com."),
        ("email", "jo@example..com"),
        ("email", "jo@.example.com"),
        ("email", "jo@example.c"),
        ("email", "jo@-example.com"),
        ("email", "jo@example.com\n"),
        ("email", ".jo@example.com"),
        ("email", "jo.@example.com"),
        ("email", "jo@ada@example.com"),
        ("email", "@example.com"),
        ("email", "jo@" + "b" * 64 + ".com"),
        ("email", "j" * 250 + "@example.com"),
        ("uri", "example.com"),
        ("uri", "https://exa mple.com"),
        ("uri", "http://[::1"),
        ("uri", "https:"),
    ],
)
def test_a_format_refuses(name: str, bad: str) -> None:
    assert not accepts({"format": name}, bad)


LENIENT = {"format": "date-time", "x-iso-8601": True}


@pytest.mark.parametrize(
    "good",
    [
        "2027-07-12T10:00:00Z",
        "2027-07-12T10:00:00.123456+01:00",
        "2027-07-12t10:00:00z",
        "2027-07-12T10:00:00",
        "2027-07-12T10:00",
        "2027-07-12 10:00",
        "2027-07-12T10:00+0530",
        "2027-07-12T10",
        "2027-07-12T10:00:00,5Z",
        "2027-07-12",
        "20270712",
        "20270712T100000Z",
        "20270712T1000",
        "2027-W28-1",
        "2027-W28",
        "2027W281T10:00Z",
    ],
)
def test_where_the_contract_is_lenient_every_form_of_iso_8601_is_accepted(good: str) -> None:
    assert accepts(LENIENT, good)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "soon",
        "2027",
        "2027-07",
        "2027-193",
        "2027-02-30",
        "2027-07-12T25:00",
        "2027-07-12T10:00:00 01:00",
        "2027-07-12x10:00",
        "2027-07-12T",
        "12/07/2027",
        "2027-07-12T10:00:00Z\n",
        "٢٠٢٧-07-12",
        "0001-01-01",
        "9999-12-31T23:59",
        "T00:00" * 100_000,
    ],
)
def test_what_is_no_date_is_refused_there_too(bad: str) -> None:
    assert not accepts(LENIENT, bad)


def test_a_broken_rule_is_reported_with_what_it_asks() -> None:
    (rule,) = rules.of({"type": "string", "maxLength": 3})
    with pytest.raises(ValidationError) as refused:
        rule("long")
    assert refused.value.messages == [Problem("max_length", 3)]
