"""Propexo, one API over many property systems: a table of contents of what is particular to it."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from mock_server.apis.propexo import (
    admin,
    announcements,
    crm,
    demands,
    envelopes,
    firing,
    kept,
    landing,
    pms_rules,
    records,
    scenario_records,
    seeding,
    targets,
    writes,
)
from mock_server.apis.propexo.syncs import routine, schedule, sync
from mock_server.contract import catalogue
from mock_server.contract.catalogue import Catalogue
from mock_server.engine import jobs
from mock_server.engine.api import Api
from mock_server.engine.webhooks import Webhooks

BEHAVIOURS = {
    "GET /v1/admin/write-status/{root_job_id}": writes.status,
    **admin.BEHAVIOURS,
    **crm.BEHAVIOURS,
    **records.BEHAVIOURS,
}

# What stands on an agenda: writes that land, and syncs.
SCHEDULED_HANDLERS = {
    jobs.LAND: landing.land,
    schedule.BEGIN: sync.begin_scheduled,
    sync.END: sync.end,
}

GIVEN_UP = {
    jobs.LAND: landing.give_up,
    schedule.BEGIN: sync.give_up_scheduled,
    sync.END: sync.give_up,
}

# By whose rules a write is checked, beyond the schemas of its operation.
RULES: Mapping[str, Any] = {
    "particular": pms_rules.particular,
    "demands": demands.of,
    "remarks": pms_rules.remarks,
    "target": targets.of,
}

# Where it is called, and how a credential travels.
ADDRESS: Mapping[str, Any] = {
    "roots": ("/v1/", "/crm/"),
    "hosts": ("api.propexo.com", "api.sandbox.propexo.com"),
    "base": "/v1",
    "example": "/v1/leads/?limit=2",
    "credential": envelopes.credential,
    "sent_as": lambda credential: {"Authorization": f"Bearer {credential}"},
}


def api(contracts: Path) -> Api:
    """Return Propexo as its contract and these behaviours make it."""
    read = catalogue.read(contracts / "propexo")
    return Api(
        name="propexo",
        title="Propexo API",
        catalogue=read,
        page=envelopes.page,
        one=envelopes.one,
        draft=records.draft,
        settle=writes.settle,
        refuse=envelopes.refuse,
        order=envelopes.order,
        owner="integration_id",
        sighted="last_seen",
        stamps_of_new=("created_at", "updated_at", "last_seen"),
        stamps_of_changed=("updated_at", "last_seen"),
        limit_headers=("x-ratelimit-limit", "x-ratelimit-remaining"),
        behaviours=BEHAVIOURS,
        actions=records.ACTIONS,
        seeding=seeding.records,
        begin=schedule.begin_world,
        scheduled_handlers=SCHEDULED_HANDLERS,
        given_up=GIVEN_UP,
        pass_routine=routine.pass_routine,
        **_stored(read),
        **RULES,
        webhooks=_webhooks(read),
        **ADDRESS,
    )


def _stored(read: Catalogue) -> Mapping[str, Any]:
    """Return what is stored that no operation shows, and how records of scenarios become whole."""
    return {"private": kept.RESOURCES, "furnishing": scenario_records.furnishing(read)}


def _webhooks(read: Catalogue) -> Webhooks:
    return Webhooks(
        table="propexo_webhooks",
        events=announcements.TRIGGERS,
        how_to_subscribe="POST /v1/webhooks/ with active true",
        subscribers=announcements.subscribers,
        fire=partial(firing.fire, read),
        message_to=announcements.message_to,
        are_signed=True,
    )
