"""Is text that is no JSON, or that could not be kept, refused before anything relies on it?"""

import pytest

from mock_server.contract.json_text import read_json


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
        ("[" * 100_000, "it is nested too deeply"),
        ("[" * 100_000 + "]" * 100_000, "it is nested too deeply"),
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
