"""Does an order decide how writes end, and do magic words where there is none?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import failures, outcomes

CREATE, STATUS = "POST /v1/leads/", "GET /v1/admin/write-status/{root_job_id}"
RENTMANAGER = "POST /v1/leads/rentmanager/"
ANY: dict[str, Any] = {
    "operation": None,
    "integration_id": None,
    "write_status": "FAILURE",
    "errors": ["no"],
}
FACTS = {"model": "lead", "operation": "create", "name": "Okafor"}


@pytest.fixture
def order(propexo: Any) -> Callable[..., None]:
    """Make an order, for every write unless it says otherwise."""

    def order(**values: Any) -> None:
        with propexo.world() as world:
            kept = records(world, "outcomes")
            kept.add({"id": f"order{len(kept.all())}", **ANY, **values})

    return order


@pytest.fixture
def write(propexo: Any, first: Callable[..., Any]) -> Callable[..., tuple[str, list[str]]]:
    """Return how a new lead at a PMS ends, two seconds later."""

    def write(key: str = CREATE, **values: Any) -> tuple[str, list[str]]:
        place = first("properties", "RENTMANAGER")
        body = {"integration_id": place["integration_id"], "property_id": place["id"]}
        person = {"first_name": "Ada", "last_name": "Okafor"}
        accepted = propexo.get(key, {**body, **person, **values})
        propexo.machine.advance(seconds=2)
        job_id = accepted.get("job_id") or accepted["meta"]["job_id"]
        status = propexo.get(STATUS, root_job_id=job_id)
        return status["write_status"], status["errors"]

    return write


def used(propexo: Any) -> list[int]:
    with propexo.world() as world:
        return [each["used"] for each in records(world, "outcomes").all()]


def test_without_an_order_a_write_ends_well(write: Callable[..., Any]) -> None:
    assert write() == ("SUCCESS", [])


def test_an_order_for_everything_decides_every_write(
    propexo: Any, order: Callable[..., None], write: Callable[..., Any]
) -> None:
    order()
    assert write() == write() == ("FAILURE", ["no"])
    assert used(propexo) == [2]


def test_an_order_is_used_as_often_as_it_says_and_the_next_takes_over(
    propexo: Any, order: Callable[..., None], write: Callable[..., Any]
) -> None:
    order(times=1, errors=["first"])
    order(times=1, errors=["second"])
    assert [write()[1] for _ in range(3)] == [["first"], ["second"], []]
    assert used(propexo) == [1, 1]


@pytest.mark.parametrize(
    ("ordered", "called", "expected"),
    [
        (CREATE, CREATE, "FAILURE"),
        (CREATE, RENTMANAGER, "FAILURE"),
        (RENTMANAGER, RENTMANAGER, "FAILURE"),
        (RENTMANAGER, CREATE, "SUCCESS"),
        ("PUT /v1/leads/{id}", CREATE, "SUCCESS"),
    ],
)
def test_an_order_for_an_operation_is_for_its_particular_cases_too(
    ordered: str,
    called: str,
    expected: str,
    order: Callable[..., None],
    write: Callable[..., Any],
) -> None:
    order(operation=ordered)
    assert write(called)[0] == expected


def test_an_order_for_an_integration_is_for_no_other(
    order: Callable[..., None], write: Callable[..., Any], first: Callable[..., Any]
) -> None:
    order(integration_id=first("integrations", "YARDI")["id"])
    assert write()[0] == "SUCCESS"
    order(integration_id=first("integrations", "RENTMANAGER")["id"])
    assert write()[0] == "FAILURE"


def test_an_order_goes_before_magic_words(
    order: Callable[..., None], write: Callable[..., Any]
) -> None:
    assert write(last_name="Writefail")[0] == "FAILURE"
    order(write_status="SUCCESS", errors=None, times=1)
    assert write(last_name="Writefail") == ("SUCCESS", [])


def test_an_order_says_how_long_a_write_is_pending(
    order: Callable[..., None], write: Callable[..., Any]
) -> None:
    order(after_seconds=2.5)
    assert write()[0] == "PENDING"


@pytest.mark.parametrize(
    ("status", "kind"), [("FAILURE", "validation"), ("PARTIAL_SUCCESS", "partial")]
)
def test_an_order_without_errors_gets_those_of_such_a_system(status: str, kind: str) -> None:
    order = {"write_status": status, "errors": None, "after_seconds": None}
    plan = outcomes.as_ordered(order, "YARDI", FACTS)
    assert plan.outcome.write_status == status
    assert [*plan.outcome.errors] == failures.errors("YARDI", kind, **FACTS)


def test_an_order_may_say_that_there_are_no_errors_at_all() -> None:
    order = {"write_status": "FAILURE", "errors": [], "after_seconds": None}
    assert outcomes.as_ordered(order, "YARDI", FACTS).outcome.errors == ()


def test_a_system_that_is_not_well_fails_every_write() -> None:
    found = outcomes.ailing("MRI", "down", FACTS)
    assert found.write_status == "FAILURE"
    assert [*found.errors] == failures.errors("MRI", "down", **FACTS)
