"""Does a sync see what the PMS has, and leave frozen what it does not read?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import truth

from .conftest import ONE, Office

ENDED = "2026-03-01T09:00:05.000Z"
Told = Callable[..., list[dict[str, Any]]]


def configuration(office: Office, place: dict[str, Any]) -> dict[str, Any]:
    return next(
        each for each in office.own("property_configurations") if each["property_id"] == place["id"]
    )


def turn(office: Office, place: dict[str, Any], *, enabled: bool) -> None:
    """Enable or disable a property."""
    key = f"PUT {ONE}/properties/{{property_configuration_id}}"
    path = {"property_configuration_id": configuration(office, place)["id"]}
    office.desk.get(key, {"enabled": enabled}, integration_id=office.id, **path)


def gone(office: Office, model: str) -> tuple[str, ...]:
    with office.desk.world() as world:
        return truth.gone(world, office.id, model)


@pytest.fixture
def places(office: Office) -> list[dict[str, Any]]:
    """Return the two properties of the office."""
    found = office.own("properties")
    assert len(found) == 2
    return found


def test_everything_that_the_pms_has_is_seen_and_nothing_else_changes(office: Office) -> None:
    before = {model: office.own(model) for model in ("properties", "units", "leads", "residents")}
    office.sync()
    for model, known in before.items():
        kept = [each for each in known if each["id"] not in gone(office, model)]
        assert kept
        seen = {each["id"]: {**each, "last_seen": ENDED} for each in kept}
        assert {each["id"]: each for each in office.own(model) if each["id"] in seen} == seen


def test_what_the_pms_no_longer_has_was_seeded_frozen(office_of: Callable[[str], Office]) -> None:
    office = office_of("ENTRATA")
    frozen = gone(office, "leads")
    assert frozen
    before = [office.one("leads", each) for each in frozen]
    office.sync()
    assert [office.one("leads", each) for each in frozen] == before


def test_the_records_of_another_integration_are_not_seen(
    office: Office, office_of: Callable[[str], Office]
) -> None:
    other = office_of("YARDI")
    before = other.own("leads")
    office.sync()
    assert other.own("leads") == before


def test_only_what_changed_counts_as_updated(office: Office, told: Told) -> None:
    chosen, *others = office.own("leads")
    office.change("patch", "leads", chosen["id"], last_name="Berg")
    assert office.one("leads", chosen["id"]) == chosen
    office.sync()
    changed = office.one("leads", chosen["id"])
    assert changed == {**chosen, "last_name": "Berg", "updated_at": ENDED, "last_seen": ENDED}
    updates = {each["id"]: each["updated_at"] for each in office.own("leads")}
    assert updates == {each["id"]: each["updated_at"] for each in others} | {chosen["id"]: ENDED}
    assert [each["data"]["record_id"] for each in told("DATA_UPDATE")] == [chosen["id"]]


def test_two_changes_before_one_sync_come_as_one_difference(office: Office, told: Told) -> None:
    lead = office.own("leads")[0]
    office.change("patch", "leads", lead["id"], last_name="One", first_name="Zoë")
    office.change("patch", "leads", lead["id"], last_name="Two")
    office.sync()
    (body,) = told("DATA_UPDATE")
    assert body["data"]["diff"]["new"]["last_name"] == "Two"
    assert body["data"]["diff"]["previous"]["last_name"] == lead["last_name"]
    office.sync()
    assert len(told("DATA_UPDATE")) == 1


def test_a_record_that_is_removed_stays_readable_and_tells_nothing(
    office: Office, told: Told
) -> None:
    lead, *_ = office.own("leads")
    office.change("remove", "leads", lead["id"])
    for _ in range(2):
        office.sync()
        shown = office.desk.get("GET /v1/leads/{id}", id=lead["id"])["results"]
        assert shown == {name: lead[name] for name in shown}
    assert told("DATA_NEW", "DATA_UPDATE") == []


def test_a_disabled_property_is_seen_itself_but_not_what_belongs_to_it(
    office: Office, places: list[dict[str, Any]]
) -> None:
    off, on = places
    turn(office, off, enabled=False)
    before = [each for each in office.own("leads") if each["property_id"] == off["id"]]
    office.sync()
    assert office.seen("properties") == {ENDED}
    assert before == [each for each in office.own("leads") if each["property_id"] == off["id"]]
    assert office.seen("leads", property_id=on["id"]) >= {ENDED}
    assert ENDED not in office.seen("units", property_id=off["id"])


def test_what_changes_at_a_disabled_property_waits_until_it_is_enabled(
    office: Office, places: list[dict[str, Any]], told: Told
) -> None:
    turn(office, places[0], enabled=False)
    lead = next(each for each in office.own("leads") if each["property_id"] == places[0]["id"])
    office.change("patch", "leads", lead["id"], last_name="Berg")
    office.sync()
    assert (office.one("leads", lead["id"]), told("DATA_UPDATE")) == (lead, [])
    turn(office, places[0], enabled=True)
    assert office.one("leads", lead["id"]) == lead
    office.sync()
    assert (office.one("leads", lead["id"]) or {})["last_name"] == "Berg"
    assert len(told("DATA_UPDATE")) == 1


def test_a_change_of_a_disabled_property_itself_is_read(
    office: Office, places: list[dict[str, Any]], told: Told
) -> None:
    turn(office, places[0], enabled=False)
    office.change("patch", "properties", places[0]["id"], name="The Willows")
    office.sync()
    assert (office.one("properties", places[0]["id"]) or {})["name"] == "The Willows"
    assert [each["data"]["object"] for each in told("DATA_UPDATE")] == ["properties"]


@pytest.mark.parametrize("to_disabled", [True, False])
def test_a_record_that_moves_belongs_to_where_it_goes(
    to_disabled: bool,  # noqa: FBT001 - a table's column
    office: Office,
    places: list[dict[str, Any]],
) -> None:
    origin, goal = places
    turn(office, goal if to_disabled else origin, enabled=False)
    lead = next(each for each in office.own("leads") if each["property_id"] == origin["id"])
    office.change("patch", "leads", lead["id"], property_id=goal["id"])
    office.sync()
    moved = (office.one("leads", lead["id"]) or {})["property_id"] == goal["id"]
    assert moved is not to_disabled


@pytest.mark.parametrize("is_enabled", [True, False])
def test_a_new_property_is_configured_as_the_integration_says(
    is_enabled: bool,  # noqa: FBT001 - a table's column
    office: Office,
    places: list[dict[str, Any]],
    told: Told,
) -> None:
    office.amend("integrations", office.id, new_properties_are_enabled=is_enabled)
    new = {**places[0], "id": "cplace", "name": "The Willows"}
    lead = {**office.own("leads")[0], "id": "cada", "property_id": "cplace"}
    office.change("add", "leads", "cada", **lead)
    office.change("add", "properties", "cplace", **new)
    office.sync()
    made = configuration(office, new)
    assert (made["enabled"], made["created_at"]) == (is_enabled, ENDED)
    assert len(office.own("property_configurations")) == 3
    found = [each["data"]["object"] for each in told("DATA_NEW")]
    assert found == (["properties", "leads"] if is_enabled else ["properties"])


def test_what_is_created_at_the_pms_was_made_when_it_was_read(office: Office, told: Told) -> None:
    lead = {**office.own("leads")[0], "id": "cada", "created_at": "2020-01-01T00:00:00.000Z"}
    office.change("add", "leads", "cada", **lead)
    assert office.one("leads", "cada") is None
    office.sync()
    ada = office.one("leads", "cada")
    assert ada == {**lead, **dict.fromkeys(("created_at", "updated_at", "last_seen"), ENDED)}
    assert [each["data"]["record_id"] for each in told("DATA_NEW")] == ["cada"]


def test_a_record_that_is_gone_may_come_back(office: Office) -> None:
    lead = office.own("leads")[0]
    office.change("remove", "leads", lead["id"])
    office.sync()
    office.change("add", "leads", lead["id"], **lead)
    office.sync()
    back = office.one("leads", lead["id"]) or {}
    assert back["last_seen"] == "2026-03-01T09:00:10.000Z"
    assert back["created_at"] == lead["created_at"]


def test_what_has_been_read_is_not_kept(office: Office) -> None:
    lead = office.own("leads")[0]
    for number in range(3):
        office.change("patch", "leads", lead["id"], last_name=f"Berg {number}")
    office.sync()
    with office.desk.world() as world:
        assert truth.unread(world, office.id) == []
        rows = records(world, "pms_changes").all()
    assert {row["change"]["verb"] for row in rows} == {"remove"}
