"""LeadPro, an estate agents' lead API: a table of contents of what is particular to it."""

from collections.abc import Iterable
from pathlib import Path

from mock_server.apis.leadpro import (
    announcements,
    envelopes,
    firing,
    leads,
    scenario_records,
    seeding,
    webhooks,
)
from mock_server.contract import catalogue
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.engine.api import Api
from mock_server.engine.call import Call
from mock_server.engine.webhooks import Webhooks
from mock_server.world.queries import OrderBy

# Its documents name the operations; where they are silent, docs/operations.md says what we assume.
BEHAVIOURS = {
    "POST /api/v103/leads": leads.create,
    "POST /api/v103/leads/valuation": leads.create_valued,
    "PATCH /api/v103/leads/{id}": leads.update,
}

# What a call needs that the contract cannot say.
DEMANDS = {
    "POST /api/v103/leads": leads.demand_postcode,
    "POST /api/v103/leads/valuation": leads.demand_postcode,
    "PATCH /api/v103/leads/{id}": leads.demand_status,
    "GET /api/v103/person/leads": leads.demand_contact,
}


# No document tells of a signature.
WEBHOOKS = Webhooks(
    table=webhooks.TABLE,
    events=webhooks.EVENTS,
    how_to_subscribe="POST /sandbox/leadpro/webhooks",
    subscribers=lambda world, event, _: webhooks.subscribers(world, event),
    fire=firing.fire,
    message_to=announcements.message_to,
)


def api(contracts: Path) -> Api:
    """Return LeadPro as its contract and these behaviours make it."""
    return Api(
        name="leadpro",
        title="LeadPro Lead API v103",
        roots=("/api/",),
        hosts=("api.lead.pro",),
        catalogue=catalogue.read(contracts / "leadpro"),
        credential=envelopes.credential,
        page=envelopes.page,
        one=envelopes.one,
        draft=leads.draft,
        settle=envelopes.settle,
        refuse=envelopes.refuse,
        demands=demands,
        default_order={"leads": (OrderBy("created_at", descending=True),)},
        stamps_of_new=("created_at",),
        behaviours=BEHAVIOURS,
        seeding=seeding.records,
        begin=webhooks.begin_world,
        private={webhooks.TABLE: webhooks.RESOURCE},
        furnishing=scenario_records.furnishing(),
        webhooks=WEBHOOKS,
        sent_as=lambda credential: {"x-api-key": credential},
        base="/api/v103",
        example="/api/v103/offices",
    )


def demands(call: Call, _: Operation) -> Iterable[Problem]:
    """Yield what else is wrong with a call than the contract can say."""
    asked = DEMANDS.get(call.operation.key)
    return asked(call) if asked else ()
