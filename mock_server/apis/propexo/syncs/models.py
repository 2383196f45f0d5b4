"""Which models a sync reads: all that an integration has, or those that somebody asks for."""

from collections.abc import Iterable, Mapping
from typing import Any

from mock_server.apis.propexo import announcements
from mock_server.apis.propexo.kept import model_of, records
from mock_server.contract.resource import Resource
from mock_server.world.queries import where
from mock_server.world.records import Record
from mock_server.world.world import World

# What is read along with whatever is asked for, since everything else belongs to one of them.
GROUNDS = ("properties", "crm_communities")


def read_from_pms(world: World) -> Mapping[str, Resource]:
    """Return the resources that are copies of what a PMS holds, by model."""
    found = {model_of(name): each for name, each in world.resources.items()}
    return {
        name: each
        for name, each in found.items()
        if {"integration_id", "last_seen"} <= each.fields.keys()
    }


def held_by(world: World, integration: Record) -> list[str]:
    """Return the models of which an integration has any record, read or still to be read."""
    mine = where(integration_id=integration["id"])
    unread = {each["model"] for each in records(world, "pms_changes").all(mine)}
    return [
        model
        for model in read_from_pms(world)
        if model in unread or records(world, model).total(mine)
    ]


def to_read(world: World, integration: Record, asked: Iterable[str] | None) -> list[str]:
    """Return the models that a sync reads; one that is switched off is never read.

    They are `asked` for by the names that webhooks have for them (reference: manual sync).
    """
    held = [each for each in held_by(world, integration) if is_on(integration, each)]
    if asked is None:
        return held
    wanted = {*asked, *GROUNDS}
    return [each for each in held if announcements.model_name(each) in wanted]


def is_on(integration: Mapping[str, Any], model: str) -> bool:
    """Say whether an integration reads a model: every one that nobody has switched off."""
    return bool(integration.get("models", {}).get(model, {}).get("enabled", True))
