"""Can the state of a world be named, brought back as often as one likes, and copied?"""

from dataclasses import replace
from typing import Any

from mock_server.world.snapshots import MOST

TAKE, FIND = "POST /__admin/snapshots", "GET /__admin/snapshots"
ORDER, ORDERS = "POST /sandbox/outcomes", "GET /sandbox/outcomes"


def order(sandbox: Any) -> None:
    sandbox.get(ORDER, {"write_status": "FAILURE"})


def test_a_snapshot_is_listed_with_the_instant_at_which_it_was_taken(sandbox: Any) -> None:
    for name in ("b", "a"):
        taken = sandbox.get(TAKE, {"name": name})
    assert taken == {"world": sandbox.name, "name": "a", "at": "2026-03-01T09:00:00.000Z"}
    found = sandbox.get(FIND)
    assert (found["total"], [each["name"] for each in found["results"]]) == (2, ["a", "b"])
    assert sandbox.get(f"{FIND}?offset=1")["results"] == found["results"][1:]


def test_a_world_is_brought_back_again_and_again(sandbox: Any) -> None:
    order(sandbox)
    sandbox.get(TAKE, {"name": "before"})
    before = sandbox.get(ORDERS)
    for _ in range(2):
        order(sandbox)
        sandbox.get("POST /__admin/clock/advance", {"by": "2h"})
        restored = sandbox.get(f"{TAKE}/before/restore")
        assert (restored["now"], restored["snapshots"]) == ("2026-03-01T09:00:00.000Z", ["before"])
        assert sandbox.get("GET /__admin/calls")["results"] == []
        assert sandbox.get(ORDERS) == before


def test_a_snapshot_of_the_same_name_takes_the_place_of_the_one_before(sandbox: Any) -> None:
    for _ in range(2):
        order(sandbox)
        sandbox.get(TAKE, {"name": "now"})
    sandbox.get("POST /__admin/reset")
    sandbox.get(f"{TAKE}/now/restore")
    assert sandbox.get(ORDERS)["total"] == 2


def test_another_world_can_begin_as_a_snapshot_is(sandbox: Any) -> None:
    order(sandbox)
    sandbox.get(TAKE, {"name": "before"})
    order(sandbox)
    other = replace(sandbox, name=f"{sandbox.name}too")
    chosen = {"name": other.name, "from": sandbox.name, "snapshot": "before"}
    sandbox.get("POST /__admin/worlds", chosen)
    assert (other.get(ORDERS)["total"], sandbox.get(ORDERS)["total"]) == (1, 2)


def test_a_snapshot_that_is_removed_or_never_was_is_named(sandbox: Any) -> None:
    sandbox.get(TAKE, {"name": "before"})
    for call in (f"{TAKE}/before2/restore", "DELETE /__admin/snapshots/before2"):
        assert "did you mean before?" in sandbox.missed(call)
    assert sandbox.get("DELETE /__admin/snapshots/before") == {"removed": 1}
    assert "called 'before'" in sandbox.missed(f"{TAKE}/before/restore")


def test_a_world_keeps_so_many_snapshots_and_no_more(sandbox: Any) -> None:
    with sandbox.world() as world:
        for number in range(MOST):
            world.take_snapshot(f"s{number}")
    assert "has 100 snapshots at most" in sandbox.refused(TAKE, {"name": "one-too-many"})
    sandbox.get(TAKE, {"name": "s5"})
