"""Does an integration sync by itself, one period after the end of the last time?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.syncs import schedule
from mock_server.engine.moment import Moment
from mock_server.world.clock import iso, parse
from mock_server.world.queries import where
from tests.unit.apis.conftest import NOW

from .conftest import ONE, Office

HOUR = timedelta(hours=1)
Told = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def office(office_of: Callable[[str], Office]) -> Office:
    """Return the only integration of its world that syncs by itself, as if it just had."""
    office = office_of("RENTVINE")
    with office.desk.world() as world:
        for each in records(world, "job_schedules").all():
            if each["integration_id"] != office.id:
                records(world, "job_schedules").patch(each["id"], {"status": "INACTIVE"})
            else:
                schedule.plan_anew(office.moment(world), each)
    return office


def test_the_first_sync_counts_from_the_last_run(office_of: Callable[[str], Office]) -> None:
    office = office_of("RENTVINE")
    (own,) = office.own("job_schedules")
    last = parse(own["last_run"])
    assert NOW - 12 * HOUR < last < NOW
    wait(office, seconds=(last + 12 * HOUR - NOW).total_seconds() + 5)
    assert ended(office) == [iso(last + 12 * HOUR + timedelta(seconds=5))[5:19]]


def test_runs_that_were_missed_before_the_world_was_used_are_passed_over(
    office_of: Callable[[str], Office],
) -> None:
    office = office_of("RENTVINE")
    (own,) = office.own("job_schedules")
    with office.desk.world() as world:
        long_ago = {**own, "last_run": iso(NOW - 30 * HOUR)}
        assert schedule._last_turn(long_ago, world.clock.now()) == NOW - 6 * HOUR


def ended(office: Office) -> list[str]:
    """Return when each scheduled sync ended that has been logged since 9 o'clock."""
    with office.desk.world() as world:
        logs = records(world, "job_logs").all(where(integration_id=office.id, job_type="SYNC"))
    since = "2026-03-01T09:00:00.000Z"
    return [each["created_at"][5:19] for each in logs if each["created_at"] >= since]


def put(office: Office, **changes: Any) -> None:
    office.desk.get(f"PUT {ONE}/", changes, integration_id=office.id)


def wait(office: Office, **by: float) -> None:
    office.desk.machine.advance(**by)


def test_a_sync_begins_twelve_hours_after_the_end_of_the_last(office: Office) -> None:
    wait(office, hours=12, seconds=4.999)
    assert office.integration()["is_running_sync"] is True
    assert ended(office) == []
    wait(office, seconds=0.001)
    assert ended(office) == ["03-01T21:00:05"]
    assert office.integration()["is_running_sync"] is False
    wait(office, hours=24, seconds=20)
    assert ended(office) == ["03-01T21:00:05", "03-02T09:00:10", "03-02T21:00:15"]


def test_a_scheduled_sync_names_its_schedule(office: Office, told: Told) -> None:
    (own,) = office.own("job_schedules")
    wait(office, hours=12, seconds=5)
    (body,) = told("SYNC_COMPLETE")
    assert body["data"]["job_schedule_id"] == own["id"]
    (run,) = office.own("job_schedules")
    assert {**own, **run, "plan": 0} == {**own, "last_run": "2026-03-01T21:00:05.000Z", "plan": 0}
    with office.desk.world() as world:
        logs = records(world, "job_logs").all(where(job_schedule_id=own["id"]))
    assert "SYNC" in {each["job_type"] for each in logs}


def test_a_sync_that_is_asked_for_leaves_the_schedule_as_it_is(office: Office, told: Told) -> None:
    before = office.own("job_schedules")
    wait(office, hours=6)
    office.sync()
    assert told("SYNC_COMPLETE")[0]["data"]["job_schedule_id"] is None
    assert office.own("job_schedules") == before
    wait(office, hours=6)
    assert ended(office) == ["03-01T15:00:05", "03-01T21:00:05"]


@pytest.mark.parametrize(
    ("rhythm", "syncs"),
    [
        ({"sync_frequency": 6}, ["03-01T16:00:05", "03-01T22:00:10"]),
        ({"sync_cadence": "DAY", "sync_frequency": 1}, ["03-02T10:00:05"]),
    ],
)
def test_another_rhythm_counts_from_when_it_was_set(
    rhythm: dict[str, Any], syncs: list[str], office: Office
) -> None:
    wait(office, hours=1)
    put(office, **rhythm)
    wait(office, hours=24, seconds=5)
    assert ended(office)[: len(syncs)] == syncs
    assert "03-01T21:00:05" not in ended(office)


def test_what_does_not_concern_the_rhythm_leaves_the_plan(office: Office) -> None:
    wait(office, hours=1)
    put(office, name="Other")
    wait(office, hours=11, seconds=5)
    assert ended(office) == ["03-01T21:00:05"]


def test_a_rhythm_that_is_set_while_a_sync_runs_plans_one_next_sync(office: Office) -> None:
    wait(office, hours=12, seconds=2)
    put(office, sync_frequency=6)
    wait(office, hours=13)
    assert ended(office) == ["03-01T21:00:05", "03-02T03:00:10", "03-02T09:00:15"]


def test_an_integration_may_be_synced_by_its_own_week(office: Office) -> None:
    slot = {"start": "22:00", "end": "23:30", "sync_frequency": 1, "sync_cadence": "HOUR"}
    week = {
        "type": "WEEK_BASED",
        "timezone": "America/New_York",
        "interval": {"SUNDAY": {"slots": [slot]}},
    }
    put(office, use_custom_sync_schedule=True, custom_sync_schedule=week)
    wait(office, days=3)
    assert ended(office) == ["03-02T03:00:05", "03-02T04:00:10"]
    put(office, use_custom_sync_schedule=False)
    wait(office, hours=12, seconds=5)
    assert ended(office)[2:] == ["03-04T21:00:05"]


def test_what_is_switched_off_is_not_synced_until_it_is_on_again(office: Office) -> None:
    put(office, active=False)
    wait(office, days=2)
    assert ended(office) == []
    assert office.own("job_schedules")[0]["status"] == "INACTIVE"
    put(office, active=True)
    wait(office, hours=12, seconds=5)
    assert ended(office) == ["03-03T21:00:05"]


def test_what_has_been_archived_is_not_synced_even_if_it_is_switched_on(office: Office) -> None:
    office.desk.get(f"DELETE {ONE}/", {}, integration_id=office.id)
    put(office, active=True)
    wait(office, days=2)
    assert ended(office) == []
    assert office.own("job_schedules")[0]["status"] == "INACTIVE"


def test_a_schedule_waits_for_the_sync_that_is_running(office: Office) -> None:
    wait(office, hours=11, minutes=59, seconds=58)
    office.ask("back-sync")
    wait(office, seconds=12)
    assert ended(office) == ["03-01T21:00:03", "03-01T21:00:10"]
    wait(office, hours=12, seconds=5)
    assert ended(office)[2:] == ["03-02T09:00:15"]


def test_a_failed_sync_comes_round_again(office: Office) -> None:
    office.amend("integrations", office.id, login_works=False)
    wait(office, hours=24, seconds=10)
    assert ended(office) == ["03-01T21:00:05", "03-02T09:00:10"]
    assert office.own("job_schedules")[0]["last_run"] == "2026-03-02T09:00:10.000Z"


def test_nothing_is_planned_where_syncs_are_only_by_hand(office: Office) -> None:
    by_hand = replace(office.desk.settings, scheduled_syncs=False)
    (own,) = office.own("job_schedules")
    with office.desk.world() as world:
        planned = world.agenda.next_due
        schedule.plan(Moment(world, NOW - 24 * HOUR, by_hand), own)
        assert world.agenda.next_due == planned
        schedule.plan(Moment(world, NOW - 11 * HOUR, office.desk.settings), own)
        assert world.agenda.next_due == NOW + HOUR
