"""Can a caller order how writes end, look at the orders, and take them back?"""

from typing import Any

import pytest

ORDER, LIST, CLEAR = "POST /sandbox/outcomes", "GET /sandbox/outcomes", "DELETE /sandbox/outcomes"
PROPERTYWARE = "intg_9f8b7c6d5e4a3b2c1d0e"
FAILURE = {"write_status": "FAILURE"}
NO_WRITE = "operation: there is no Propexo operation that writes"


def ending(sandbox: Any, **waiting: float) -> dict[str, Any]:
    """Rename a lead, let time pass, and return what has become of it."""
    leads = sandbox.get(f"GET /v1/leads/?integration_id={PROPERTYWARE}&limit=1")["results"]
    job_id = sandbox.get(f"PUT /v1/leads/{leads[0]['id']}", {"last_name": "Okafor"})["job_id"]
    sandbox.machine.advance(**(waiting or {"seconds": 2}))
    found: dict[str, Any] = sandbox.get(f"GET /v1/admin/write-status/{job_id}")
    return found


def test_an_order_is_answered_whole(sandbox: Any) -> None:
    order = sandbox.get(
        ORDER,
        {
            "operation": "POST /v1/leads/",
            "integration_id": PROPERTYWARE,
            "times": 2,
            "write_status": "PARTIAL_SUCCESS",
            "errors": ["no attachment"],
            "after": "1m30s",
        },
    )
    assert order.pop("id").startswith("c")
    assert order == {
        "created_at": "2026-03-01T09:00:00.000Z",
        "operation": "POST /v1/leads/",
        "integration_id": PROPERTYWARE,
        "write_status": "PARTIAL_SUCCESS",
        "errors": ["no attachment"],
        "after_seconds": 90.0,
        "times": 2,
        "used": 0,
    }


def test_an_order_decides_how_a_write_ends_and_counts_it(sandbox: Any) -> None:
    order = sandbox.get(ORDER, {**FAILURE, "times": 1, "errors": ["no"]})
    assert ending(sandbox) == {
        "write_status": "FAILURE",
        "errors": ["no"],
        "created_record_id": None,
    }
    assert ending(sandbox)["write_status"] == "SUCCESS"
    assert sandbox.get(LIST) == {"total": 1, "results": [{**order, "used": 1}]}


def test_an_order_without_errors_gets_those_of_such_a_system(sandbox: Any) -> None:
    sandbox.get(ORDER, FAILURE)
    assert ending(sandbox)["errors"]


def test_an_order_says_how_long_a_write_is_pending(sandbox: Any) -> None:
    sandbox.get(ORDER, {"write_status": "SUCCESS", "after": "1h"})
    assert ending(sandbox, minutes=59)["write_status"] == "PENDING"
    assert ending(sandbox, minutes=60)["write_status"] == "SUCCESS"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("POST /v1/leads", "POST /v1/leads/"),
        ("post /v1/leads/", "POST /v1/leads/"),
        (" POST  /v1/leads/yardi ", "POST /v1/leads/yardi/"),
        ("PUT /v1/leads/{id}/", "PUT /v1/leads/{id}"),
    ],
)
def test_an_operation_is_known_however_it_is_written(
    sandbox: Any, written: str, meant: str
) -> None:
    assert sandbox.get(ORDER, {**FAILURE, "operation": written})["operation"] == meant


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            {**FAILURE, "operation": "POST /v1/lead/"},
            f"{NO_WRITE} 'POST /v1/lead/'; did you mean POST /v1/leads/?",
        ),
        (
            {**FAILURE, "operation": "GET /v1/leads/"},
            f"{NO_WRITE} 'GET /v1/leads/'; did you mean POST /v1/leads/?",
        ),
        (
            {**FAILURE, "integration_id": "intg-98765432"},
            "integration_id: there is no integration 'intg-98765432'; did you mean intg-987654321?",
        ),
        (
            {"write_status": "SUCCESS", "errors": ["no"]},
            "errors: a write that succeeds has none",
        ),
        ({**FAILURE, "times": 0}, "times must be at least 1"),
        ({**FAILURE, "after": "53w"}, "after: must be a year at most, 366d"),
        (
            {"write_status": "FAILED"},
            "write_status must be one of SUCCESS, PARTIAL_SUCCESS, FAILURE",
        ),
        ({**FAILURE, "time": 1}, "time is not a known field; did you mean times?"),
        ({}, "write_status is required"),
    ],
)
def test_an_order_that_cannot_be_followed_is_refused(
    sandbox: Any, body: dict[str, Any], said: str
) -> None:
    assert sandbox.refused(ORDER, body) == said
    assert sandbox.get(LIST)["total"] == 0


def test_orders_are_listed_as_they_were_made_a_page_at_a_time(sandbox: Any) -> None:
    ids = [sandbox.get(ORDER, FAILURE)["id"] for _ in range(3)]
    assert [each["id"] for each in sandbox.get(LIST)["results"]] == ids
    page = sandbox.get(f"{LIST}?offset=1&limit=1")
    assert (page["total"], [each["id"] for each in page["results"]]) == (3, ids[1:2])


def test_an_order_is_removed_and_writes_end_well_again(sandbox: Any) -> None:
    order = sandbox.get(ORDER, FAILURE)
    assert sandbox.get(f"{CLEAR}/{order['id']}") == {"removed": 1}
    assert ending(sandbox)["write_status"] == "SUCCESS"
    assert sandbox.missed(f"{CLEAR}/{order['id']}") == f"no outcome has the id '{order['id']}'"


def test_all_orders_are_removed_at_once(sandbox: Any) -> None:
    for _ in range(2):
        sandbox.get(ORDER, FAILURE)
    assert sandbox.get(CLEAR) == {"removed": 2}
    assert sandbox.get(CLEAR) == {"removed": 0}


def test_a_reset_forgets_the_orders(sandbox: Any) -> None:
    sandbox.get(ORDER, FAILURE)
    sandbox.get("POST /__admin/reset")
    assert sandbox.get(LIST)["total"] == 0
