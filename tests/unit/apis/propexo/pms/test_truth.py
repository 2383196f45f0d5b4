"""Does a PMS hold what Propexo knows of it, with the changes that no read has brought yet?"""

from collections.abc import Iterator
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import truth
from mock_server.engine.changes import Change

ENTRATA, LEAD = "intg-987654321", "lead-123456789"
RPX, RPX_LEAD = "clwh5u07w000508me66sfh3um", "clwktsp9v000008l31iv218hn"


@pytest.fixture
def world(propexo: Any) -> Iterator[Any]:
    with propexo.world() as world:
        yield world


def patched(lead_id: str = LEAD, **values: Any) -> Change:
    return Change("patch", "propexo_leads", lead_id, values, ("updated_at", "last_seen"))


def added(lead_id: str, **values: Any) -> Change:
    record = {"id": lead_id, "integration_id": ENTRATA, **values}
    return Change("add", "propexo_leads", lead_id, record, ("created_at", "updated_at"))


def removed(lead_id: str = LEAD) -> Change:
    return Change("remove", "propexo_leads", lead_id)


def change(world: Any, *changes: Change) -> None:
    for each in changes:
        truth.change(world, ENTRATA, each)


def test_a_record_that_nobody_changed_is_the_one_that_propexo_knows(world: Any) -> None:
    known = records(world, "leads").get(LEAD)
    assert known is not None
    assert truth.record(world, "leads", LEAD) == known
    assert truth.record(world, "leads", "nobody") is None


def test_a_change_is_on_the_side_of_the_pms_alone(world: Any) -> None:
    before = records(world, "leads").get(LEAD)
    change(world, patched(first_name="Ada"), patched(last_name="Okafor"))
    assert records(world, "leads").get(LEAD) == before
    found = truth.record(world, "leads", LEAD) or {}
    assert (found["first_name"], found["last_name"]) == ("Ada", "Okafor")
    assert found["email_1"] == (before or {})["email_1"]


def test_what_is_added_is_held_until_it_is_removed(world: Any) -> None:
    change(world, added("new", first_name="Ada"))
    assert (truth.record(world, "leads", "new") or {})["first_name"] == "Ada"
    change(world, removed("new"))
    assert truth.record(world, "leads", "new") is None


def test_what_is_gone_cannot_be_changed_but_added_anew(world: Any) -> None:
    change(world, removed(), patched(first_name="Ada"))
    assert truth.record(world, "leads", LEAD) is None
    assert truth.gone(world, ENTRATA, "leads") == (LEAD,)
    change(world, added(LEAD, first_name="Bea"))
    assert (truth.record(world, "leads", LEAD) or {})["first_name"] == "Bea"
    assert truth.gone(world, ENTRATA, "leads") == ()


def test_all_that_is_held_of_a_model_begins_with_what_propexo_knows(world: Any) -> None:
    before = truth.held(world, ENTRATA, "leads")
    assert {each["integration_id"] for each in before} == {ENTRATA}
    change(world, added("new"), patched(first_name="Ada"))
    after = truth.held(world, ENTRATA, "leads")
    assert [each["id"] for each in after] == [*(each["id"] for each in before), "new"]
    assert next(each for each in after if each["id"] == LEAD)["first_name"] == "Ada"
    change(world, removed())
    assert LEAD not in {each["id"] for each in truth.held(world, ENTRATA, "leads")}


def test_every_record_of_a_pms_is_held_as_it_is_alone(world: Any) -> None:
    change(world, added("new", first_name="Ada"), patched(first_name="Bea"), removed("new"))
    held = truth.held(world, ENTRATA, "leads")
    assert held == [truth.record(world, "leads", each["id"]) for each in held]


def test_the_systems_of_two_integrations_are_apart(world: Any) -> None:
    change(world, patched(first_name="Ada"), removed())
    assert truth.unread(world, RPX) == []
    assert truth.gone(world, RPX, "leads") == ()
    assert RPX_LEAD in {each["id"] for each in truth.held(world, RPX, "leads")}


def test_unread_changes_come_in_their_order_and_as_they_were_made(world: Any) -> None:
    made = [patched(first_name="Ada"), added("new"), removed()]
    change(world, *made)
    assert [each for _, each in truth.unread(world, ENTRATA)] == made


def test_only_that_a_record_is_gone_is_remembered_once_it_was_read(world: Any) -> None:
    change(world, patched(first_name="Ada"), removed())
    truth.mark_read(world, [row for row, _ in truth.unread(world, ENTRATA)])
    assert truth.unread(world, ENTRATA) == []
    assert (truth.record(world, "leads", LEAD), truth.gone(world, ENTRATA, "leads")) == (
        None,
        (LEAD,),
    )


def test_the_changes_of_one_record_are_taken_and_the_others_stay(world: Any) -> None:
    mine, other = patched(first_name="Ada"), added("new")
    change(world, mine, other)
    assert truth.take(world, ENTRATA, LEAD) == (mine,)
    assert truth.take(world, ENTRATA, LEAD) == ()
    assert [each for _, each in truth.unread(world, ENTRATA)] == [other]


def test_many_changes_are_kept_at_once(world: Any) -> None:
    made = [added(f"new{number}") for number in range(3)]
    truth.change_all(world, ENTRATA, made)
    assert [each for _, each in truth.unread(world, ENTRATA)] == made


def joined(field: str, *parts: Any) -> Change:
    return Change("join", "propexo_leads", LEAD, {field: [*parts]}, ("updated_at", "last_seen"))


def test_changes_of_one_record_that_wait_are_kept_as_one(world: Any) -> None:
    change(world, patched(first_name="Ada", notes="1"), patched(first_name="Bo"))
    [(_, kept)] = truth.unread(world, ENTRATA)
    assert kept == patched(first_name="Bo", notes="1")


def test_changes_of_one_record_that_cannot_be_one_stay_in_their_order(world: Any) -> None:
    made = [patched(files=[]), joined("files", {"id": "a"}), patched(files=[{"id": "b"}])]
    change(world, *made)
    assert [each for _, each in truth.unread(world, ENTRATA)] == made


def test_a_record_keeps_few_changes_however_they_come(world: Any) -> None:
    for number in range(20):
        change(world, patched(first_name=f"Ada {number}"), joined("files", {"id": str(number)}))
    kept = [each for _, each in truth.unread(world, ENTRATA)]
    assert [each.verb for each in kept] == ["patch", "join"]
    files = (truth.record(world, "leads", LEAD) or {})["files"]
    assert [each["id"] for each in files] == [str(number) for number in range(20)]


def test_a_change_costs_the_same_however_many_came_before(
    world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[int] = []
    kept, run = records(world, "pms_changes"), records(world, "pms_changes").all
    monkeypatch.setattr(
        type(kept), "all", lambda _, *given: rows.append(len(found := run(*given))) or found
    )
    for number in range(50):
        change(world, patched(first_name=f"Ada {number}"))
        assert not truth.is_gone(world, "leads", LEAD)
    assert max(rows) == 1
