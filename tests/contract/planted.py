"""What every world of these tests holds beside what is seeded: one record for every call."""

from collections.abc import Iterator
from datetime import timedelta

from flask import Flask

from mock_server.engine import jobs
from mock_server.engine.api import Api
from mock_server.world.clock import iso
from mock_server.world.layers import PRISTINE
from mock_server.world.world import World
from mock_server.world.worlds import Worlds
from tests.contract.case import MORNING, Case
from tests.contract.grounds import Record
from tests.contract.paths import FAILED_WRITE

WEBHOOK_ID = "cwebhook"
_PEOPLE = ("leads", "applicants", "residents")
# That which is seeded orders nothing of records.
_WEBHOOK = {
    "created_at": "2026-02-01T08:00:00.000Z",
    "updated_at": "2026-02-02T08:00:00.000Z",
    "url": "https://example.com/hooks",
    "headers": [{"header": "x-hook", "value": "yes"}],
    "active": True,
    "secret": "s3cret",
    "system": "SANDBOX",
    "triggers": [{"id": "c0hook", "trigger": "DATA_NEW", "model": "leads"}],
}


def plant(app: Flask, propexo: Api) -> None:
    """Add to the state in which every world of the application begins."""
    worlds: Worlds = app.extensions["mock_server"]
    with worlds.turn(PRISTINE) as world:
        webhooks = propexo.records(world, "webhooks")
        # Unasked, the list shows only those that are switched on.
        for each in webhooks.all():
            webhooks.patch(each["id"], {"active": True})
        webhooks.add({**_WEBHOOK, "id": WEBHOOK_ID})
        events, items = propexo.records(world, "events"), propexo.records(world, "rentable_items")
        for each in propexo.records(world, "integrations").all():
            for event in list(_missing_events(propexo, world, str(each["id"]))):
                events.add(event)
            for item_id, values in list(_holders(propexo, world, str(each["id"]))):
                items.patch(item_id, values)
    failed = _failed_write(app, propexo)
    with worlds.turn(PRISTINE) as world:
        world.collection(jobs.TABLE).add(failed)


def _failed_write(app: Flask, propexo: Api) -> Record:
    """Return a write that failed an hour ago, as a world keeps it in which it was made."""
    case = Case(app, propexo, propexo.catalogue["POST /v1/leads/entrata/"], "planting")
    answer = case.send({**case.valid_body(), "last_name": "Writefail"})
    assert answer.status_code == 200, answer.text
    made: Record = case.in_world(lambda world: world.collection(jobs.TABLE).all()[-1])
    case.worlds.reset(case.world)
    return {**made, "id": FAILED_WRITE, "lands_at": iso(MORNING - timedelta(hours=1))}


def _of(api: Api, world: World, resource: str, integration_id: str) -> list[Record]:
    every = api.records(world, resource).all()
    return [each for each in every if each["integration_id"] == integration_id]


def _missing_events(api: Api, world: World, integration_id: str) -> Iterator[Record]:
    """Yield an event and an appointment with a person of each kind, where there is none yet."""
    known = _of(api, world, "events", integration_id)
    for people in _PEOPLE:
        concerned = f"associated_{people[:-1]}_ids"
        persons = _of(api, world, people, integration_id)
        for is_appointment in (False, True) if persons and known else ():
            if any(each[concerned] and each["is_appointment"] == is_appointment for each in known):
                continue
            nobody: Record = {f"associated_{each[:-1]}_ids": [] for each in _PEOPLE}
            yield {
                **known[-1],
                **nobody,
                concerned: [persons[0]["id"]],
                "id": f"{integration_id[:12]}{people[:4]}{is_appointment:09}",
                "is_appointment": is_appointment,
                "appointment_datetime": "2026-03-20T16:00:00.000Z" if is_appointment else None,
            }


def _holders(api: Api, world: World, integration_id: str) -> Iterator[tuple[str, Record]]:
    """Yield what becomes of the items that a lead and an applicant rent."""
    items = _of(api, world, "rentable_items", integration_id)
    for item, person in zip(items[-2:], ("lead", "applicant"), strict=False):
        for one in _of(api, world, f"{person}s", integration_id)[:1]:
            theirs = {f"{person}_id": one["id"], f"x_{person}_id": one["x_id"]}
            yield str(item["id"]), {**theirs, "is_available": False}
