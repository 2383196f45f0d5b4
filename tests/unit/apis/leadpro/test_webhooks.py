"""Which webhooks does a world have, and who of them is told?"""

from datetime import UTC, datetime
from typing import Any

from mock_server.apis.leadpro.webhooks import EVENTS, RESOURCE, TABLE, begin_world, subscribers
from mock_server.engine.moment import Moment
from mock_server.settings import Settings

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def begun(leadpro: Any, urls: str | None) -> list[dict[str, Any]]:
    """Return the webhooks that a new world has under the setting."""
    with leadpro.world() as world:
        begin_world(Moment(world, NOW, Settings(leadpro_webhooks=urls)))
        return list(world.collection(TABLE).all())


def test_a_new_world_has_a_webhook_for_each_url_of_the_setting(leadpro: Any) -> None:
    first, second = begun(leadpro, "http://localhost:3000/in, https://hooks.dev")
    assert first == {
        "id": "setting-1",
        "created_at": "2026-03-01T09:00:00.000Z",
        "url": "http://localhost:3000/in",
        "events": ["lead.created", "lead.updated"],
        "headers": None,
        "active": True,
    }
    assert (second["id"], second["url"]) == ("setting-2", "https://hooks.dev")


def test_without_the_setting_it_has_none(leadpro: Any) -> None:
    assert begun(leadpro, None) == []


def test_a_world_begins_with_them_by_itself(leadpro: Any) -> None:
    assert leadpro.api.begin is begin_world
    assert leadpro.api.tables[TABLE] is RESOURCE


def test_only_active_ones_that_ordered_an_event_are_told_of_it(leadpro: Any) -> None:
    webhooks = [
        {"id": "all", "events": [*EVENTS], "active": True},
        {"id": "new", "events": ["lead.created"], "active": True},
        {"id": "off", "events": [*EVENTS], "active": False},
    ]
    with leadpro.world() as world:
        world.collection(TABLE).add_all(webhooks)
        told = {each: [one["id"] for one in subscribers(world, each)] for each in EVENTS}
    assert told == {"lead.created": ["all", "new"], "lead.updated": ["all"]}
