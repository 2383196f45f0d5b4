"""What the sandbox can do and the vendors cannot: a table of contents of its own operations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from mock_server.contract import catalogue
from mock_server.control import (
    calls,
    changes,
    clock,
    coverage,
    deliveries,
    delivery_faults,
    envelopes,
    exports,
    faults,
    findings,
    firing,
    health,
    jobs,
    leadpro_leads,
    leadpro_map,
    leadpro_tokens,
    leadpro_webhooks,
    metrics,
    outcomes,
    pms,
    pms_approvals,
    pms_people,
    pms_records,
    scenarios,
    snapshots,
    stories,
    worlds,
)
from mock_server.control.forks import Before, no_replay
from mock_server.control.stories import Inside
from mock_server.control.storytelling import progress
from mock_server.control.webhooks import EveryWebhook
from mock_server.engine.api import Api, Behaviour
from mock_server.engine.deliveries import LEAVE
from mock_server.engine.journal import Journal
from mock_server.engine.scenarios.library import Scenarios
from mock_server.web.inward import Inward

NAME = "sandbox"
BEHAVIOURS = {
    "GET /__admin/clock": clock.read,
    "POST /__admin/clock": clock.hold_or_flow,
    "POST /__admin/clock/advance": clock.advance,
    "GET /__admin/worlds": worlds.find_all,
    "GET /__admin/worlds/{world}": worlds.fetch,
    "GET /__admin/export": exports.write,
    "GET /__admin/snapshots": snapshots.find_all,
    "POST /__admin/snapshots": snapshots.take,
    "POST /__admin/snapshots/{snapshot}/restore": snapshots.restore,
    "DELETE /__admin/snapshots/{snapshot}": snapshots.remove,
    "GET /__admin/jobs/{world}/{job_id}": jobs.fetch,
    "GET /__admin/deliveries/{delivery_id}": deliveries.fetch,
    "POST /__admin/deliveries/{delivery_id}/resend": deliveries.resend,
    "GET /__admin/faults": faults.find_all,
    "DELETE /__admin/faults": faults.remove_all,
    "DELETE /__admin/faults/{call_fault_id}": faults.remove,
    "GET /sandbox/webhooks/faults": delivery_faults.find_all,
    "DELETE /sandbox/webhooks/faults": delivery_faults.remove_all,
    "DELETE /sandbox/webhooks/faults/{fault_id}": delivery_faults.remove,
    "GET /sandbox/leadpro/leads": leadpro_leads.find_all,
    "GET /sandbox/leadpro/offices": leadpro_map.find_offices,
    "GET /sandbox/leadpro/routes": leadpro_map.find_routes,
    "GET /sandbox/leadpro/webhooks": leadpro_webhooks.find_all,
    "POST /sandbox/leadpro/webhooks": leadpro_webhooks.add,
    "PATCH /sandbox/leadpro/webhooks/{webhook_id}": leadpro_webhooks.change,
    "DELETE /sandbox/leadpro/webhooks/{webhook_id}": leadpro_webhooks.remove,
    "GET /sandbox/outcomes": outcomes.find_all,
    "DELETE /sandbox/outcomes": outcomes.remove_all,
    "DELETE /sandbox/outcomes/{outcome_id}": outcomes.remove,
    "GET /sandbox/pms/{integration_id}": pms.read,
    "PUT /sandbox/pms/{integration_id}/login": pms.set_login,
    "PUT /sandbox/pms/{integration_id}/down": pms.set_down,
    "PUT /sandbox/pms/{integration_id}/models": pms.set_models,
    "GET /sandbox/pms/{integration_id}/approvals": pms_approvals.find_all,
    "PUT /sandbox/pms/{integration_id}/approvals": pms_approvals.set_automatic,
    "POST /sandbox/pms/{integration_id}/approvals": pms_approvals.decide,
    "GET /sandbox/pms/{integration_id}/{model}": pms_records.find_all,
    "GET /sandbox/pms/{integration_id}/{model}/{record_id}": pms_records.fetch,
    "DELETE /sandbox/pms/{integration_id}/{model}/{record_id}": pms_records.remove,
}
# What somebody says of Propexo's operations and records is checked by its contract, given first.
CHECKED_BEHAVIOURS = {
    "POST /sandbox/outcomes": outcomes.add,
    "POST /sandbox/pms/{integration_id}/{model}": pms_records.add,
    "POST /sandbox/pms/{integration_id}/leads/{lead_id}/advance": pms_people.advance,
    "POST /sandbox/pms/{integration_id}/residents/{resident_id}/transfer": pms_people.transfer,
    "PATCH /sandbox/pms/{integration_id}/{model}/{record_id}": pms_records.change,
}
# What speaks of webhooks has to know those of every vendor, given first.
WEBHOOK_BEHAVIOURS = {
    "GET /__admin/deliveries": deliveries.find_all,
    "POST /sandbox/webhooks/faults": delivery_faults.add,
    "POST /sandbox/webhooks/fire": firing.fire,
}


def api(contracts: Path, vendors: Sequence[Api]) -> Api:
    """Return the sandbox's own operations as its contract and these behaviours make them."""
    own = catalogue.read(contracts / "sandbox")
    return Api(
        name=NAME,
        title="Sandbox control",
        roots=("/__admin/", "/sandbox/"),
        is_control=True,
        sent_as=lambda credential: {"x-api-key": credential},
        catalogue=own,
        credential=envelopes.credential_of(*(each.credential for each in vendors)),
        page=envelopes.page,
        one=envelopes.one,
        draft=envelopes.undrafted,
        settle=envelopes.undrafted,
        refuse=envelopes.refuse,
        seeding=lambda _: (),
        # Every application puts what is its own in the place of these.
        behaviours=_informed(vendors) | Own().behaviours(vendors),
        private=progress.RESOURCES,
    )


def _informed(vendors: Sequence[Api]) -> dict[str, Behaviour]:
    """Return the behaviours, each with what it has to know of the vendors."""
    of_propexo = next(each.catalogue for each in vendors if each.name == "propexo")
    webhooks = EveryWebhook({each.name: each.webhooks for each in vendors if each.webhooks})
    return {
        **BEHAVIOURS,
        **{key: partial(each, of_propexo) for key, each in CHECKED_BEHAVIOURS.items()},
        **{key: partial(each, webhooks) for key, each in WEBHOOK_BEHAVIOURS.items()},
        "GET /__admin/health": health.telling([*(each.name for each in vendors), NAME]),
        "GET /__admin/ready": health.ready,
        "POST /__admin/faults": partial(faults.add, [each.catalogue for each in vendors]),
        **changes.behaviours(vendors),
        "POST /__admin/import": partial(exports.read, vendors, _actions(vendors)),
    }


def _actions(vendors: Sequence[Api]) -> list[str]:
    """Return the kinds of what can stand on an agenda."""
    return [LEAVE, *(name for each in vendors for name in each.scheduled_handlers)]


def _with_scenarios(library: Scenarios, before: Before = no_replay) -> dict[str, Behaviour]:
    """Return the behaviours that know which scenarios there are."""
    return {
        "POST /__admin/worlds": partial(worlds.make, library, before),
        "GET /__admin/scenarios": partial(scenarios.find_all, library),
    }


def _recorded(journal: Journal, apis: Sequence[Api]) -> dict[str, Behaviour]:
    """Return the behaviours that read a journal; the Apis are those whose calls stand in it."""
    return {
        **calls.behaviours(journal, [each.catalogue for each in apis]),
        "DELETE /__admin/worlds/{world}": partial(worlds.remove, journal),
        "GET /sandbox/leadpro/tokens": partial(leadpro_tokens.find_all, journal),
        "GET /__admin/coverage": partial(coverage.read, journal, apis),
        "GET /__admin/metrics": partial(metrics.read, journal),
        "GET /__admin/findings": partial(findings.find_all, journal),
        "GET /__admin/findings/sarif": partial(findings.as_sarif, journal),
    }


@dataclass(frozen=True)
class Own:
    """What each application has of its own, and our operations read.

    Stories make their calls `inside` of it, and `before` makes a world as it was before a call.
    """

    journal: Journal = field(default_factory=Journal)
    inside: Inside = field(default_factory=Inward)
    library: Scenarios | None = None
    before: Before = no_replay

    def behaviours(self, apis: Sequence[Api]) -> dict[str, Behaviour]:
        """Return the behaviours that read it; the Apis are those whose calls are kept."""
        library = self.library or Scenarios(apis)
        return {
            **_recorded(self.journal, apis),
            **_with_scenarios(library, self.before),
            **stories.behaviours(self.inside),
        }


def of_application(own: Own, apis: Sequence[Api]) -> tuple[Api, ...]:
    """Return the Apis with our own operations bound to what one application has of its own."""
    bound = own.behaviours(apis)
    return tuple(
        replace(each, behaviours={**each.behaviours, **bound}) if each.is_control else each
        for each in apis
    )
