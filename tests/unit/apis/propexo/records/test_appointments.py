"""Is an appointment booked, moved and called off at the time and with the people it says?"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

PROPERTYWARE, ENTRATA = "intg_9f8b7c6d5e4a3b2c1d0e", "intg-987654321"
LEAD, AGENT = "clvt4c7we000a08l4g9k2m5ra", "clui92e8v000608l4p2s4f7yt"
CREATE = "POST /v1/events/appointments/leads"
MOVE = "PUT /v1/events/appointments/leads/{event_id}"
CANCEL = "POST /v1/events/appointments/leads/cancel"
READ = "GET /v1/events/{event_id}"
TOUR = {
    "integration_id": PROPERTYWARE,
    "lead_id": LEAD,
    "appointment_date": "2026-03-06",
    "appointment_time": "10:00:00",
}
Book = Callable[..., dict[str, Any]]
Move = Callable[..., dict[str, Any]]


@pytest.fixture
def book(propexo: Any, landed: Callable[[Any], Any]) -> Book:
    """Book the tour and return its event as it landed."""

    def book(**changes: Any) -> dict[str, Any]:
        body = {name: each for name, each in {**TOUR, **changes}.items() if each is not None}
        landed(propexo.get(CREATE, body))
        [event] = propexo.get("GET /v1/appointments/", query=f"lead_id={body['lead_id']}")[
            "results"
        ]
        return dict(event)

    return book


@pytest.fixture
def move(propexo: Any, landed: Callable[[Any], Any]) -> Move:
    """Change an appointment and return its event as it landed."""

    def move(event: dict[str, Any], **changes: Any) -> dict[str, Any]:
        landed(propexo.get(MOVE, changes, event_id=event["id"]))
        changed: dict[str, Any] = propexo.get(READ, event_id=event["id"])
        return changed["results"]

    return move


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (None, "Appointment"),
        ("TOUR", "Tour"),
        ("SELF_GUIDED_TOUR", "Self Guided Tour"),
        ("VIRTUAL_TOUR", "Virtual Tour"),
        ("LEASING_APPOINTMENT", "Leasing Appointment"),
    ],
)
def test_an_appointment_is_named_by_its_type(kind: str | None, name: str, book: Book) -> None:
    event = book(appointment_type=kind)
    assert (event["event_name"], event["type_raw"]) == (name, name)


def test_an_appointment_shows_when_with_whom_and_why(book: Book) -> None:
    event = book(employee_id=AGENT, title="See flat 2B", notes="Brings a dog.")
    assert event["appointment_datetime"] == "2026-03-06T15:00:00.000Z"
    assert event["event_datetime"] == "2026-03-01T09:00:00.000Z"
    assert (event["agent_name"], event["x_leasing_agent_id"]) == ("Theo Barlow", "12")
    assert (event["reasons_for_event"], event["notes"]) == ("See flat 2B", "Brings a dog.")
    assert (event["associated_lead_ids"], event["associated_applicant_ids"]) == ([LEAD], [])


def test_a_date_alone_is_a_midnight(book: Book) -> None:
    assert book(appointment_time=None)["appointment_datetime"] == "2026-03-06T05:00:00.000Z"


@pytest.mark.parametrize(
    ("time", "instant"),
    [("16:30:00", "2026-03-02T21:30:00.000Z"), ("10:00:00", "2026-03-03T15:00:00.000Z")],
)
def test_a_time_without_a_date_is_the_next_such_time(
    time: str, instant: str, propexo: Any, book: Book
) -> None:
    propexo.machine.now = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
    event = book(appointment_date=None, appointment_time=time)
    assert event["appointment_datetime"] == instant


def test_an_appointment_may_have_no_time_yet(book: Book) -> None:
    event = book(appointment_date=None, appointment_time=None)
    assert event["appointment_datetime"] is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"appointment_time": "16:30:00"}, "2026-03-06T21:30:00.000Z"),
        ({"appointment_date": "2026-03-05"}, "2026-03-05T15:00:00.000Z"),
        ({"appointment_date": "2026-03-09"}, "2026-03-09T14:00:00.000Z"),
        (
            {"appointment_date": "2026-03-09", "appointment_time": "16:30:00"},
            "2026-03-09T20:30:00.000Z",
        ),
        ({"title": "Later"}, "2026-03-06T15:00:00.000Z"),
    ],
    ids=["time", "date", "date over a change of the clocks", "both", "neither"],
)
def test_moving_keeps_what_is_not_sent(
    changes: dict[str, str], expected: str, book: Book, move: Move
) -> None:
    assert move(book(), **changes)["appointment_datetime"] == expected


def test_an_entrata_appointment_keeps_mountain_time_over_a_change_of_the_clocks(
    book: Book, move: Move
) -> None:
    demanded = {"appointment_duration_minutes": 30, "appointment_type": "TOUR", "notes": "Flat 2B"}
    event = book(integration_id=ENTRATA, lead_id="lead-123456789", **demanded)
    assert event["appointment_datetime"] == "2026-03-06T17:00:00.000Z"
    moved = move(event, appointment_date="2026-03-10", notes="Flat 2B")
    assert moved["appointment_datetime"] == "2026-03-10T16:00:00.000Z"


def test_a_cancelled_appointment_stays_and_says_so(
    propexo: Any, landed: Callable[[Any], Any], book: Book
) -> None:
    event = book()
    body = {"integration_id": PROPERTYWARE, "event_id": event["id"]}
    accepted = propexo.get(CANCEL, body)
    assert accepted["data"] == body
    landed(accepted)
    cancelled = propexo.get(READ, event_id=event["id"])["results"]
    assert (cancelled["event_name"], cancelled["type_raw"]) == ("CancelAppointment",) * 2
    assert cancelled["appointment_datetime"] == event["appointment_datetime"]


def test_a_cancellation_has_to_say_of_what(
    propexo: Any, book: Book, issues: Callable[[Any], Any]
) -> None:
    event = book()
    [(path, _)] = issues(propexo.refused(CANCEL, {"integration_id": PROPERTYWARE}))
    assert path == "event_id"
    others = {"integration_id": ENTRATA, "event_id": event["id"]}
    [(path, said)] = issues(propexo.refused(CANCEL, others))
    assert path == "event_id"
    assert "belongs to integration_id" in said


@pytest.mark.parametrize("person", ["applicants", "residents"])
def test_an_appointment_is_changed_only_as_that_of_its_person(
    person: str, propexo: Any, book: Book, issues: Callable[[Any], Any]
) -> None:
    event = book()
    advice = f"the event {event['id']!r} concerns leads, not {person}"
    moving = propexo.refused(
        f"PUT /v1/events/appointments/{person}/{{event_id}}", {"title": "x"}, event_id=event["id"]
    )
    body = {"integration_id": PROPERTYWARE, "event_id": event["id"]}
    cancelling = propexo.refused(f"POST /v1/events/appointments/{person}/cancel", body)
    assert issues(moving) == issues(cancelling) == [("event_id", advice)]


def test_what_is_no_appointment_can_be_neither_moved_nor_cancelled(
    propexo: Any, landed: Callable[[Any], Any], issues: Callable[[Any], Any]
) -> None:
    note = {
        "integration_id": ENTRATA,
        "lead_id": "lead-123456789",
        "event_type_id": "clr9k7a2d000808jqk7v9p0di",
        "event_datetime": "2026-02-27T09:30:00-07:00",
    }
    landed(propexo.get("POST /v1/events/leads", note))
    [event] = propexo.get("GET /v1/events/", query="lead_id=lead-123456789")["results"]
    advice = f"the event {event['id']!r} is no appointment"
    body = {"integration_id": ENTRATA, "event_id": event["id"]}
    assert issues(propexo.refused(CANCEL, body)) == [("event_id", advice)]
    moving = propexo.refused(MOVE, {"notes": "x"}, event_id=event["id"])
    assert issues(moving) == [("event_id", advice)]
