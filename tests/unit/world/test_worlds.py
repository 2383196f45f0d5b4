"""Are sandboxes isolated, undone as a whole, reset to their seed, and there after a restart?"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mock_server.world import timekeeping
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso
from mock_server.world.course import Course
from mock_server.world.pristine import SeedPlan
from mock_server.world.queries import Selection
from mock_server.world.waiting import HandedOut
from mock_server.world.worlds import Worlds
from tests.unit.world.conftest import bring_pet

SEEDED = ["ada", "bo"]
EVERYONE = Selection()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def add(sandbox: Any, name: str, *ids: str) -> None:
    with sandbox.turn(name) as world:
        world.collection("pets").add_all([{"id": each} for each in ids])


def plan_arrival(sandbox: Any, name: str, pet: str, minutes: int) -> None:
    with sandbox.turn(name) as world:
        due_at = world.clock.now() + timedelta(minutes=minutes)
        world.agenda.add(Entry(due_at, "arrive", {"id": pet}))


def test_every_world_begins_with_the_seeded_records(sandbox: Any) -> None:
    assert sandbox.ids("mine") == sandbox.ids("other") == SEEDED


def test_no_world_sees_the_writes_of_another(sandbox: Any) -> None:
    add(sandbox, "mine", "cy")
    with sandbox.turn("other") as other:
        other.collection("pets").patch("ada", {"name": "Adele"})
        other.collection("pets").remove("bo")
    assert sandbox.ids("mine") == [*SEEDED, "cy"]
    assert sandbox.ids("other") == ["ada"]
    assert sandbox.ids("third") == SEEDED
    with sandbox.turn("mine") as mine:
        assert mine.collection("pets").get("ada")["name"] == "Ada"


def test_only_the_table_that_is_written_to_is_copied(sandbox: Any) -> None:
    sandbox.ids("mine")
    add(sandbox, "mine", "cy")
    with sandbox.turn("mine") as world:
        assert [world.owns(each) for each in ("pets", "toys")] == [True, False]


def test_what_an_exception_leaves_is_undone(sandbox: Any, undone: Any) -> None:
    add(sandbox, "mine", "cy")
    with undone(sandbox.turn("mine")) as world:
        world.collection("pets").add({"id": "di"})
        assert world.collection("pets").total(EVERYONE) == 4
        assert world.next_number("leads", first=1) == 1
        world.agenda.add(Entry(world.clock.now(), "arrive", {"id": "ed"}))
    assert sandbox.ids("mine") == [*SEEDED, "cy"]
    with sandbox.turn("mine") as world:
        assert world.collection("pets").total(EVERYONE) == 3
        assert world.next_number("leads", first=1) == 1


def test_a_first_write_that_is_undone_leaves_the_seeded_records(sandbox: Any, undone: Any) -> None:
    for _ in range(2):
        with undone(sandbox.turn("mine")) as world:
            world.collection("pets").remove("ada")
            assert world.collection("pets").total(EVERYONE) == 1
        assert sandbox.ids("mine") == SEEDED
    add(sandbox, "mine", "cy")
    assert sandbox.ids("mine") == [*SEEDED, "cy"]


def test_what_is_due_happens_before_a_turn_in_order(sandbox: Any) -> None:
    plan_arrival(sandbox, "mine", "late", 2)
    plan_arrival(sandbox, "mine", "soon", 1)
    assert sandbox.ids("mine") == SEEDED
    sandbox.machine.pass_by(minutes=1)
    assert sandbox.ids("mine") == [*SEEDED, "soon"]
    sandbox.machine.pass_by(minutes=5)
    assert sandbox.ids("mine") == [*SEEDED, "soon", "late"]


def test_what_is_due_stays_done_when_the_turn_after_it_fails(sandbox: Any, undone: Any) -> None:
    plan_arrival(sandbox, "mine", "cy", 1)
    sandbox.machine.pass_by(minutes=1)
    with undone(sandbox.turn("mine")):
        pass
    assert sandbox.ids("mine") == [*SEEDED, "cy"]


def test_reset_brings_one_world_back_and_no_other(sandbox: Any) -> None:
    for name in ("mine", "other"):
        add(sandbox, name, "cy")
        plan_arrival(sandbox, name, "di", 1)
    with sandbox.turn("mine") as world:
        world.clock.advance(timedelta(hours=1))
        first = world.next_number("leads", first=1)
    sandbox.worlds.reset("mine")
    assert sandbox.ids("mine") == SEEDED
    with sandbox.turn("mine") as world:
        assert world.next_number("leads", first=1) == first
        assert world.clock.now() == sandbox.machine.time
    sandbox.machine.pass_by(minutes=1)
    assert sandbox.ids("mine") == SEEDED
    assert sandbox.ids("other") == [*SEEDED, "cy", "di"]


def test_a_world_that_was_reset_can_be_written_to_again(sandbox: Any) -> None:
    for _ in range(2):
        add(sandbox, "mine", "cy")
        assert sandbox.ids("mine") == [*SEEDED, "cy"]
        sandbox.worlds.reset("mine")


def test_resetting_all_names_every_world_in_use(sandbox: Any) -> None:
    add(sandbox, "b", "cy")
    sandbox.ids("a")
    assert sandbox.worlds.reset_all() == ["a", "b"]
    assert sandbox.ids("a") == sandbox.ids("b") == SEEDED


def test_resetting_all_leaves_the_seeded_state_alone(sandbox: Any) -> None:
    sandbox.ids("")
    assert sandbox.worlds.reset_all() == []
    assert sandbox.ids("mine") == SEEDED


def test_a_file_survives_a_restart(open_sandbox: Any, tmp_path: Path) -> None:
    seeded, path = [{"id": each} for each in SEEDED], tmp_path / "sandbox.sqlite"
    sandbox = open_sandbox(seeded, path=path)
    add(sandbox, "mine", "cy")
    plan_arrival(sandbox, "mine", "di", 90)
    with sandbox.turn("mine") as world:
        assert world.next_number("leads", first=18) == 18
        drawn = world.random().random()
        world.clock.advance(timedelta(hours=1))
    sandbox.store.close()
    again = open_sandbox([{"id": "never planted"}], path=path)
    assert again.ids("mine") == [*SEEDED, "cy"]
    assert again.ids("other") == SEEDED
    with again.turn("mine") as world:
        assert world.clock.now() == again.machine.time + timedelta(hours=1)
        assert world.next_number("leads", first=18) == 19
        assert world.random().random() != drawn
    again.machine.pass_by(minutes=30)
    assert again.ids("mine") == [*SEEDED, "cy", "di"]


def test_a_clock_alone_that_was_advanced_is_kept(open_sandbox: Any, tmp_path: Path) -> None:
    sandbox = open_sandbox(path=tmp_path / "sandbox.sqlite")
    with sandbox.turn("mine") as world:
        world.clock.advance(timedelta(hours=1))
    sandbox.store.close()
    again = open_sandbox(path=tmp_path / "sandbox.sqlite")
    with again.turn("mine") as world:
        assert world.clock.now() == again.machine.time + timedelta(hours=1)


def test_worlds_are_closed_after_whoever_uses_them_and_let_others_have_the_file(
    open_sandbox: Any, tmp_path: Path
) -> None:
    sandbox = open_sandbox([{"id": "ada"}], path=tmp_path / "sandbox.sqlite")
    add(sandbox, "mine", "cy")
    sandbox.worlds.on_close = lambda: add(sandbox, "mine", "di")
    sandbox.worlds.close()
    assert sandbox.worlds.tick() is None
    assert open_sandbox(path=tmp_path / "sandbox.sqlite").ids("mine") == ["ada", "cy", "di"]


def test_the_seeded_state_is_planted_once_for_every_world(open_store: Any, machine: Any) -> None:
    worlds = Worlds(open_store(), seed=1, course=Course(bring_pet), machine=machine)
    for _ in range(2):
        worlds.plant(SeedPlan(lambda _: [("pets", [{"id": "ada"}])], {}, NOON))
    assert pets_in(worlds, "mine") == pets_in(worlds, "other") == ["ada"]
    with worlds.turn("mine") as world:
        assert world.clock.now() == NOON


@pytest.fixture
def planning(open_store: Any, machine: Any) -> Worlds:
    """Worlds that each plan an arrival in an hour when they are first used."""

    def begin(world: Any) -> None:
        due_at = world.clock.now() + timedelta(hours=1)
        world.agenda.add(Entry(due_at, "arrive", {"id": "cy"}, is_routine=True))

    store = open_store()
    return Worlds(store, seed=1, course=Course(bring_pet, begin=begin), machine=machine)


def pets_in(worlds: Worlds, name: str) -> list[str]:
    with worlds.turn(name) as world:
        return [each["id"] for each in world.collection("pets").all()]


def test_a_new_world_plans_from_its_first_use_on(planning: Worlds, machine: Any) -> None:
    assert pets_in(planning, "early") == []
    machine.pass_by(minutes=30)
    assert pets_in(planning, "late") == []
    machine.pass_by(minutes=30)
    assert (pets_in(planning, "early"), pets_in(planning, "late")) == (["cy"], [])


def test_a_world_that_was_reset_plans_anew(planning: Worlds, machine: Any) -> None:
    pets_in(planning, "mine")
    machine.pass_by(minutes=30)
    planning.reset("mine")
    pets_in(planning, "mine")
    machine.pass_by(minutes=59)
    assert pets_in(planning, "mine") == []
    machine.pass_by(minutes=1)
    assert pets_in(planning, "mine") == ["cy"]


def test_a_world_begins_once_even_when_it_is_opened_again(
    open_store: Any, machine: Any, tmp_path: Path
) -> None:
    begun: list[str] = []

    def begin(world: Any) -> None:
        begun.append(world.name)
        world.agenda.add(Entry(world.clock.now() + timedelta(hours=1), "arrive", {"id": "cy"}))

    for _ in range(2):
        store = open_store(tmp_path / "sandbox.sqlite")
        worlds = Worlds(store, seed=1, course=Course(bring_pet, begin=begin), machine=machine)
        worlds.open_kept()
        assert sorted(worlds._open.names) == begun
        pets_in(worlds, "mine")
        store.close()
    assert begun == ["mine"]


def test_a_tick_makes_what_is_due_happen_and_says_when_more_will(
    planning: Worlds, machine: Any
) -> None:
    assert planning.tick() is None
    pets_in(planning, "mine")
    # Nobody has written anything there, so nobody is told of its routine.
    assert planning.tick() is None
    with planning.turn("mine") as world:
        world.collection("pets").add({"id": "bo"})
    assert planning.tick() == 3_600.05
    machine.pass_by(hours=1)
    # A call may come any moment and make it happen.
    assert planning.tick() == 0.05
    machine.pass_by(seconds=0.05)
    assert planning.tick() is None
    [world] = [planning._open.get(each) for each in planning._open.names]
    assert world.collection("pets").get("cy") is not None


def test_a_clock_that_stands_still_brings_nothing_about(planning: Worlds, machine: Any) -> None:
    with planning.turn("mine") as world:
        world.clock.freeze()
    machine.pass_by(hours=2)
    assert planning.tick() is None


def names_of(out: list[HandedOut]) -> list[str]:
    return [each.delivery for each in out]


def test_those_who_wait_are_told_of_deliveries_and_of_what_is_planned(sandbox: Any) -> None:
    told: list[list[str]] = []
    sandbox.worlds.on_stir = lambda: told.append(names_of(sandbox.worlds.deliveries()))
    sandbox.ids("mine")
    assert told == []
    plan_arrival(sandbox, "mine", "cy", 5)
    with sandbox.turn("mine") as world:
        world.hand_out("delivery")
    with sandbox.turn("mine") as world:
        world.take_back("delivery")
    assert told == [[], ["delivery"], []]


def test_an_delivery_that_was_undone_is_not_out(sandbox: Any, undone: Any) -> None:
    with undone(sandbox.turn("mine")) as world:
        world.hand_out("delivery")
    assert sandbox.worlds.deliveries() == []


def test_deliveries_are_still_out_after_a_restart(open_sandbox: Any, tmp_path: Path) -> None:
    path = tmp_path / "sandbox.sqlite"
    first = open_sandbox([], path=path)
    with first.turn("mine") as world:
        world.hand_out("delivery")
    first.store.close()
    second = open_sandbox([], path=path)
    second.worlds.open_kept()
    assert names_of(second.worlds.deliveries()) == ["delivery"]


def test_while_something_happens_the_world_shows_when_it_was_due(
    open_store: Any, machine: Any
) -> None:
    shown: list[str] = []

    def perform(_: Entry, world: Any) -> None:
        shown.append(iso(world.clock.now()))

    worlds = Worlds(open_store(), seed=1, course=Course(perform), machine=machine)
    with worlds.turn("mine") as world:
        world.agenda.add(Entry(world.clock.now() + timedelta(minutes=5), "show", {}))
    machine.pass_by(hours=3)
    with worlds.turn("mine"):
        pass
    assert shown == ["2026-03-01T09:05:00.000Z"]


def test_what_cannot_happen_is_logged_and_stands_in_nobodys_way(
    open_store: Any, machine: Any, caplog: pytest.LogCaptureFixture
) -> None:
    given_up: list[str] = []

    def perform(entry: Entry, world: Any) -> None:
        world.collection("pets").add(entry.details)
        if entry.action == "stumble":
            raise KeyError(entry.action)

    worlds = Worlds(
        open_store(),
        seed=1,
        course=Course(perform, lambda entry, _: given_up.append(entry.action)),
        machine=machine,
    )
    with worlds.turn("mine") as world:
        for action, pet in (("arrive", "cy"), ("stumble", "di"), ("arrive", "ed")):
            world.agenda.add(Entry(world.clock.now(), action, {"id": pet}))
    assert pets_in(worlds, "mine") == ["cy", "ed"]
    assert (given_up, len(caplog.records)) == (["stumble"], 1)
    assert "what was due in the world mine could not happen" in caplog.text


def test_those_who_wait_hear_of_a_refused_call_too(sandbox: Any, undone: Any) -> None:
    told: list[str] = []
    plan_arrival(sandbox, "mine", "cy", 5)
    sandbox.machine.pass_by(minutes=5)
    sandbox.worlds.on_stir = lambda: told.append("stir")
    with sandbox.turn("mine") as world:
        world.agenda.has_grown = False
    with undone(sandbox.turn("mine")) as world:
        world.has_news = True
    assert told == ["stir"]


def test_those_who_wait_hear_of_a_clock_that_flows_again(sandbox: Any) -> None:
    with sandbox.turn("mine") as world:
        world.clock.freeze()
    told: list[str] = []
    sandbox.worlds.on_stir = lambda: told.append("stir")
    sandbox.ids("mine")
    with sandbox.turn("mine") as world:
        world.clock.flow()
    assert told == ["stir"]


def test_those_who_wait_hear_of_the_worlds_that_are_opened_again(sandbox: Any) -> None:
    told: list[str] = []
    with sandbox.turn("mine") as world:
        world.collection("pets").add({"id": "cx"})
    sandbox.worlds.on_stir = lambda: told.append("stir")
    sandbox.worlds.open_kept()
    assert told == ["stir"]


def test_a_sandbox_that_keeps_no_world_wakes_nobody(sandbox: Any) -> None:
    told: list[str] = []
    sandbox.worlds.on_stir = lambda: told.append("stir")
    sandbox.worlds.open_kept()
    assert told == []


def test_time_stands_still_for_whoever_has_the_world(sandbox: Any) -> None:
    with sandbox.turn("mine") as world:
        before = world.clock.now()
        sandbox.machine.pass_by(minutes=5)
        assert world.clock.now() == before
        world.clock.advance(timedelta(hours=1))
        assert world.clock.now() == before + timedelta(hours=1, minutes=5)


@pytest.mark.parametrize("is_closed", [True, False])
def test_no_world_goes_back_where_the_machine_is_set_back_before_a_restart(
    open_sandbox: Any, tmp_path: Path, *, is_closed: bool
) -> None:
    sandbox = open_sandbox(path=tmp_path / "sandbox.sqlite")
    sandbox.machine.pass_by(hours=1)
    with sandbox.turn("mine") as world:
        world.next_number("leads", first=1)
        before = world.clock.now()
    if is_closed:
        sandbox.machine.pass_by(hours=1)
        before = sandbox.machine.time
        sandbox.worlds.close()
    else:
        sandbox.store.close()
    sandbox.machine.pass_by(days=-30)
    again = open_sandbox(path=tmp_path / "sandbox.sqlite")
    again.worlds.open_kept()
    for name in ("mine", "new"):
        with again.turn(name) as world:
            assert world.clock.now() == before
    again.machine.pass_by(minutes=5)
    with again.turn("mine") as world:
        assert world.clock.now() == before + timedelta(minutes=5)


def test_a_tally_stays_after_a_refused_call_and_goes_with_its_world(
    sandbox: Any, undone: Any
) -> None:
    with undone(sandbox.turn("mine")) as world:
        world.next_number("leads", first=1)
        world.tallies["calls"] = 1
    with sandbox.turn("mine") as world:
        assert world.tallies == {"calls": 1}
    sandbox.worlds.reset("mine")
    with sandbox.turn("mine") as world:
        assert world.tallies == {}


@pytest.mark.parametrize("way", ["tick", "turn", "advance"])
def test_a_caller_of_another_world_gets_in_between_two_things_that_happen(
    open_store: Any, machine: Any, way: str
) -> None:
    told: list[str] = []
    store = open_store()

    def call() -> None:
        with worlds.turn("other"):
            told.append("a call")

    def perform(entry: Entry, _: Any) -> None:
        told.append(entry.action)
        if entry.action == "first":
            caller.start()
            while not store.lock.waiting:
                assert caller.is_alive()

    caller = threading.Thread(target=call)
    worlds = Worlds(store, seed=1, course=Course(perform), machine=machine)
    with worlds.turn("mine") as world:
        now = world.clock.now()
        for action in ("first", "second"):
            world.agenda.add(Entry(now + timedelta(minutes=5), action, {}))
    if way == "advance":
        timekeeping.advance(worlds, "mine", now + timedelta(hours=1))
    else:
        machine.pass_by(hours=1)
        worlds.tick() if way == "tick" else pets_in(worlds, "mine")
    caller.join(20)
    assert told == ["first", "a call", "second"]


def test_callers_are_let_in_while_a_world_has_much_to_catch_up_with(
    open_store: Any, machine: Any
) -> None:
    told: list[str] = []
    course = Course(lambda entry, _: told.append(entry.action))
    worlds = Worlds(open_store(), seed=1, course=course, machine=machine)

    @contextmanager
    def aside() -> Iterator[None]:
        told.append("aside")
        yield
        told.append("back")

    worlds.aside = aside
    with worlds.turn("mine") as world:
        for number in range(5):
            world.agenda.add(Entry(world.clock.now(), str(number), {}))
    pets_in(worlds, "mine")
    pets_in(worlds, "mine")
    assert told == ["0", "1", "2", "aside", "3", "4", "back"]


def test_a_world_whose_time_cannot_go_on_does_not_keep_the_others_waiting(
    open_store: Any, machine: Any, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    def perform(_: Entry, world: Any) -> None:
        if world.name == "bad":
            raise OSError
        told.append(world.name)

    worlds = Worlds(open_store(), seed=1, course=Course(perform, perform), machine=machine)
    for name in ("bad", "good"):
        with worlds.turn(name) as world:
            world.agenda.add(Entry(world.clock.now(), "happen", {}))
    machine.pass_by(minutes=1)
    assert worlds.tick() == 1.0
    assert told == ["good"]
    assert "the time of the world bad could not go on" in caplog.text


def test_a_world_that_is_opened_again_and_reset_shows_nothing_of_its_earlier_life(
    open_sandbox: Any, tmp_path: Path
) -> None:
    def name(sandbox: Any) -> Any:
        with sandbox.turn("mine") as world:
            world.collection("pets").add({"id": "cy"})
            return world.collection("pets").get("ada")["name"]

    path, pets = tmp_path / "pets.db", [{"id": "ada", "name": "Ada"}]
    first = open_sandbox(pets, path=path)
    with first.turn("mine") as world:
        world.collection("pets").patch("ada", {"name": "Anna"})
    first.worlds.close()
    again = open_sandbox(pets, path=path)
    with again.turn("mine") as world:
        assert world.collection("pets").get("ada")["name"] == "Anna"
    again.worlds.reset("mine")
    assert name(again) == "Ada"
