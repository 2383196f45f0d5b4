"""Does everything follow at a PMS when a lead goes on, and does nothing follow when it cannot?"""

from typing import Any

import pytest

ENTRATA, LEAD = "intg-987654321", "lead-123456789"
PMS = f"/sandbox/pms/{ENTRATA}"
ADVANCE = f"POST {PMS}/leads/{LEAD}/advance"
STAGES = ["toured", "applied", "approved", "leased", "moved_in"]
FUNNEL = "FUNNEL"


def integrations(sandbox: Any) -> dict[str, str]:
    """Return an integration of each PMS, by vendor."""
    found = sandbox.get("GET /v1/admin/integrations/?limit=100")["results"]
    return {each["vendor"]: each["id"] for each in found}


def prospects(sandbox: Any, pms: str) -> list[dict[str, Any]]:
    """Return the leads that have not applied yet."""
    held: list[dict[str, Any]] = sandbox.get(f"GET {pms}/leads?limit=100")["results"]
    return [each for each in held if each["status"] in {"New", "Contacted"}]


def written(sandbox: Any, pms: str, done: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the records that were written, by model."""
    found: dict[str, list[dict[str, Any]]] = {}
    for each in done["changes"]:
        record = sandbox.get(f"GET {pms}/{each['model']}/{each['record_id']}")
        found.setdefault(each["model"], []).append(record)
    return found


def assert_consistent(sandbox: Any, pms: str, done: dict[str, Any]) -> None:
    """Hold what is told of somebody who moved in against each other."""
    records = written(sandbox, pms, done)
    (lease,), (resident,), (unit,) = (records[each] for each in ("leases", "residents", "units"))
    (applicant,), (application,) = records["applicants"], records["applications"]
    open_cents = sum(each["amount_open_in_cents"] for each in records["resident_charges"])
    assert resident["balance_in_cents"] == lease["balance_amount_in_cents"] == open_cents > 0
    assert lease["unit_id"] == unit["id"] == application["unit_id"]
    assert (unit["is_vacant"], unit["is_available"], unit["is_listed"]) == (False, False, False)
    assert [each["is_listed"] for each in records.get("listings", ())].count(True) == 0
    assert [each["is_vacant"] for each in records.get("unit_details", ())].count(True) == 0
    (part,), (same,) = lease["residents_meta_data"], resident["leases_meta_data"]
    assert (part["resident_id"], same["lease_id"]) == (resident["id"], lease["id"])
    assert part["move_in_date"] == same["move_in_date"] == lease["realized_move_in_date"]
    assert applicant["x_lease_id"] == resident["x_lease_id"] == lease["x_id"]
    assert lease["status_normalized"] == "ACTIVE"
    assert application["applicants"][0]["status_normalized"] == application["status"] == "APPROVED"
    assert records["leads"][0]["status"] == "Leased"


@pytest.mark.parametrize("vendor", ["ENTRATA", "YARDI", "RENTMANAGER", "APPFOLIO"])
def test_a_lead_becomes_a_resident_with_all_that_belongs_to_it(sandbox: Any, vendor: str) -> None:
    pms = f"/sandbox/pms/{integrations(sandbox)[vendor]}"
    for lead in prospects(sandbox, pms)[:3] or [{"id": LEAD}]:
        done = sandbox.get(f"POST {pms}/leads/{lead['id']}/advance", {"to": "moved_in"})
        assert done["passed"] == STAGES
        assert_consistent(sandbox, pms, done)


def test_each_stage_adds_what_it_is_about(sandbox: Any) -> None:
    added = {}
    for stage in STAGES:
        done = sandbox.get(ADVANCE, {"to": stage})
        assert (done["stage"], done["passed"]) == (stage, [stage])
        added[stage] = {each["model"] for each in done["changes"] if each["change"] == "added"}
    assert added == {
        "toured": {"events"},
        "applied": {"applicants", "applications"},
        "approved": set(),
        "leased": {"residents", "leases", "recurring_resident_charges"},
        "moved_in": {"resident_charges"},
    }


def test_the_next_sync_tells_it_and_so_do_webhooks(sandbox: Any) -> None:
    hook = {"url": "http://127.0.0.1:9/", "triggers": ["DATA_NEW"], "model": "residents"}
    sandbox.get("POST /v1/webhooks/", {**hook, "active": True})
    done = sandbox.get(ADVANCE, {"to": "leased"})
    assert sandbox.ask(f"GET /v1/residents/{done['resident_id']}")[0] == 404
    sandbox.get(f"POST /v1/admin/integrations/{ENTRATA}/manual-sync", {})
    sandbox.machine.advance(seconds=5)
    resident = sandbox.get(f"GET /v1/residents/{done['resident_id']}")["results"]
    assert resident["first_name"] == "Jordan"
    lease = sandbox.get(f"GET /v1/leases/{done['lease_id']}")["results"]
    assert (lease["status_raw"], lease["unit_id"]) == ("Future", done["unit_id"])
    sent = sandbox.get("GET /__admin/deliveries")["results"]
    assert [done["resident_id"] in each["body"] for each in sent] == [True]


def test_the_same_steps_write_the_same_in_every_world(sandbox: Any) -> None:
    first = sandbox.get(ADVANCE, {"to": "moved_in"})
    sandbox.get("POST /__admin/reset")
    assert sandbox.get(ADVANCE, {"to": "moved_in"}) == first


def test_what_cannot_be_is_refused_with_what_would_be_right(sandbox: Any) -> None:
    assert "did you mean moved_in?" in sandbox.refused(ADVANCE, {"to": "movedin"})
    assert "nobody takes a unit by a tour" in sandbox.refused(
        ADVANCE, {"to": "toured", "unit_id": "unit-101"}
    )
    assert "name one that is, such as unit-101" in sandbox.refused(
        ADVANCE, {"to": "applied", "unit_id": "unit-999"}
    )
    sandbox.get(ADVANCE, {"to": "leased"})
    before = sandbox.get(f"GET {PMS}")["unread"]
    assert "is there already; the next stage is moved_in" in sandbox.refused(
        ADVANCE, {"to": "leased"}
    )
    assert "is past that: it is leased" in sandbox.refused(ADVANCE, {"to": "applied"})
    assert "leave unit_id out" in sandbox.refused(ADVANCE, {"to": "moved_in", "unit_id": "unit-9"})
    assert sandbox.get(f"GET {PMS}")["unread"] == before


def test_nobody_applies_where_no_unit_is_available(sandbox: Any) -> None:
    sandbox.get(f"PATCH {PMS}/units/unit-101", {"is_available": False})
    assert "no unit of the property" in sandbox.refused(ADVANCE, {"to": "applied"})


def test_a_lead_that_is_not_there_is_told(sandbox: Any) -> None:
    missed = sandbox.missed(f"POST {PMS}/leads/lead-000/advance", {"to": "toured"})
    assert f"GET {PMS}/leads lists them" in missed
    crm = integrations(sandbox)[FUNNEL]
    assert "FUNNEL has no leads" in sandbox.missed(
        f"POST /sandbox/pms/{crm}/leads/{LEAD}/advance", {"to": "toured"}
    )


@pytest.mark.parametrize("vendor", ["YARDI", "RENTMANAGER", "APPFOLIO"])
def test_a_resident_moves_to_another_unit_with_all_that_follows(sandbox: Any, vendor: str) -> None:
    pms = f"/sandbox/pms/{integrations(sandbox)[vendor]}"
    resident, unit = mover(sandbox, pms)
    owed = resident["balance_in_cents"]
    path = f"POST {pms}/residents/{resident['id']}/transfer"
    done = sandbox.get(path, {"unit_id": unit["id"]})
    records = written(sandbox, pms, done)
    new, old = records["leases"]
    assert (old["status_raw"], new["status_raw"]) == ("Past", "Current")
    assert old["realized_move_out_date"] == new["realized_move_in_date"]
    assert new["end_date"] == old["end_date"]
    after = sandbox.get(f"GET {pms}/residents/{resident['id']}")
    dates = {each["lease_id"]: each["move_out_date"] for each in after["leases_meta_data"]}
    assert (dates[old["id"]], dates[new["id"]]) == (old["realized_move_out_date"], None)
    more = sum(each["amount_open_in_cents"] for each in records.get("resident_charges", ()))
    assert after["balance_in_cents"] == owed + more
    assert {each["id"]: each["is_vacant"] for each in records["units"]} == {
        done["unit_id_previous"]: True,
        unit["id"]: False,
    }
    (moved,) = records["lease_transfers"]
    assert (moved["lease_id_previous"], moved["lease_id_next"]) == (old["id"], new["id"])
    assert "is not an available unit" in sandbox.refused(path, {"unit_id": unit["id"]})


def mover(sandbox: Any, pms: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a resident and an available unit of their property."""
    free = {
        each["property_id"]: each
        for each in sandbox.get(f"GET {pms}/units?limit=1000")["results"]
        if each["is_available"]
    }
    held = sandbox.get(f"GET {pms}/residents?limit=1000")["results"]
    resident = next(each for each in held if each["property_id"] in free)
    return resident, free[resident["property_id"]]


def test_nobody_moves_without_a_running_lease(sandbox: Any) -> None:
    done = sandbox.get(ADVANCE, {"to": "leased"})
    path = f"POST {PMS}/residents/{done['resident_id']}/transfer"
    assert "has no running lease" in sandbox.refused(path, {"unit_id": "unit-101"})
