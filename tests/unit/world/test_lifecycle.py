"""Is a world made as it was chosen, copied whole, and never taken for what it was before?"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mock_server.world import timekeeping
from mock_server.world.agenda import Entry
from mock_server.world.beginning import Beginning
from mock_server.world.naming import snapshot_key
from mock_server.world.queries import OrderBy, Selection

BY_NAME = Selection(order=(OrderBy("name"),))


def live(sandbox: Any, name: str) -> None:
    """Leave a trace of each kind in a world."""
    with sandbox.turn(name) as world:
        pets = world.collection("pets")
        pets.add_all([{"id": "cy", "name": "Cy"}, {"id": "di", "name": "Di"}])
        pets.patch("ada", {"name": "Zoë"})
        pets.remove("bo")
        world.agenda.add(Entry(world.clock.now() + timedelta(hours=1), "arrive", {"id": "eve"}))
        world.clock.advance(timedelta(minutes=5))
        world.next_number("deliveries", first=1)
        world.hand_out("a delivery")
        world.random()
        world.tallies["calls"] = 3


def seen(sandbox: Any, name: str) -> Any:
    """Return everything that can be seen of a world, but for its name and epoch."""
    with sandbox.turn(name) as world:
        pets = world.collection("pets")
        lists = [pets.page(each).texts for each in (Selection(), BY_NAME)]
        state = {**world.copy_state(), "epoch": None, "kept_at": None, "clock": None}
        return lists, state, world.agenda.next_entry, world.clock.now()


@pytest.mark.parametrize("path", [None, "sandbox.sqlite"])
def test_a_copy_shows_all_that_its_source_does_and_is_on_its_own(
    open_sandbox: Any, tmp_path: Path, path: str | None
) -> None:
    sandbox = open_sandbox([{"id": "ada"}, {"id": "bo"}], path=path and tmp_path / path)
    live(sandbox, "mine")
    sandbox.worlds.lifecycle.copy("mine", "copy")
    before = seen(sandbox, "mine")
    assert seen(sandbox, "copy") == before
    with sandbox.turn("copy") as world:
        world.collection("pets").add({"id": "fay"})
        world.collection("pets").remove("cy")
    assert seen(sandbox, "mine") == before
    assert sandbox.ids("copy") == ["ada", "di", "fay"]
    sandbox.worlds.reset("mine")
    assert sandbox.ids("copy") == ["ada", "di", "fay"]


def test_a_restored_world_goes_on_from_the_instant_of_its_snapshot(sandbox: Any) -> None:
    live(sandbox, "mine")
    with sandbox.turn("mine") as world:
        world.take_snapshot("before")
    before, key = seen(sandbox, "mine"), snapshot_key("mine", "before")
    for _ in range(2):
        sandbox.machine.pass_by(hours=3)
        timekeeping.advance(sandbox.worlds, "other", sandbox.machine() + timedelta(hours=1))
        assert "eve" in sandbox.ids("mine")
        sandbox.worlds.lifecycle.copy(key, "mine")
        assert seen(sandbox, "mine") == before
        assert sandbox.worlds.names() == ["mine", "other"]


def test_a_restored_world_is_in_another_epoch(sandbox: Any) -> None:
    with sandbox.turn("mine") as world:
        epoch = world.epoch
        world.hand_out("a delivery")
        world.take_snapshot("before")
    sandbox.worlds.lifecycle.copy(snapshot_key("mine", "before"), "mine")
    assert sandbox.worlds.out_of("mine", epoch) == ()
    (out,) = sandbox.worlds.deliveries()
    assert (out.world, out.delivery) == ("mine", "a delivery")
    assert out.epoch != epoch


def test_what_was_planned_happens_in_a_copy_that_nobody_calls(sandbox: Any) -> None:
    live(sandbox, "mine")
    sandbox.worlds.lifecycle.copy("mine", "copy")
    sandbox.machine.pass_by(hours=2)
    sandbox.worlds.tick()
    found = sandbox.worlds.ask("copy", lambda world: world.collection("pets").get("eve"))
    assert found is not None


def test_a_snapshot_that_is_undone_is_not_there(sandbox: Any, undone: Any) -> None:
    with undone(sandbox.turn("mine")) as world:
        world.take_snapshot("before")
    with sandbox.turn("mine") as world:
        assert world.snapshots.names() == []


def test_snapshots_outlast_a_reset_and_go_with_their_world(sandbox: Any) -> None:
    for name in ("mine", "mine2"):
        with sandbox.turn(name) as world:
            world.collection("pets").add({"id": "cy"})
            world.take_snapshot("before")
    sandbox.worlds.reset("mine")
    sandbox.worlds.lifecycle.copy(snapshot_key("mine", "before"), "mine")
    assert "cy" in sandbox.ids("mine")
    sandbox.worlds.lifecycle.remove("mine")
    assert sandbox.store.states.names() == ["", "@@mine2", "mine2", "mine2@before"]
    assert not sandbox.worlds.knows("mine")


def test_a_reset_brings_a_world_back_to_the_beginning_that_was_chosen(sandbox: Any) -> None:
    start = "2026-03-01T12:00:00.000Z"
    chosen = Beginning(seed=7, start_at=start, is_frozen=True)
    sandbox.worlds.lifecycle.make("mine", chosen)

    def first() -> Any:
        with sandbox.turn("mine") as world:
            found = world.clock.is_frozen, world.clock.now().hour, world.random().random()
            world.clock.flow()
            world.clock.advance(timedelta(hours=1))
            return found

    before = first()
    assert before[:2] == (True, 12)
    sandbox.worlds.reset("mine")
    assert first() == before
    with sandbox.turn("ordinary") as world:
        assert world.random().random() != before[2]


def test_what_there_is_not_cannot_be_copied_and_nothing_is_lost(sandbox: Any) -> None:
    live(sandbox, "mine")
    before = seen(sandbox, "mine")
    with pytest.raises(LookupError, match="nobody"):
        sandbox.worlds.lifecycle.copy("nobody", "mine")
    assert seen(sandbox, "mine") == before


def test_whoever_comes_back_for_a_world_that_is_gone_does_not_make_it_again(sandbox: Any) -> None:
    with sandbox.turn("mine") as world:
        epoch = world.epoch
    with sandbox.worlds.turn_of("mine", epoch) as world:
        assert world.name == "mine"
    sandbox.worlds.lifecycle.remove("mine")
    with sandbox.worlds.turn_of("mine", epoch) as world:
        assert world is None
    assert not sandbox.worlds.knows("mine")
