"""LeadPro, an estate agents' lead API: a table of contents of what is particular to it."""

from pathlib import Path

from mock_server.apis.leadpro import envelopes, leads, seeding, webhooks
from mock_server.contract import catalogue
from mock_server.engine.api import Api
from mock_server.world.queries import Order

# Its documents name the operations; where they are silent, docs/operations.md says what we assume.
BEHAVIOURS = {
    "POST /api/v103/leads": leads.create,
    "POST /api/v103/leads/valuation": leads.create_valued,
    "PATCH /api/v103/leads/{id}": leads.update,
    "GET /api/v103/person/leads": leads.of_person,
}


def api(contracts: Path) -> Api:
    """Return LeadPro as its contract and these behaviours make it."""
    return Api(
        name="leadpro",
        title="LeadPro Lead API v103",
        roots=("/api/",),
        catalogue=catalogue.read(contracts / "leadpro"),
        credential=envelopes.credential,
        page=envelopes.page,
        one=envelopes.one,
        draft=leads.draft,
        settle=envelopes.settle,
        refuse=envelopes.refuse,
        default_order={"leads": (Order("created_at", descending=True),)},
        stamps_of_new=("created_at",),
        behaviours=BEHAVIOURS,
        seeding=seeding.records,
        begin=webhooks.begin_world,
        private={webhooks.TABLE: webhooks.RESOURCE},
    )
