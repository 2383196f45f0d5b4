"""Is a span of time read as it is written?"""

from datetime import timedelta

import pytest

from mock_server.control.durations import LONGEST, span, span_of
from mock_server.engine.refusals import Invalid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0s", timedelta()),
        ("250ms", timedelta(milliseconds=250)),
        ("1.5s", timedelta(seconds=1.5)),
        ("15m", timedelta(minutes=15)),
        ("1h30m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("1w1d", timedelta(days=8)),
    ],
)
def test_a_span_is_the_sum_of_its_parts(text: str, expected: timedelta) -> None:
    assert span(text) == expected


def test_a_field_of_a_body_may_hold_as_much_as_a_year() -> None:
    assert span_of({"after": "52w2d"}, "after") == LONGEST


@pytest.mark.parametrize("text", ["367d", "999999w" * 9, "999999w" * 99_999])
def test_a_field_of_a_body_may_hold_no_more(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        span_of({"after": text}, "after")
    assert [(each.path, each.received) for each in refused.value.problems] == [(("after",), text)]
