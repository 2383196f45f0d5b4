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


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "[Infinity]",
        '{"a": -Infinity}',
        "1e999",
        "9223372036854775808",
        "-9223372036854775809",
        '"\\ud83d"',
        '{"\\ude00": 1}',
        "{'a': 1}",
        "[1,]",
        "01",
        "",
        "\ufeff{}",
    ],
)
def test_what_is_no_json_or_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_json(text)
