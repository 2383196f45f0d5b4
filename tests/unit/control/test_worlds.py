"""Can worlds be listed, made as one wishes, copied and removed?"""

from dataclasses import replace
from typing import Any

import pytest

WORLDS, MAKE = "GET /__admin/worlds", "POST /__admin/worlds"
LEAD = {"first_name": "Ada", "last_name": "Byron"}
NINE = "2026-03-01T09:00:00.000Z"


@pytest.fixture
def other(sandbox: Any) -> Any:
    """Return a sandbox beside the test's own, which nobody has called yet."""
    return replace(sandbox, name=f"{sandbox.name}other")


def lead_id(sandbox: Any) -> str:
    return str(sandbox.get("GET /v1/leads/?limit=1")["results"][0]["id"])


def write(sandbox: Any) -> None:
    """Change a lead, and wait until reads show it."""
    sandbox.get(f"PUT /v1/leads/{lead_id(sandbox)}", {"last_name": "Copied"})
    sandbox.get("POST /__admin/clock/advance", {"by": "1d"})


def names(sandbox: Any) -> list[str]:
    leads = sandbox.get("GET /v1/leads/?order-by=id&limit=250")["results"]
    return [each["last_name"] for each in leads]


def test_a_world_is_listed_once_it_was_called(sandbox: Any) -> None:
    sandbox.get("GET /v1/leads/")
    found = sandbox.get(f"{WORLDS}?limit=1000")
    (mine,) = [each for each in found["results"] if each["name"] == sandbox.name]
    assert found["total"] == len(found["results"])
    assert mine == sandbox.get(f"{WORLDS}/{sandbox.name}")
    assert mine == {
        "name": sandbox.name,
        "now": NINE,
        "is_frozen": False,
        "next_due": sandbox.get("GET /__admin/clock")["next_due"],
        "is_idle": True,
        "seed": 20260225,
        "settings": {},
        "scenario": None,
        "snapshots": [],
    }


def test_a_world_begins_with_the_clock_and_seed_that_were_chosen(sandbox: Any, other: Any) -> None:
    chosen = {"name": other.name, "seed": 7, "start_at": "2026-03-03T12:00:00Z", "freeze": True}
    made = sandbox.get(MAKE, chosen)
    assert made["seed"] == 7
    sandbox.machine.advance(seconds=90)
    clock = other.get("GET /__admin/clock")
    assert (clock["now"], clock["is_frozen"]) == ("2026-03-03T12:00:00.000Z", True)
    assert "2026-03-03T12" < clock["next_due"] < "2026-03-04T00:01"
    sent = [
        each.get("POST /sandbox/outcomes", {"write_status": "FAILURE"}) for each in (sandbox, other)
    ]
    assert sent[0]["id"] != sent[1]["id"]


def test_a_world_keeps_to_settings_of_its_own(sandbox: Any, other: Any) -> None:
    settings = {"strict": False, "write_seconds": 0, "scheduled_syncs": False, "rate_limit": 3}
    made = sandbox.get(MAKE, {"name": other.name, "settings": settings})
    assert (made["settings"], made["next_due"]) == (settings, None)
    lead = {"first_name": "Ada", "last_name": "Byron", "email": "ada@example.com"}
    lead |= {"phone": "07700 900123", "type": "sale", "colour": "red"}
    for _ in range(2):
        other.get("POST /api/v103/leads", lead)
        job = other.get(f"PUT /v1/leads/{lead_id(other)}", {"last_name": "Byron"})["job_id"]
        status = other.get(f"GET /v1/admin/write-status/{job}")
        assert status["write_status"] == "SUCCESS"
        other.get("POST /__admin/reset")
    assert "colour is not a known field" in str(sandbox.ask("POST /api/v103/leads", lead))


def test_a_copy_has_the_settings_of_its_source_but_for_those_that_are_named(
    sandbox: Any, other: Any
) -> None:
    sandbox.get(MAKE, {"name": sandbox.name, "settings": {"write_seconds": 0, "strict": False}})
    copied = {"name": other.name, "from": sandbox.name, "settings": {"strict": True}}
    assert sandbox.get(MAKE, copied)["settings"] == {"write_seconds": 0, "strict": True}
    assert "write_seconds" in sandbox.refused(
        MAKE, {"name": f"{other.name}2", "settings": {"write_seconds": -1}}
    )


def test_a_copy_has_what_was_written_and_goes_its_own_way(sandbox: Any, other: Any) -> None:
    write(sandbox)
    sandbox.get(MAKE, {"name": other.name, "from": sandbox.name})
    assert names(other) == names(sandbox)
    assert "Copied" in names(other)
    other.get("POST /__admin/reset")
    assert "Copied" not in names(other)
    assert "Copied" in names(sandbox)


def test_the_same_calls_have_the_same_replies_in_a_copy(sandbox: Any, other: Any) -> None:
    sandbox.get("POST /__admin/clock", {"freeze": True})
    sandbox.get(MAKE, {"name": other.name, "from": sandbox.name})
    calls = [
        (f"PUT /v1/leads/{lead_id(sandbox)}", {"last_name": "Lovelace"}),
        ("POST /__admin/clock/advance", {"by": "13h"}),
        ("GET /v1/admin/job-logs/?limit=20", None),
        ("GET /v1/leads/?limit=3", None),
    ]
    told = [[each.ask(*call) for call in calls] for each in (sandbox, other)]
    for each in told:
        each[1][1].pop("world")
    assert told[0] == told[1]


def test_a_world_that_was_only_called_is_made_anew_and_any_other_is_not(sandbox: Any) -> None:
    sandbox.get("GET /v1/leads/")
    assert sandbox.get(MAKE, {"name": sandbox.name, "seed": 7})["seed"] == 7
    sandbox.get("POST /sandbox/outcomes", {"write_status": "FAILURE"})
    before = sandbox.get("GET /sandbox/outcomes")
    assert "has been written to; remove it first" in sandbox.refused(MAKE, {"name": sandbox.name})
    assert sandbox.get("GET /sandbox/outcomes") == before


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"from": "nobody-knows"}, "there is no world 'nobody-knows'"),
        ({"from": "{other}"}, "cannot be copied to itself"),
        ({"from": "{mine}", "snapshot": "before"}, "there is no snapshot of the world"),
        ({"from": "{mine}", "start_at": "2026-03-03T12:00:00Z"}, "move its clock afterwards"),
        ({"snapshot": "before"}, "needs from, the world whose snapshot it is"),
        ({"start_at": "2026-02-28T23:59:59Z"}, "must be from 2026-03-01T00:00:00.000Z on"),
        ({"start_at": "2027-03-03T00:00:00Z"}, "start a server with --start-at"),
    ],
)
def test_what_cannot_be_made_is_refused_and_not_there(
    sandbox: Any, other: Any, chosen: dict[str, str], told: str
) -> None:
    filled = {key: each.format(mine=sandbox.name, other=other.name) for key, each in chosen.items()}
    assert told in sandbox.refused(MAKE, {"name": other.name, **filled})
    assert other.name in sandbox.missed(f"{WORLDS}/{other.name}")


def test_a_world_that_is_removed_is_gone_until_it_is_called(sandbox: Any, other: Any) -> None:
    write(other)
    other.get("POST /__admin/snapshots", {"name": "before"})
    assert sandbox.get(f"DELETE /__admin/worlds/{other.name}") == {"removed": 1}
    assert other.name in sandbox.missed(f"DELETE /__admin/worlds/{other.name}")
    assert "Copied" not in names(other)
    assert other.get("GET /__admin/snapshots")["total"] == 0
