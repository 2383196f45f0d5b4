"""Is what syncs leave that are passed in one step the same as if each had happened by itself?"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from mock_server import create_app
from mock_server.apis import propexo as vendor
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health, truth
from mock_server.engine.changes import Change
from mock_server.settings import Settings
from mock_server.shipped import folder
from mock_server.world import timekeeping
from mock_server.world.queries import OrderBy, Selection, where
from tests.unit.apis.conftest import NOW, Desk, Machine

from .conftest import CHANGED_STAMPS, ONE

Happen = Callable[[Desk, int], None]
HOUR = timedelta(hours=1)
LEAD = "lead-123456789"
# Few logs are kept, so that they are forgotten on the way, and a sync ends within a millisecond.
SETTINGS = Settings(
    access_log=False, write_seconds=2, rate_limit=100_000, keep_jobs=150, sync_seconds=1.2345
)
# Ends while no sync is under way, while some are, and a while later; then somebody looks again.
HOURS = (12.0002, 0.5, 25, 12)
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def open_desk() -> Iterator[Callable[[], Desk]]:
    machine = Machine()
    worlds = create_app(SETTINGS, machine=machine).extensions["mock_server"]
    api = vendor.api(folder("openapi"))
    yield lambda: Desk(api, worlds, machine, f"routine{next(_numbers)}", SETTINGS)
    worlds.close()


@pytest.fixture
def live(
    open_desk: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Any, int]]:
    """Return all that a new world holds after `HOURS`, and how much happened by itself."""

    def live(happen: Happen, **course: Any) -> tuple[Any, int]:
        desk, happened = open_desk(), list[str]()
        known = desk.worlds._due._course

        def perform(entry: Any, world: Any) -> None:
            happened.append(entry.action)
            known.perform(entry, world)

        with monkeypatch.context() as patch:
            patch.setattr(desk.worlds._due, "_course", replace(known, perform=perform, **course))
            return lived(desk, happen), len(happened)

    return live


def lived(desk: Desk, happen: Happen) -> Any:
    with desk.world() as world:
        world.clock.freeze()
    at = NOW
    for number, hours in enumerate(HOURS):
        happen(desk, number)
        at += hours * HOUR
        timekeeping.advance(desk.worlds, desk.name, at)
    with desk.world() as world:
        newest = Selection(order=(OrderBy("created_at", descending=True),))
        shown = {
            name: world.collection(name).page(newest)
            for name in ("propexo_job_logs", "propexo_integrations", "propexo_leads")
        }
        held = {name: world.collection(name).all() for name in world.resources}
        for attempt in (each for delivery in held["deliveries"] for each in delivery["attempts"]):
            del attempt["milliseconds"]  # Of the machine's time, and so never the same.
        agenda = [entry for _, entry in world.agenda.upcoming(at + 9_000 * HOUR)]
        return held, shown, agenda, {**world.copy_state(), "kept_at": None, "epoch": None}


def differences(found: Any, expected: Any) -> list[Any]:
    """Return where two worlds differ, narrowed down to the parts that do."""
    if found == expected:
        return []
    if isinstance(found, dict) and found.keys() == expected.keys():
        parts = [(name, differences(found[name], expected[name])) for name in found]
        return [each for each in parts if each[1]][:3]
    if isinstance(found, list) and len(found) == len(expected):
        each = zip(found, expected, strict=True)
        return [part for one, other in each for part in differences(one, other)][:3]
    return [(found, expected)]


def nothing(_desk: Desk, _number: int) -> None:
    pass


def edits(desk: Desk, number: int) -> None:
    """Write to a lead, edit it at the PMS, and ask for a sync."""
    with desk.world() as world:
        lead = records(world, "leads").get(LEAD)
        edit = Change("patch", "propexo_leads", LEAD, {"notes": str(number)}, CHANGED_STAMPS)
        truth.change(world, lead["integration_id"], edit)
    if number == 2:
        desk.get("PUT /v1/leads/{id}", {"last_name": "Okoro"}, id=LEAD)
        sync = "POST /v1/admin/integrations/{integration_id}/manual-sync"
        desk.get(sync, {}, integration_id=lead["integration_id"])


def paces(desk: Desk, number: int) -> None:
    """Sync one integration every hour, one by its week, and one not at all."""
    with desk.world() as world:
        hourly, weekly, off, *_ = records(world, "integrations").all(where(active=True))
    if number == 0:
        put(desk, hourly, sync_frequency=1, sync_cadence="HOUR")
        slot = {"start": "01:00", "end": "13:00", "sync_frequency": 45, "sync_cadence": "MINUTE"}
        week = {
            "type": "WEEK_BASED",
            "timezone": "America/New_York",
            "interval": {"MONDAY": {"slots": [slot]}},
        }
        put(desk, weekly, use_custom_sync_schedule=True, custom_sync_schedule=week)
    put(desk, off, active=number % 2 == 1)


def put(desk: Desk, integration: Any, **changes: Any) -> None:
    desk.get(f"PUT {ONE}/", changes, integration_id=integration["id"])


def ailing(desk: Desk, number: int) -> None:
    """Take a PMS down for a while, break the login of another, and disable a property."""
    with desk.world() as world:
        down, locked, *_ = records(world, "integrations").all(where(active=True))
        if number == 1:
            health.take_down(world, down, world.clock.now() + 20 * HOUR)
        health.set_login(world, locked, works=number != 1)
        place = records(world, "property_configurations").all()[number]
        records(world, "property_configurations").patch(place["id"], {"enabled": False})


def listened_to(desk: Desk, number: int) -> None:
    """Order what is told of syncs for a while."""
    if number == 1:
        hook = {"url": "http://127.0.0.1:9/", "active": True, "triggers": ["SYNC_COMPLETE"]}
        desk.get("POST /v1/webhooks/", hook)
    if number == 3:
        with desk.world() as world:
            for each in records(world, "webhooks").all(where(active=True)):
                records(world, "webhooks").patch(each["id"], {"active": False})


@pytest.mark.parametrize("happen", [nothing, edits, paces, ailing, listened_to])
def test_nobody_can_tell_syncs_that_were_passed_from_those_that_happened(
    live: Any, happen: Happen
) -> None:
    at_once, few = live(happen)
    one_by_one, many = live(happen, pass_routine=lambda *_: False)
    for found, expected in zip(at_once, one_by_one, strict=True):
        assert differences(found, expected) == []
    assert few < many


def test_what_nobody_can_notice_costs_nothing_by_itself(live: Any) -> None:
    _, happened = live(nothing)
    assert happened == 0
