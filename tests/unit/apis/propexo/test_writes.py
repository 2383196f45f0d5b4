"""Is a write echoed, queued, landed in time, and kept to the PMS that it is for?"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mock_server.apis.propexo.addressees import is_write

PROPERTYWARE, ENTRATA = "intg_9f8b7c6d5e4a3b2c1d0e", "intg-987654321"
NOTE = "clr9k7a2d000808jqk7v9p0di"
CREATE, READ = "POST /v1/leads/", "GET /v1/leads/{id}"
STATUS = "GET /v1/admin/write-status/{root_job_id}"
PERSON = {"first_name": "Ada", "last_name": "Okafor"}


def person_at(first: Callable[..., Any], vendor: str) -> dict[str, Any]:
    """Make the body of a lead at a seeded property of a PMS."""
    place = first("properties", vendor)
    return {"integration_id": place["integration_id"], "property_id": place["id"], **PERSON}


AT = {"property_id": "clui8s0dq000208l4b6y1n9zk"}


def test_a_generic_write_echoes_the_body_with_null_for_the_rest(propexo: Any) -> None:
    accepted = propexo.get(CREATE, {"integration_id": PROPERTYWARE, **PERSON, **AT})
    assert list(accepted) == ["job_id", "data"]
    assert list(accepted["data"]) == list(propexo.api.catalogue[CREATE].body["properties"])
    sent = {name: value for name, value in accepted["data"].items() if value is not None}
    assert sent == {"integration_id": PROPERTYWARE, **PERSON, **AT}


def test_a_specific_write_has_its_job_in_meta(propexo: Any) -> None:
    body = {
        "integration_id": ENTRATA,
        "lead_id": "lead-123456789",
        "event_type_id": NOTE,
        "event_datetime": "2026-02-27T09:30:00-07:00",
    }
    accepted = propexo.get("POST /v1/events/leads/entrata/", body)
    assert list(accepted) == ["meta", "result"]
    assert list(accepted["meta"]) == ["job_id"]
    assert {name: accepted["result"][name] for name in body} == body


def test_an_update_by_a_specific_operation_echoes_the_id_of_its_path(propexo: Any) -> None:
    accepted = propexo.get(
        "PUT /v1/leads/realpage_rpx/{lead_id}",
        {"first_name": "Sal"},
        lead_id="clwktsp9v000008l31iv218hn",
    )
    assert accepted["result"]["lead_id"] == "clwktsp9v000008l31iv218hn"
    assert accepted["result"]["first_name"] == "Sal"


def test_a_write_is_pending_until_it_lands(propexo: Any, first: Callable[..., Any]) -> None:
    job_id = propexo.get(CREATE, person_at(first, "RENTMANAGER"))["job_id"]
    waiting = {"write_status": "PENDING", "errors": [], "created_record_id": None}
    assert propexo.get(STATUS, root_job_id=job_id) == waiting
    propexo.machine.advance(seconds=1.999)
    assert propexo.get(STATUS, root_job_id=job_id) == waiting
    total = propexo.get("GET /v1/leads/", query="limit=0")["meta"]["total"]
    propexo.machine.advance(seconds=0.001)
    status = propexo.get(STATUS, root_job_id=job_id)
    assert status["write_status"] == "SUCCESS"
    assert propexo.get("GET /v1/leads/", query="limit=0")["meta"]["total"] == total + 1
    lead = propexo.get(READ, id=status["created_record_id"])["results"]
    assert lead["created_at"] == lead["updated_at"] == "2026-03-01T09:00:02.000Z"


def test_a_write_lands_when_it_is_due_even_if_nobody_looks(
    propexo: Any, first: Callable[..., Any]
) -> None:
    job_id = propexo.get(CREATE, person_at(first, "RENTMANAGER"))["job_id"]
    propexo.machine.advance(days=3)
    status = propexo.get(STATUS, root_job_id=job_id)
    lead = propexo.get(READ, id=status["created_record_id"])["results"]
    assert lead["created_at"] == "2026-03-01T09:00:02.000Z"


@pytest.mark.parametrize(
    ("vendor", "is_told"),
    [("RENTMANAGER", True), ("MRI", True), ("ENTRATA", False), ("RENTVINE", False)],
)
def test_only_some_pms_give_the_id_of_what_was_made(
    vendor: str,
    is_told: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    first: Callable[..., Any],
    landed: Callable[[Any], Any],
) -> None:
    body = person_at(first, vendor)
    if vendor == "ENTRATA":
        body["lead_source_id"] = first("lead-sources", vendor)["id"]
    status = landed(propexo.get(CREATE, body))
    assert (status["created_record_id"] is not None) is is_told


@pytest.mark.parametrize(("read_back", "is_read"), [("always", True), ("never", False)])
def test_what_is_never_read_back_has_no_id_to_tell(
    read_back: str,
    is_read: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    first: Callable[..., Any],
    landed: Callable[[Any], Any],
) -> None:
    desk = replace(propexo, settings=replace(propexo.settings, read_back=read_back))
    total = propexo.get("GET /v1/leads/", query="limit=0")["meta"]["total"]
    status = landed(desk.get(CREATE, person_at(first, "RENTMANAGER")))
    assert (status["created_record_id"] is not None) is is_read
    assert propexo.get("GET /v1/leads/", query="limit=0")["meta"]["total"] == total + is_read


@pytest.mark.parametrize(("last_name", "seconds"), [("Slow9", 9), ("Slow1 Writefail", 1)])
def test_magic_words_say_how_long_a_write_is_pending(
    last_name: str, seconds: int, propexo: Any, first: Callable[..., Any]
) -> None:
    body = {**person_at(first, "RENTMANAGER"), "last_name": last_name}
    job_id = propexo.get(CREATE, body)["job_id"]
    propexo.machine.advance(seconds=seconds - 0.001)
    assert propexo.get(STATUS, root_job_id=job_id)["write_status"] == "PENDING"
    propexo.machine.advance(seconds=0.001)
    end = "FAILURE" if "fail" in last_name else "SUCCESS"
    assert propexo.get(STATUS, root_job_id=job_id)["write_status"] == end


def test_an_update_tells_no_id(propexo: Any, landed: Callable[[Any], Any]) -> None:
    lead_id = "clvt4c7we000a08l4g9k2m5ra"
    accepted = propexo.get("PUT /v1/leads/{id}", {"last_name": "Berg"}, id=lead_id)
    assert propexo.get(READ, id=lead_id)["results"]["last_name"] == "Lindqvist"
    assert landed(accepted)["created_record_id"] is None
    lead = propexo.get(READ, id=lead_id)["results"]
    assert (lead["last_name"], lead["updated_at"]) == ("Berg", "2026-03-01T09:00:02.000Z")


def test_a_specific_write_refuses_another_pms(
    propexo: Any, first: Callable[..., Any], issues: Callable[[Any], Any]
) -> None:
    lead, kind = first("leads", "YARDI"), first("event-types", "YARDI")
    body = {
        "integration_id": lead["integration_id"],
        "lead_id": lead["id"],
        "event_datetime": "2026-02-27T09:30:00-07:00",
    }
    types = propexo.get(
        "GET /v1/event-types/", query=f"limit=250&integration_id={kind['integration_id']}"
    )["results"]
    body["event_type_id"] = next(each["id"] for each in types if each["name"] == "Note")
    refused = propexo.refused("POST /v1/events/leads/entrata/", body)
    advice = "the integration is YARDI, but this operation is for ENTRATA alone"
    assert issues(refused) == [("integration_id", advice)]


def test_a_specific_update_refuses_the_record_of_another_pms(
    propexo: Any, issues: Callable[[Any], Any]
) -> None:
    refused = propexo.refused(
        "PUT /v1/leads/realpage_rpx/{lead_id}", {"first_name": "J"}, lead_id="lead-123456789"
    )
    advice = "the integration is ENTRATA, but this operation is for REALPAGE_RPX alone"
    assert issues(refused) == [("lead_id", advice)]


def test_an_unknown_job_is_not_found(propexo: Any) -> None:
    status, said = propexo.ask(STATUS, root_job_id="cnothing")
    assert (status, said["error"]["message"]) == (404, "no write has the job id 'cnothing'")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("POST /v1/leads/", True),
        ("PUT /v1/leads/realpage_rpx/{lead_id}", True),
        ("POST /v1/events/appointments/leads/cancel", True),
        ("POST /v1/leads/entrata/{lead_id}/file-upload", True),
        ("GET /v1/leads/", False),
        ("POST /v1/leads/buildium/", False),
        ("POST /v1/webhooks/", False),
        ("PUT /v1/admin/integrations/{integration_id}/", False),
        ("POST /v1/appointment-availability/", False),
        ("POST /crm/v1/appointment-availability/knock/", False),
    ],
)
def test_what_queues_a_job_is_a_write(
    propexo: Any,
    key: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    assert is_write(propexo.api.catalogue[key]) is expected
