"""Is a write's status a function of its plan and the clock alone, and does it land on time?"""

from datetime import datetime, timedelta

import pytest

from mock_server.engine import jobs
from mock_server.engine.changes import Change
from mock_server.engine.jobs import Job
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import FAULT
from mock_server.world.world import World
from tests.unit.toy import START, Toy

ADD = Change("add", "toy_pets", "ada", {"name": "Ada"}, ("born_at",))


def seconds(number: float) -> datetime:
    return START + timedelta(seconds=number)


def accept(toy: Toy, after: float, *changes: Change) -> Job:
    with toy.worlds.turn("toy") as world:
        job = Job("j1", jobs.lands_at(world, after), "ada", changes=changes or (ADD,))
        jobs.accept(moment(toy, world), job)
    return job


def moment(toy: Toy, world: World) -> Moment:
    return Moment(world, world.clock.now(), toy.settings)


def names(toy: Toy) -> list[str]:
    return [each["name"] for each in toy.ask("GET /v1/pets/")[1]["items"]]


@pytest.mark.parametrize(
    ("at", "status", "record_id"),
    [
        (-1, "PENDING", None),
        (0, "PENDING", None),
        (0.999, "PENDING", None),
        (1, "SUCCESS", "ada"),
        (9_999, "SUCCESS", "ada"),
    ],
)
def test_a_status_depends_on_the_plan_and_the_clock(
    at: float, status: str, record_id: str | None
) -> None:
    job = Job("j1", seconds(1), "ada")
    for _ in range(3):
        assert (job.status(seconds(at)), job.created_record_id(seconds(at))) == (status, record_id)


def test_looking_back_in_time_gives_the_status_of_that_time() -> None:
    job = Job("j1", seconds(1), "ada")
    assert [job.status(seconds(at)) for at in (2, 0, 2)] == ["SUCCESS", "PENDING", "SUCCESS"]


def test_a_job_that_tells_no_id_never_does() -> None:
    assert Job("j1", seconds(1), None).created_record_id(seconds(2)) is None


def test_a_write_is_seen_only_once_it_has_landed(toy: Toy) -> None:
    accept(toy, 5)
    toy.pass_time(4.999)
    assert names(toy) == ["Rex", "Tom"]
    toy.pass_time(0.001)
    assert names(toy) == ["Ada", "Rex", "Tom"]


def test_a_write_is_stamped_with_the_time_it_landed_not_with_when_somebody_looked(toy: Toy) -> None:
    accept(toy, 5)
    toy.pass_time(3_600)
    assert toy.ask("GET /v1/pets/ada")[1]["born_at"] == "2026-03-01T09:00:05.000Z"


def test_a_write_without_delay_lands_at_once(toy: Toy) -> None:
    accept(toy, 0)
    assert names(toy) == ["Ada", "Rex", "Tom"]


def test_a_write_lands_once(toy: Toy) -> None:
    accept(toy, 1)
    toy.pass_time(2)
    toy.ask("DELETE /v1/pets/ada")
    toy.pass_time(2)
    assert names(toy) == ["Rex", "Tom"]


def test_the_changes_of_a_write_happen_in_their_order(toy: Toy) -> None:
    accept(toy, 1, ADD, Change("patch", "toy_pets", "ada", {"name": "Eve"}))
    toy.pass_time(1)
    assert names(toy) == ["Eve", "Rex", "Tom"]


def test_writes_land_in_the_order_of_their_times(toy: Toy) -> None:
    with toy.worlds.turn("toy") as world:
        for index, after in enumerate((9, 3, 6)):
            patch = Change("patch", "toy_pets", "rex", {"age": after})
            job = Job(f"j{index}", seconds(after), None, changes=(patch,))
            jobs.accept(moment(toy, world), job)
    toy.pass_time(6)
    assert toy.ask("GET /v1/pets/rex")[1]["age"] == 6
    toy.pass_time(60)
    assert toy.ask("GET /v1/pets/rex")[1]["age"] == 9


def test_a_job_is_found_by_its_id_as_it_was_accepted(toy: Toy) -> None:
    job = accept(toy, 5)
    with toy.worlds.turn("toy") as world:
        assert jobs.find(world, "j1") == job
        assert jobs.find(world, "j2") is None


def test_a_job_keeps_what_the_logs_will_tell_of_it(toy: Toy) -> None:
    job = Job("j1", seconds(1), None, {"name": "Add a pet", "parameters": {"name": "Zoë"}}, (ADD,))
    with toy.worlds.turn("toy") as world:
        jobs.accept(moment(toy, world), job)
    toy.pass_time(2)
    with toy.worlds.turn("toy") as world:
        assert jobs.find(world, "j1") == job


def test_a_note_is_added_to_those_of_a_job(toy: Toy) -> None:
    accept(toy, 1)
    with toy.worlds.turn("toy") as world:
        jobs.note(world, "j1", {"name": "Add a pet"})
        jobs.note(world, "j1", {"tried_again_as": "j2"})
        jobs.note(world, "j2", {"name": "There is no such job"})
        found = jobs.find(world, "j1")
        assert found is not None
        assert found.notes == {"name": "Add a pet", "tried_again_as": "j2"}
        assert jobs.find(world, "j2") is None


def test_a_job_belongs_to_its_world(toy: Toy) -> None:
    accept(toy, 1)
    toy.pass_time(2)
    with toy.worlds.turn("other") as world:
        assert jobs.find(world, "j1") is None
        assert world.collection("toy_pets").get("ada") is None


def test_a_write_that_a_fault_kept_from_landing_failed(toy: Toy) -> None:
    accept(toy, 1, Change("add", "no_such_table", "ada", {}))
    toy.pass_time(1)
    assert names(toy) == ["Rex", "Tom"]
    with toy.worlds.turn("toy") as world:
        job = jobs.find(world, "j1")
    assert job is not None
    assert (job.status(seconds(1)), job.errors(seconds(1))) == ("FAILURE", [FAULT])
