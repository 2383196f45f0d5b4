"""Do the control routes tell what is served, and bring worlds back to their seeded state?"""

from flask.testing import FlaskClient

from mock_server.engine import jobs
from mock_server.engine.happenings import Moment
from mock_server.engine.jobs import Job
from tests.unit.toy import START, Toy

YOURS = {"x-key": "sandbox_you"}


def test_health_says_what_is_served(client: FlaskClient) -> None:
    answer = client.get("/__admin/health")
    assert answer.json == {"status": "ok", "version": "1.2.3", "apis": ["toy"]}


def test_the_index_links_from_the_host_that_was_asked(client: FlaskClient) -> None:
    found = client.get("/", headers={"Host": "toys.test:99"}).json
    assert found["apis"] == {"toy": "http://toys.test:99/openapi/toy.json"}
    assert found["health"] == "http://toys.test:99/__admin/health"
    assert client.get(found["apis"]["toy"]).status_code == 200


def test_the_contract_is_served_whole_with_this_server_as_its_own(
    toy: Toy, client: FlaskClient
) -> None:
    served = client.get("/openapi/toy.json", headers={"Host": "toys.test:99"}).json
    # Tools put this and a path together, and a path begins with a slash.
    assert served.pop("servers") == [{"url": "http://toys.test:99"}]
    assert served == toy.api.catalogue.document.root


def test_a_contract_there_is_none_of_is_a_404_that_names_those_there_are(
    client: FlaskClient,
) -> None:
    answer = client.get("/openapi/joy.json")
    assert answer.status_code == 404
    assert answer.json == {"error": "there is no contract 'joy'; there is toy"}


def accept(toy: Toy, job: Job) -> None:
    with toy.worlds.turn("toy") as world:
        jobs.accept(Moment(world, world.clock.now(), toy.settings), job)


def test_a_job_tells_what_it_was_asked_to_do_without_a_credential(
    toy: Toy, client: FlaskClient
) -> None:
    accept(toy, Job("j1", START, None, {"parameters": {"name": "Ada"}}))
    told = client.get("/__admin/jobs/toy/j1").json
    assert told == {
        "job_id": "j1",
        "lands_at": "2026-03-01T09:00:00.000Z",
        "parameters": {"name": "Ada"},
    }


def test_a_job_of_another_world_is_a_404(toy: Toy, client: FlaskClient) -> None:
    accept(toy, Job("j1", START, None))
    for path in ("you/j1", "toy/j2", "%00/j1"):
        assert client.get(f"/__admin/jobs/{path}").status_code == 404


def test_looking_for_a_job_of_an_unknown_world_makes_no_world(
    toy: Toy, client: FlaskClient
) -> None:
    for number in range(5):
        assert client.get(f"/__admin/jobs/nobody{number}/j1").status_code == 404
    assert len(toy.worlds._open) == 0
