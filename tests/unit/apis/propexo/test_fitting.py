"""Does a value that was sent look in a record as its field promises?"""

from typing import Any

import pytest

from mock_server.apis.propexo.fitting import dated, fitted, in_text, midnight_or_instant


def field(*types: str) -> dict[str, Any]:
    return {"type": [*types, "null"]}


TEXT, NUMBER, WHOLE, TRUTH = map(field, ("string", "number", "integer", "boolean"))


@pytest.mark.parametrize(
    ("schema", "value", "shown"),
    [
        (TEXT, "2026-07-01", "2026-07-01T00:00:00.000Z"),
        (TEXT, "2026-07-01T09:30:00-06:00", "2026-07-01T15:30:00.000Z"),
        (TEXT, "2026-07-01 is the day", "2026-07-01 is the day"),
        (TEXT, "2026-02-30", "2026-02-30"),
        (TEXT, "on 2026-07-01", "on 2026-07-01"),
        (TEXT, "2026-07-01Tea", "2026-07-01Tea"),
        (TEXT, 12, "12"),
        (TEXT, 1.5, "1.5"),
        (TEXT, 1234567.0, "1234567"),
        (TEXT, None, None),
        (NUMBER, 12, 12),
        (NUMBER, "1,250.50", 1250.5),
        (WHOLE, "2400", 2400),
        (WHOLE, 812.6, 813),
        (WHOLE, "about 900", None),
        (TRUTH, "True", True),
        (TRUTH, "no", False),
        (TRUTH, "perhaps", None),
        (TRUTH, True, True),
        (None, "2026-07-01", "2026-07-01"),
    ],
)
def test_a_value_is_shown_as_the_records_field_shows_it(
    schema: Any, value: Any, shown: Any
) -> None:
    assert fitted(schema, value) == shown


def test_a_date_is_a_midnight_and_an_instant_is_in_utc() -> None:
    assert midnight_or_instant("2026-07-01") == "2026-07-01T00:00:00.000Z"
    assert midnight_or_instant("2026-07-01T23:00:00-06:00") == "2026-07-02T05:00:00.000Z"


def test_what_is_no_date_stays_as_it_is() -> None:
    assert (dated("soon"), dated(None)) == ("soon", None)


def test_an_amount_is_written_with_two_decimals() -> None:
    assert (in_text(125000), in_text(-5)) == ("1250.00", "-0.05")
