"""Can a caller work in a property system, so that Propexo learns of it only by a sync?"""

from typing import Any

import pytest

from mock_server.app import every_api
from mock_server.contract.schemas import Builder
from mock_server.control import pms
from mock_server.world.queries import where

CATALOGUE = next(each.catalogue for each in every_api() if each.name == "propexo")
ENTRATA, RENTMANAGER = "intg-987654321", "RENTMANAGER"
LEAD, PROPERTY = "lead-123456789", "clr9k2vxo000108jq5m3w7t4e"
PMS = f"/sandbox/pms/{ENTRATA}"
STAMPS = {"created_at", "updated_at", "last_seen"}
FIVE_SECONDS_LATER = "2026-03-01T09:00:05.000Z"


def synced(sandbox: Any, integration_id: str = ENTRATA) -> None:
    sandbox.get(f"POST /v1/admin/integrations/{integration_id}/manual-sync", {})
    sandbox.machine.advance(seconds=5)


def known(sandbox: Any, lead_id: str = LEAD) -> dict[str, Any]:
    """Return a lead as Propexo has it."""
    found: dict[str, Any] = sandbox.get(f"GET /v1/leads/{lead_id}")["results"]
    return found


def test_a_system_holds_what_propexo_knows_of_it(sandbox: Any) -> None:
    listed = sandbox.get(f"GET {PMS}/leads")
    shown = sandbox.get(f"GET /v1/leads/?integration_id={ENTRATA}&limit=250")
    assert listed["total"] == shown["meta"]["total"] == len(listed["results"])
    lead = known(sandbox)
    expected = {name: value for name, value in lead.items() if name not in STAMPS}
    assert sandbox.get(f"GET {PMS}/leads/{LEAD}") == expected
    assert expected in listed["results"]


def test_what_a_system_holds_comes_a_page_at_a_time(sandbox: Any) -> None:
    whole = sandbox.get(f"GET {PMS}/event_types")
    page = sandbox.get(f"GET {PMS}/event_types?offset=1&limit=2")
    assert whole["total"] == page["total"] > 3
    assert page["results"] == whole["results"][1:3]


def test_a_new_record_is_filled_in(sandbox: Any) -> None:
    lead = sandbox.get(f"POST {PMS}/leads", {"first_name": "Ada", "pets": []})
    place = sandbox.get(f"GET {PMS}/properties")["results"][0]
    filled = {
        "first_name": "Ada",
        "integration_id": ENTRATA,
        "integration_vendor": "ENTRATA",
        "property_id": place["id"],
        "x_property_id": place["x_id"],
        "x_created_at": "2026-03-01T09:00:00.000Z",
    }
    assert {name: lead[name] for name in filled} == filled
    assert len(lead["id"]) == 25
    assert lead["x_id"].isdigit()
    empty = {name: lead[name] for name in lead.keys() - filled.keys() - {"id", "x_id"}}
    assert [name for name, value in empty.items() if value] == []


def test_a_new_record_is_read_by_the_next_sync(sandbox: Any) -> None:
    lead = sandbox.get(f"POST {PMS}/leads", {"first_name": "Ada"})
    assert sandbox.ask(f"GET /v1/leads/{lead['id']}")[0] == 404
    assert sandbox.get(f"GET {PMS}/leads/{lead['id']}") == lead
    synced(sandbox)
    assert known(sandbox, lead["id"]) == {**lead, **dict.fromkeys(STAMPS, FIVE_SECONDS_LATER)}


def test_a_record_is_changed_and_read_by_the_next_sync(sandbox: Any) -> None:
    before = known(sandbox)
    after = sandbox.get(f"PATCH {PMS}/leads/{LEAD}", {"first_name": "Ada", "notes": None})
    assert (after["first_name"], after["notes"]) == ("Ada", None)
    assert known(sandbox) == before
    synced(sandbox)
    stamps = {"updated_at": FIVE_SECONDS_LATER, "last_seen": FIVE_SECONDS_LATER}
    assert known(sandbox) == {**before, "first_name": "Ada", "notes": None, **stamps}


def test_a_change_of_nothing_is_none(sandbox: Any) -> None:
    before = sandbox.get(f"GET {PMS}/leads/{LEAD}")
    assert sandbox.get(f"PATCH {PMS}/leads/{LEAD}", {}) == before
    assert sandbox.get(f"GET {PMS}")["unread"] == 0


def test_what_is_removed_stays_with_propexo_and_is_seen_no_more(sandbox: Any) -> None:
    before = known(sandbox)
    assert sandbox.get(f"DELETE {PMS}/leads/{LEAD}") == {"removed": 1}
    said = f"no lead has the id '{LEAD}' at this system"
    assert sandbox.missed(f"GET {PMS}/leads/{LEAD}") == said
    assert sandbox.missed(f"PATCH {PMS}/leads/{LEAD}", {"notes": "x"}) == said
    assert sandbox.missed(f"DELETE {PMS}/leads/{LEAD}") == said
    synced(sandbox)
    assert known(sandbox) == before


def test_what_came_and_went_between_two_syncs_is_never_read(sandbox: Any) -> None:
    lead = sandbox.get(f"POST {PMS}/leads", {"first_name": "Ada"})
    sandbox.get(f"DELETE {PMS}/leads/{lead['id']}")
    sandbox.get(f"PATCH {PMS}/leads/{LEAD}", {"first_name": "Ada"})
    sandbox.get(f"DELETE {PMS}/leads/{LEAD}")
    before = known(sandbox)
    synced(sandbox)
    assert sandbox.ask(f"GET /v1/leads/{lead['id']}")[0] == 404
    assert known(sandbox) == before


def test_beside_an_id_stands_that_of_the_system(sandbox: Any) -> None:
    (integration, *_) = [
        each["id"]
        for each in sandbox.get("GET /v1/admin/integrations/?limit=250")["results"]
        if each["vendor"] == RENTMANAGER
    ]
    pms = f"/sandbox/pms/{integration}"
    source = sandbox.get(f"GET {pms}/lead_sources")["results"][0]
    lead = sandbox.get(f"POST {pms}/leads", {"lead_source_id": source["id"]})
    assert lead["x_lead_source_id"] == source["x_id"]
    lead = sandbox.get(f"PATCH {pms}/leads/{lead['id']}", {"lead_source_id": None})
    assert (lead["lead_source_id"], lead["x_lead_source_id"]) == (None, None)


def test_a_new_property_is_its_own_and_others_can_be_put_into_it(sandbox: Any) -> None:
    place = sandbox.get(f"POST {PMS}/properties", {"name": "New Court", "x_id": "77"})
    assert (place["property_id"], place["x_property_id"]) == (place["id"], "77")
    lead = sandbox.get(f"POST {PMS}/leads", {"property_id": place["id"]})
    assert (lead["property_id"], lead["x_property_id"]) == (place["id"], "77")


def test_a_record_of_a_crm_is_put_into_its_first_community(sandbox: Any) -> None:
    (funnel, *_) = [
        each["id"]
        for each in sandbox.get("GET /v1/admin/integrations/?limit=250")["results"]
        if each["vendor"] == "FUNNEL"
    ]
    made = sandbox.get(f"POST /sandbox/pms/{funnel}/crm_prospects", {"first_name": "Ada"})
    held = sandbox.get(f"GET /sandbox/pms/{funnel}/crm_communities")["results"]
    assert made["community_id"] == held[0]["id"]


@pytest.mark.parametrize("vendor", ["PROPERTYWARE", "KNOCK"])
def test_a_new_record_of_any_model_is_one_that_propexo_could_show(
    sandbox: Any, vendor: str
) -> None:
    (integration,) = [
        each["id"]
        for each in sandbox.get("GET /v1/admin/integrations/?limit=250")["results"]
        if each["vendor"] == vendor
    ]
    with sandbox.world() as world:
        known = pms.models_of(world, {"vendor": vendor})
    assert len(known) > 7
    for model, resource in known.items():
        made = sandbox.get(f"POST /sandbox/pms/{integration}/{model}", {})
        validator = Builder(CATALOGUE.document).some_of(resource.fields)
        assert validator.check(made)[1] == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"frist_name": "A"}, "frist_name: there is no field of leads 'frist_name'; did you mean"),
        ({"first_name": 3}, "first_name must be a string, not integer"),
        ({"id": "mine"}, "id: is Propexo's own, so it cannot be set"),
        ({"last_seen": None}, "last_seen: is Propexo's own, so it cannot be set"),
        ({"property_id": "x"}, "property_id: no property has the id 'x' at this system"),
    ],
)
def test_what_no_such_record_can_have_is_refused(
    sandbox: Any, body: dict[str, Any], said: str
) -> None:
    assert sandbox.refused(f"POST {PMS}/leads", body).startswith(said)
    assert sandbox.refused(f"PATCH {PMS}/leads/{LEAD}", body).startswith(said)
    assert sandbox.get(f"GET {PMS}")["unread"] == 0


@pytest.mark.parametrize("wrong", ["garbage", "2026-12-05T25:00:00Z"])
def test_an_appointment_is_moved_to_an_instant_only(sandbox: Any, wrong: str) -> None:
    event = sandbox.get(f"POST {PMS}/events", {"appointment_datetime": "2026-12-05T09:30:00Z"})
    body = {"appointment_datetime": wrong, "event_datetime": wrong}
    said = sandbox.ask(f"PATCH {PMS}/events/{event['id']}", body)[1]["problems"]
    assert sorted(each["path"] for each in said) == ["appointment_datetime", "event_datetime"]
    assert sandbox.get(f"GET {PMS}/events/{event['id']}") == event


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (f"GET {PMS}/lead", "there is no ENTRATA model 'lead'; did you mean leads?"),
        (f"GET {PMS}/webhooks", "there is no ENTRATA model 'webhooks'; models are named like"),
        (f"GET {PMS}/crm_prospects", "there is no ENTRATA model 'crm_prospects'; did you mean"),
        (f"GET {PMS}/leads/nobody", "no lead has the id 'nobody' at this system"),
        (
            f"GET {PMS}/leads/clwktsp9v000008l31iv218hn",
            "no lead has the id 'clwktsp9v000008l31iv218hn' at this system",
        ),
        (
            "GET /sandbox/pms/intg/leads",
            "there is no integration 'intg'; GET /v1/admin/integrations/ lists them",
        ),
    ],
)
def test_what_the_system_does_not_have_is_not_found(sandbox: Any, call: str, said: str) -> None:
    assert sandbox.missed(call).startswith(said)


def test_the_systems_of_two_worlds_are_apart(sandbox: Any) -> None:
    sandbox.get(f"PATCH {PMS}/leads/{LEAD}", {"first_name": "Ada"})
    with sandbox.worlds.turn(f"not_{sandbox.name}") as other:
        assert other.collection("propexo_pms_changes").total(where(is_read=False)) == 0
