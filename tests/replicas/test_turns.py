"""Do two replicas of one sandbox answer as one process would?"""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_server.world.agenda import Entry
from mock_server.world.clock import iso
from mock_server.world.naming import snapshot_key
from mock_server.world.obstacles import Unreachable
from mock_server.world.queries import EVERYTHING
from tests.cluster import Cluster
from tests.replicas.conftest import Replicas
from tests.unit.world.conftest import Sandbox

Open = Callable[..., Sequence[Sandbox]]


def test_what_one_replica_writes_the_other_shows(replicas: Open) -> None:
    one, other = replicas()
    assert other.ids("mine") == ["ada", "bo"]
    with one.turn("mine") as world:
        world.collection("pets").add({"id": "cy"})
        world.collection("pets").patch("ada", {"name": "Anna"})
    assert other.ids("mine") == ["ada", "bo", "cy"]
    with other.turn("mine") as world:
        assert world.collection("pets").get("ada")["name"] == "Anna"
        world.collection("pets").remove("bo")
    assert one.ids("mine") == ["ada", "cy"]
    assert one.ids("yours") == ["ada", "bo"]


def test_what_nobody_has_changed_is_not_read_again(replicas: Open) -> None:
    one, other = replicas()
    for each in (one, other):
        each.ids("mine")
    with one.turn("mine") as before:
        pass
    other.ids("mine")
    with one.turn("mine") as after:
        pass
    assert after is before


def test_a_turn_that_fails_leaves_nothing_for_the_other(replicas: Open, undone: Any) -> None:
    one, other = replicas()
    with undone(one.turn("mine")) as world:
        world.collection("pets").add({"id": "cy"})
    assert other.ids("mine") == one.ids("mine") == ["ada", "bo"]


def test_counts_of_refused_calls_are_shared(replicas: Open, undone: Any) -> None:
    one, other = replicas()
    for each in (one, other, one):
        with undone(each.turn("mine")) as world:
            world.tallies["calls"] = world.tallies.get("calls", 0) + 1
    with other.turn("mine") as world:
        assert world.tallies == {"calls": 3}
    one.worlds.reset("mine")
    with other.turn("mine") as world:
        assert world.tallies == {}


def test_a_world_has_one_epoch_and_one_stream_of_chance(replicas: Open) -> None:
    one, other = replicas()
    drawn, epochs = [], set()
    for each in (one, other, other, one):
        with each.turn("mine") as world:
            drawn.append(world.random().random())
            epochs.add(world.epoch)
    assert (len(set(drawn)), len(epochs)) == (4, 1)
    other.worlds.reset("mine")
    with one.turn("mine") as world:
        assert world.epoch not in epochs
        assert world.random().random() == drawn[0]


def test_a_world_that_one_replica_removes_is_gone_in_the_other(replicas: Open) -> None:
    one, other = replicas()
    with one.turn("mine") as world:
        world.collection("pets").add({"id": "cy"})
        world.agenda.add(Entry(world.clock.now() + timedelta(hours=1), "pet", {"id": "dee"}))
    assert other.worlds.knows("mine")
    one.worlds.lifecycle.remove("mine")
    assert (other.worlds.knows("mine"), other.worlds.names()) == (False, [])
    other.machine.pass_by(hours=2)
    other.worlds.tick()
    assert not one.worlds.knows("mine")


def test_snapshots_and_clocks_are_shared(replicas: Open) -> None:
    one, other = replicas()
    with one.turn("mine") as world:
        world.clock.freeze()
        world.collection("pets").add({"id": "cy"})
        world.take_snapshot("early")
        frozen = iso(world.clock.now())
    with other.turn("mine") as world:
        world.collection("pets").remove("cy")
        world.clock.advance(timedelta(days=1))
    other.worlds.lifecycle.copy(snapshot_key("mine", "early"), "mine")
    with one.turn("mine") as world:
        assert iso(world.clock.now()) == frozen
    assert one.ids("mine") == ["ada", "bo", "cy"]


def test_a_replica_waits_for_the_world_that_another_one_has_and_for_no_other(
    replicas: Open,
) -> None:
    one, other = replicas()
    seen: list[list[str]] = []
    with one.turn("mine") as world:
        waiting = threading.Thread(target=lambda: seen.append(other.ids("mine")))
        waiting.start()
        assert other.ids("yours") == ["ada", "bo"]
        world.collection("pets").add({"id": "cy"})
    waiting.join()
    assert seen == [["ada", "bo", "cy"]]


def test_what_a_replica_that_is_gone_was_to_do_another_one_does(replicas: Open) -> None:
    one, other = replicas()
    with one.turn("mine") as world:
        world.agenda.add(Entry(world.clock.now() + timedelta(seconds=1), "pet", {"id": "cy"}))
    one.store.close()
    other.machine.pass_by(seconds=2)
    assert other.worlds.tick() is not None
    assert other.worlds.ask("mine", lambda world: world.agenda.next_due) is None
    assert other.ids("mine") == ["ada", "bo", "cy"]


def test_a_connection_that_is_lost_is_made_anew_and_nothing_old_is_shown(
    replicas: Open, cluster: Cluster
) -> None:
    one, other = replicas()
    assert one.ids("mine") == ["ada", "bo"]
    with other.turn("mine") as world:
        world.collection("pets").add({"id": "cy"})
    lost = one.store._database.driver.info.backend_pid
    cluster.execute(f"SELECT pg_terminate_backend({lost})")
    assert one.ids("mine") == ["ada", "bo", "cy"]


def test_a_turn_that_loses_its_connection_says_so_and_leaves_nothing(
    replicas: Open, cluster: Cluster
) -> None:
    one, other = replicas()

    def lose() -> None:
        with one.turn("mine") as world:
            world.collection("pets").add({"id": "cy"})
            cluster.execute(f"SELECT pg_terminate_backend({lost})")
            world.collection("pets").add({"id": "dee"})

    lost = one.store._database.driver.info.backend_pid
    with pytest.raises(Unreachable, match="cannot be used now"):
        lose()
    assert one.ids("mine") == other.ids("mine") == ["ada", "bo"]


def test_a_delivery_is_sent_by_one_replica_until_its_claim_ends(replicas: Open) -> None:
    one, other = replicas()
    with one.turn("mine") as world:
        world.collection("pets").add({"id": "cy"})
        world.hand_out("message")
    other.ids("mine")
    assert [each.delivery for each in one.worlds.deliveries()] == ["message"]
    assert other.worlds.deliveries() == []
    with other.turn("mine") as world:
        assert (world.deliveries, world.claim("message")) == (("message",), False)
    other.machine.pass_by(seconds=20)
    other.worlds.tick()
    assert [each.delivery for each in other.worlds.deliveries()] == ["message"]
    with other.turn("mine") as world:
        assert world.claim("message")
    with one.turn("mine") as world:
        assert not world.claim("message")
    with other.turn("mine") as world:
        world.take_back("message")
    with one.turn("mine") as world:
        assert world.deliveries == ()


_NAMES = ("red", "blue")
_steps = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(_NAMES),
        st.sampled_from(
            ["add", "patch", "remove", "draw", "plan", "pass", "reset", "copy", "fail"]
        ),
        st.integers(0, 5),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def pairs(cluster: Any, toy_template: str) -> Any:
    """Return two replicas, and one process over SQLite."""
    two, alone = Replicas(cluster.new(toy_template), 2), Replicas(None, 1)
    yield two, alone
    two.close()
    alone.close()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_steps)
def test_two_replicas_show_what_one_process_shows(pairs: Any, steps: Any) -> None:
    two, alone = pairs
    for each in (two.all[0], two.all[1], alone.all[0]):
        for name in each.worlds.names():
            each.worlds.lifecycle.remove(name)
    for which, name, what, number in steps:
        shown = [told(each, name, what, number) for each in (two.all[which], alone.all[0])]
        assert shown[0] == shown[1]
        two.machine.pass_by(milliseconds=250)
        alone.machine.pass_by(milliseconds=250)
    for name in _NAMES:
        first, second, only = (everything(each, name) for each in (*two.all, alone.all[0]))
        assert first == second == only


def told(sandbox: Sandbox, name: str, what: str, number: int) -> Any:
    """Do something in a world, and return what it is told."""
    if what == "reset":
        return sandbox.worlds.reset(name)
    if what == "copy":
        other = _NAMES[name == _NAMES[0]]
        return sandbox.worlds.knows(name) and sandbox.worlds.lifecycle.copy(name, other)
    try:
        with sandbox.turn(name) as world:
            return acted(world, what, number)
    except KeyError:
        return "refused"


def acted(world: Any, what: str, number: int) -> Any:
    """Do something with a world."""
    pets, which = world.collection("pets"), ("ada", "bo", f"pet{number}")[number % 3]
    world.tallies["calls"] = world.tallies.get("calls", 0) + 1
    if what == "add":
        count = world.next_number("pets", first=1)
        return pets.add({"id": f"pet{count}", "age": number, "name": iso(world.clock.now())})
    if what == "patch":
        return pets.patch(which, {"age": number})
    if what == "plan":
        due = world.clock.now() + timedelta(seconds=number)
        count = world.next_number("pets", first=1)
        return world.agenda.add(Entry(due, "pet", {"id": f"pet{count}"}))
    if what == "pass":
        return world.clock.advance(timedelta(seconds=number))
    if what == "remove":
        return pets.remove(which)
    if what == "fail":
        pets.add({"id": "never"})
        raise KeyError
    return world.random().random()


def everything(sandbox: Sandbox, name: str) -> Any:
    """Return all that a world shows."""
    with sandbox.turn(name) as world:
        pets = world.collection("pets")
        return pets.page(EVERYTHING), world.tallies, world.draws, world.deliveries
