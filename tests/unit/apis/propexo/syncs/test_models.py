"""Does a sync read all that an integration has, unless fewer models are asked for or on?"""

from collections.abc import Callable

import pytest

from mock_server.apis.propexo.syncs import models

from .conftest import Office

ENDED = "2026-03-01T09:00:05.000Z"


def to_read(office: Office, asked: list[str] | None = None) -> list[str]:
    integration = office.integration()
    with office.desk.world() as world:
        return models.to_read(world, integration, asked)


def test_only_what_an_integration_holds_belongs_to_a_pms(office: Office) -> None:
    with office.desk.world() as world:
        found = models.read_from_pms(world)
    assert {"properties", "leads", "crm_prospects"} <= found.keys()
    assert not {"integrations", "webhooks", "job_logs", "data_diffs", "pms_changes"} & found.keys()


def test_all_is_read_that_an_integration_has_any_of(
    office: Office, office_of: Callable[[str], Office]
) -> None:
    assert {"properties", "leads"} <= set(to_read(office))
    assert not any(each.startswith("crm_") for each in to_read(office))
    assert {each[:4] for each in to_read(office_of("KNOCK"))} == {"crm_"}


def test_a_model_is_read_from_its_first_record_on(office: Office) -> None:
    assert "crm_agents" not in to_read(office)
    office.change("add", "crm_agents", "cnew", integration_id=office.id)
    assert "crm_agents" in to_read(office)


def test_what_is_asked_for_is_read_with_the_properties(office: Office) -> None:
    assert set(to_read(office, ["leads", "screenings"])) == {"properties", "leads"}


@pytest.mark.parametrize(
    ("asked", "read"),
    [("service_request_vendors", "vendors"), ("service_request_notes", "service_request_history")],
)
def test_a_model_is_asked_for_by_its_name_at_the_webhooks(
    asked: str, read: str, office_of: Callable[[str], Office]
) -> None:
    office = office_of("APPFOLIO")
    assert read in to_read(office, [asked])


def test_what_is_switched_off_is_not_read_even_if_asked_for(office: Office) -> None:
    known = {**office.integration()["models"], "leads": {"enabled": False, "from_interfaces": []}}
    office.amend("integrations", office.id, models=known)
    assert "leads" not in to_read(office)
    assert to_read(office, ["leads"]) == ["properties"]


def test_a_write_to_a_model_that_is_off_is_not_read_back(
    office_of: Callable[[str], Office],
) -> None:
    office = office_of("RENTMANAGER")
    known = {**office.integration()["models"], "leads": {"enabled": False, "from_interfaces": []}}
    office.amend("integrations", office.id, models=known)
    lead = office.own("leads")[0]
    office.desk.get("PUT /v1/leads/{id}", {"last_name": "Berg"}, id=lead["id"])
    office.desk.machine.advance(hours=1)
    assert office.one("leads", lead["id"]) == lead


def test_a_model_of_which_nothing_is_said_is_on() -> None:
    assert models.is_on({}, "leads")
    assert models.is_on({"models": {}}, "leads")
    assert models.is_on({"models": {"leads": {}}}, "leads")
    assert not models.is_on({"models": {"leads": {"enabled": False}}}, "leads")


def test_models_that_are_not_read_are_frozen(office: Office) -> None:
    units = office.own("units")
    lead = office.own("leads")[0]
    office.change("patch", "leads", lead["id"], last_name="Berg")
    office.sync(models_to_sync=["units"])
    assert office.seen("units") != {each["last_seen"] for each in units}
    assert office.seen("properties") == {ENDED}
    assert office.one("leads", lead["id"]) == lead
    office.sync(models_to_sync=["leads"])
    assert (office.one("leads", lead["id"]) or {})["last_name"] == "Berg"
    assert ENDED in office.seen("units")
