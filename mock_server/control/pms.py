"""The property system behind an integration: how it is, and what Propexo may read of it."""

from collections.abc import Mapping
from typing import Any

from mock_server.apis.propexo import named_integrations
from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health
from mock_server.apis.propexo.syncs import first, models
from mock_server.contract.problems import MOST_TOLD, Problem
from mock_server.contract.resource import Resource
from mock_server.control.durations import span_of
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import Invalid, broken
from mock_server.nearest import unknown
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World


def read(call: Call, world: World) -> Reply:
    """Answer how the system is."""
    return _state(world, integration_of(call, world))


def set_login(call: Call, world: World) -> Reply:
    """Break or mend the login."""
    integration = integration_of(call, world)
    health.set_login(world, integration, works=call.body["works"])
    return _state(world, integration_of(call, world))


def set_down(call: Call, world: World) -> Reply:
    """Take the system down for a while, or bring it back."""
    integration, is_down = integration_of(call, world), call.body["for"] is not None
    until = world.clock.now() + span_of(call.body, "for") if is_down else None
    health.take_down(world, integration, until)
    return _state(world, integration_of(call, world))


def set_models(call: Call, world: World) -> Reply:
    """Switch the reading of models on and off."""
    integration = integration_of(call, world)
    known = models_of(world, integration)
    wrong = [name for name, each in call.body.items() if not _fits(name, each, known)]
    problems = [_misfit(name, call.body[name], known) for name in wrong[:MOST_TOLD]]
    problems += [Problem("more", len(wrong) - MOST_TOLD)] if wrong[MOST_TOLD:] else []
    if problems:
        raise Invalid(problems)
    chosen = {**integration["models"]}
    for name, is_on in call.body.items():
        chosen[name] = {"from_interfaces": [], **chosen.get(name, {}), "enabled": is_on}
    records(world, "integrations").patch(integration["id"], {"models": chosen})
    return _state(world, integration_of(call, world))


def integration_of(call: Call, world: World) -> Record:
    """Return the integration that the path names, its system holding what it begins with.

    Raises `NotFound` where there is none.
    """
    integration = named_integrations.of_path(call.path, world)
    if integration["last_completed_sync"] is None:
        first.fill(Moment(world, world.clock.now(), call.settings), integration)
    return integration


def models_of(world: World, integration: Record) -> Mapping[str, Resource]:
    """Return the models that such a system can have: those of a PMS, or those of a CRM."""
    return {
        name: each
        for name, each in models.read_from_pms(world).items()
        if integration["vendor"] in each.fields["integration_vendor"]["enum"]
    }


def _fits(name: str, value: Any, known: Mapping[str, Resource]) -> bool:
    return name in known and isinstance(value, bool)


def _misfit(name: str, value: Any, known: Mapping[str, Resource]) -> Problem:
    if name not in known:
        return broken(name, unknown("model", name, known))
    return Problem("type", "boolean", (name,), value)


def _state(world: World, integration: Record) -> Reply:
    unread = where(integration_id=integration["id"], is_read=False)
    is_down = health.ailment(integration, world.clock.now()) == health.DOWN
    known = models_of(world, integration)
    return reply(
        {
            "integration_id": integration["id"],
            "vendor": integration["vendor"],
            "login_works": integration.get("login_works", True),
            "down_until": integration["down_until"] if is_down else None,
            "unread": records(world, "pms_changes").total(unread),
            "models": models.held_by(world, integration),
            "models_switched_off": [each for each in known if not models.is_on(integration, each)],
        }
    )
