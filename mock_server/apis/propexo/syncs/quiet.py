"""Which integrations can be synced by schedule without anybody noticing that it happens."""

from mock_server.apis.propexo import announcements
from mock_server.apis.propexo.pms import health, truth
from mock_server.apis.propexo.syncs import copying
from mock_server.engine.moment import Moment
from mock_server.world.records import Record
from mock_server.world.world import World


def is_listened_to(world: World) -> bool:
    """Say whether any webhook is told of syncs that find nothing."""
    events = announcements.SYNC_COMPLETE, announcements.JOB_SUCCESS
    return any(any(announcements.subscribers(world, each)) for each in events)


def is_quiet(moment: Moment, integration: Record) -> bool:
    """Say whether a sync of the integration finds nothing from now on, and no obstacle either.

    A sync that fails, that is the first one, or that makes a login work again changes what reads
    show of the integration at a time that somebody may look for.
    """
    is_connected = integration["active"] and not integration["is_archived"]
    is_known = integration["last_completed_sync"] is not None and integration["can_authenticate"]
    if not (is_connected and is_known) or health.ailment(integration, moment.at):
        return False
    return not truth.unread(moment.world, integration["id"]) and not _awaits_configuration(
        moment.world, integration
    )


def _awaits_configuration(world: World, integration: Record) -> bool:
    subjects = {copying.PROPERTIES: "property", copying.PROPERTY_LISTS: "property_list"}
    return any(
        copying.without_configuration(world, integration, model, subject)
        for model, subject in subjects.items()
    )
