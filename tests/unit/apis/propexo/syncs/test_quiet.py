"""Is an integration quiet only where a sync by schedule finds nothing and meets nothing?"""

from datetime import timedelta
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health
from mock_server.apis.propexo.syncs import quiet
from mock_server.engine.moment import Moment
from mock_server.world.queries import where
from tests.unit.apis.conftest import NOW

from .conftest import Office


def is_quiet(office: Office) -> bool:
    with office.desk.world() as world:
        integration = records(world, "integrations").get(office.id)
        return quiet.is_quiet(Moment(world, NOW, office.desk.settings), integration)


def test_an_integration_of_which_nothing_is_unread_is_quiet(office: Office) -> None:
    assert is_quiet(office)


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"is_archived": True},
        {"last_completed_sync": None},
        {"can_authenticate": False},
        {"login_works": False},
    ],
    ids=str,
)
def test_what_ends_otherwise_than_well_is_not_quiet(office: Office, changes: Any) -> None:
    office.amend("integrations", office.id, **changes)
    assert not is_quiet(office)


def test_a_system_that_is_down_is_not_quiet_until_it_is_back(office: Office) -> None:
    for hours, expected in ((1, False), (-1, True)):
        with office.desk.world() as world:
            integration = records(world, "integrations").get(office.id)
            health.take_down(world, integration, NOW + timedelta(hours=hours))
        assert is_quiet(office) is expected


def test_a_change_that_is_unread_makes_a_noise_until_it_is_read(office: Office) -> None:
    lead = office.own("leads")[0]
    office.change("patch", "leads", lead["id"], notes="new")
    assert not is_quiet(office)


def test_a_property_without_configuration_makes_a_noise(office: Office) -> None:
    with office.desk.world() as world:
        configured = records(world, "property_configurations")
        for each in configured.all(where(integration_id=office.id)):
            configured.remove(each["id"])
    assert not is_quiet(office)
