"""Does a PMS get the fields that it demands of one another?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo import conditions
from mock_server.app import every_api

Body = dict[str, Any]
(API,) = (each for each in every_api() if each.name == "propexo")
BUILDIUM, ENTRATA = "POST /v1/vendors/buildium/", "POST /v1/service-requests/entrata/"
WEEKLY = "POST /v1/recurring-resident-charges/propertyware_rest/"
LEASE = "PUT /v1/leases/propertyware_rest/{lease_id}"
YARDI = "POST /v1/applications/yardi/"


class _Call:
    """As much of a call as the conditions look at."""

    def __init__(self, body: Body) -> None:
        self.body = body


@pytest.mark.parametrize(
    ("key", "body", "expected"),
    [
        (BUILDIUM, {"is_company": True}, ["name: is required when is_company is true"]),
        (BUILDIUM, {"is_company": True, "name": "Acme"}, []),
        (BUILDIUM, {"tax_id": "12"}, ["tax_payer_type: is required beside tax_id"]),
        (
            ENTRATA,
            {"scheduled_start_date": "2026-04-01", "scheduled_end_date": "2026-04-02"},
            ["scheduled_end_date: must be on the same day as scheduled_start_date"],
        ),
        (
            ENTRATA,
            {"scheduled_end_date": "2026-04-02"},
            ["scheduled_start_date: is required beside scheduled_end_date"],
        ),
        (
            WEEKLY,
            {"frequency_normalized": "WEEKLY", "charge_due_day": 8},
            ["charge_due_day: must be between 1 and 7 when frequency_normalized is WEEKLY"],
        ),
        (WEEKLY, {"frequency_normalized": "MONTHLY", "charge_due_day": 8}, []),
        (
            LEASE,
            {"move_in_date": "2026-04-01", "move_out_date": "2026-04-01T08:00:00Z"},
            ["move_in_date: must be before move_out_date"],
        ),
        (LEASE, {"move_in_date": "2026-04-01"}, []),
        (YARDI, {"lead_id": "c1"}, []),
    ],
)
def test_what_breaks_a_condition_is_told(key: str, body: Body, expected: list[str]) -> None:
    assert told(key, body) == expected


def test_without_a_lead_its_facts_are_required() -> None:
    assert told(YARDI, {})[0] == "employee_id: is required without lead_id"
    assert len(told(YARDI, {})) == 6


def test_every_condition_is_of_fields_that_there_are() -> None:
    unknown = [
        (each.key, name)
        for each in API.catalogue.operations.values()
        for condition in (each.body or {}).get("x-conditions", ())
        for name in fields_of(condition)
        if name not in (each.body or {})["properties"]
    ]
    assert unknown == []


def fields_of(condition: dict[str, Any]) -> list[str]:
    """Return the fields that a condition is about."""
    many = ("required", "same_day", "in_order", "limits")
    named = [name for kind in many for name in condition.get(kind, ())]
    return [*named, *(condition[kind] for kind in ("when", "unless") if kind in condition)]


def told(key: str, body: Body) -> list[str]:
    """Return what is wrong with a body by the conditions of an operation."""
    call: Any = _Call(body)
    check: Callable[..., Any] = conditions.problems
    found = check(call, API.catalogue[key])
    return [f"{'.'.join(map(str, each.path))}: {each.advice}" for each in found]
