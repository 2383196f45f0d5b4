"""Is text that is no JSON, or that could not be kept, refused before anything relies on it?"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_server.contract import json_text
from mock_server.contract.json_text import DEEPEST, read_json, write_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("1.50", 1.5),
        ("9223372036854775807", 2**63 - 1),
        ('"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        ('{"a": [null, true]}', {"a": [None, True]}),
    ],
)
def test_json_is_read_as_it_is(text: str, value: object) -> None:
    assert read_json(text) == value


LARGE = "a number in it is larger than 64 bits"
DEEP = "it is nested too deeply, more than 64 levels"
HALF = "it holds half of a surrogate pair"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("NaN", "NaN is no JSON value"),
        ("[Infinity]", "Infinity is no JSON value"),
        ('{"a": -Infinity}', "-Infinity is no JSON value"),
        ("1e999", LARGE),
        ("9223372036854775808", LARGE),
        ("-9223372036854775809", LARGE),
        ("9" * 5000, LARGE),
        ('"\\ud83d"', HALF),
        ('{"\\ude00": 1}', HALF),
        ("[" * 100_000, DEEP),
        ("[" * 100_000 + "]" * 100_000, DEEP),
        ("[" * 65 + "]" * 65, DEEP),
        ('{"a":[' * 33 + "]}" * 33, DEEP),
        ("\ufeff{}", "it begins with a byte order mark"),
        ("{'a': 1}", "it cannot be read from line 1, column 2 on: 'a': 1}"),
        ('{\n  "a": yes,\n  "b": 1}', "it cannot be read from line 2, column 8 on: yes,"),
        ('{"a": 1} and more of the same', "from line 1, column 10 on: and more of the same"),
        ("[1 " + "2" * 50 + "]", "from line 1, column 4 on: " + "2" * 24 + "..."),
        ("{} \N{NO-BREAK SPACE}", "it cannot be read from line 1, column 4 on: "),
        ('{"a": [1, 2', "it breaks off at line 1, column 12"),
        ('{"a": \n', "it breaks off at line 2, column 1"),
        ("", "it breaks off at line 1, column 1"),
        ('{"a": "x\ny"}', "it has a line break or other control character at line 1, column 9"),
    ],
)
def test_what_is_no_json_or_cannot_be_kept_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        read_json(text)
    assert str(refused.value).endswith(why)
    assert "char " not in str(refused.value)


@pytest.mark.parametrize("text", ["[1,]", '{"a": 1,}', "01", '"\\x"', '"open', "{1: 2}", "[1 2]"])
def test_what_is_no_json_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"line 1, column \d+"):
        read_json(text)


def test_json_may_be_nested_as_deep_as_the_limit() -> None:
    assert DEEPEST == 64
    assert read_json("[" * 64 + "]" * 64)
    assert read_json('{"a":[' * 32 + "]}" * 32)


def test_brackets_that_stand_side_by_side_or_in_a_text_are_not_deep() -> None:
    assert read_json("[" + "[]," * 1_000 + "[]]")
    assert read_json('"' + "[{" * 1_000 + '"')


# What JavaScript makes of each: JSON.stringify(JSON.parse(text)).
NUMBERS = [
    ("2.0", "2"),
    ("150000.0", "150000"),
    ("1e3", "1000"),
    ("1.5E+2", "150"),
    ("-0.0", "0"),
    ("-0", "0"),
    ("-3.0", "-3"),
    ("1.50", "1.5"),
    ("-0.25", "-0.25"),
    ("9007199254740993.0", "9007199254740992"),
    ("4611686018427387904.0", "4611686018427388000"),
    ("9223372036854775807.0", "9223372036854776000"),
    ("1e20", "100000000000000000000"),
    ("1e21", "1e+21"),
    ("1.5e300", "1.5e+300"),
    ("0.0001", "0.0001"),
    ("0.00001", "0.00001"),
    ("-1.25e-5", "-0.0000125"),
    ("0.0000012", "0.0000012"),
    ("1e-7", "1e-7"),
    ("1.5e-10", "1.5e-10"),
    ("5e-324", "5e-324"),
    ("1e-400", "0"),
]


@pytest.mark.parametrize(("text", "written"), NUMBERS)
def test_a_number_is_written_as_javascript_writes_it(text: str, written: str) -> None:
    assert write_json(read_json(text)) == written
    assert write_json(float(text)) == written
    assert write_json([{"a": float(text)}, float(text)]) == f'[{{"a":{written}}},{written}]'


@pytest.mark.parametrize("text", ["2.0", "1e3", "-0.0", "150000.0", "1e18"])
def test_a_whole_number_is_read_as_an_integer_however_it_is_written(text: str) -> None:
    assert type(read_json(text)) is int


@pytest.mark.parametrize(
    "value",
    [
        {"a": "2.0, 1e+16 and 1e-07", "b": ["3.0"]},
        {"1.0": 1, 'a "1.0," b': [1.5]},
        {"a": "\\", "b": "1.0]"},
        ["1.0.0", "v2.0}", 2.05, 20.01],
    ],
)
def test_a_text_that_looks_like_a_number_is_left_alone(value: Any) -> None:
    assert json.loads(write_json([value, 7.0])) == [value, 7]
    assert write_json([value, 7.0]) == write_json([value, 7])


_PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
_VALUES = st.recursive(
    _PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@settings(max_examples=60)
@given(_VALUES)
def test_both_codecs_give_the_same_text(value: object) -> None:
    quick = write_json(value)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_text, "quick", None)
        assert write_json(value) == quick


@pytest.mark.parametrize("text", ["half \ud83d", "e+", "e-6", ".0,", "\x1f\x7f\u2028"])
def test_a_text_is_written_as_it_is(text: str) -> None:
    assert write_json({"a": [text]}) == f'{{"a":[{json.dumps(text, ensure_ascii=False)}]}}'


def test_what_is_no_json_value_is_not_written() -> None:
    with pytest.raises(TypeError, match="datetime"):
        write_json({"at": datetime(2026, 3, 1, tzinfo=UTC)})
