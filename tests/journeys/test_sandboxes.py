"""What teams that share a sandbox rely on: their own world, a way back, the same bytes again."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.bodies import LEAD

PROSPECT = {
    "integration_id": "intg_9f8b7c6d5e4a3b2c1d0e",
    "property_id": "clui8s0dq000208l4b6y1n9zk",
    "first_name": "Ada",
    "last_name": "O",
}
FIND = "/api/v103/person/leads?email=ada.okafor@example.com"
COUNT = "/v1/leads/?limit=0"


def test_two_ci_jobs_do_not_see_each_other(site: Any) -> None:
    one, other = (site.leadpro(name) for name in ("job-1", "job-2"))
    made = one.ok("POST", "/api/v103/leads", LEAD)
    assert one.ok("GET", FIND) == [made]
    assert other.ok("GET", FIND) == []
    assert other("GET", f"/api/v103/leads/{made['id']}").status == 404
    before = site.propexo("job-2")("GET", COUNT).content
    site.propexo("job-1").ok("POST", "/v1/leads/", PROSPECT)
    assert site.propexo("job-2")("GET", COUNT).content == before
    assert site.propexo("job-1")("GET", COUNT).content != before


@pytest.mark.parametrize("branch", ["feature/a", "x" * 65])
def test_a_ci_job_whose_name_no_world_can_have_is_told_and_shares_none(
    site: Any, branch: str
) -> None:
    propexo, leadpro = site.propexo(branch), site.leadpro(branch)
    answers = [
        propexo("POST", "/v1/leads/", PROSPECT),
        leadpro("POST", "/api/v103/leads", LEAD),
        propexo("POST", "/__admin/reset"),
    ]
    for answer in answers:
        assert answer.status == 401
        assert b"has 1 to 64 letters, digits, - and _" in answer.content


def test_both_jobs_get_the_ids_they_would_get_alone(site: Any) -> None:
    ids = [
        site.leadpro(name).ok("POST", "/api/v103/leads", LEAD)["id"] for name in ("job-1", "job-2")
    ]
    assert ids[0] == ids[1]


def test_a_reset_brings_the_callers_world_back_and_leaves_the_others(site: Any) -> None:
    one, other = site.leadpro("job-1"), site.leadpro("job-2")
    seeded = site.propexo("job-1")("GET", COUNT).content
    made = one.ok("POST", "/api/v103/leads", LEAD)
    site.propexo("job-1").ok("POST", "/v1/leads/", PROSPECT)
    kept = other.ok("POST", "/api/v103/leads", LEAD)
    assert one.ok("POST", "/__admin/reset") == {"reset": [f"{site.world}-job-1"]}
    assert one.ok("GET", FIND) == []
    assert site.propexo("job-1")("GET", COUNT).content == seeded
    assert other.ok("GET", FIND) == [kept]
    again = one.ok("POST", "/api/v103/leads", LEAD)
    assert {**again, "created_at": ""} == {**made, "created_at": ""}


def test_a_write_under_way_does_not_land_after_a_reset(within: Callable[..., Any]) -> None:
    propexo = within(write_seconds=1).propexo()
    seeded = propexo.ok("GET", COUNT)["meta"]["total"]
    job_id = propexo.ok("POST", "/v1/leads/", PROSPECT)["job_id"]
    propexo.ok("POST", "/__admin/reset")
    propexo.ok("POST", "/__admin/clock/advance", {"by": "1h"})
    assert propexo.ok("GET", COUNT)["meta"]["total"] == seeded
    assert propexo("GET", f"/v1/admin/write-status/{job_id}").status == 404


def working_day(site: Any) -> list[tuple[int, bytes]]:
    """Do a bit of everything and return all that was answered."""
    propexo, leadpro = site.propexo(), site.leadpro()
    answers = [
        leadpro("POST", "/api/v103/leads", LEAD),
        leadpro("POST", "/api/v103/leads/valuation", {**LEAD, "type": "landlord"}),
        leadpro("GET", FIND),
        leadpro("GET", "/api/v103/offices"),
        propexo("POST", "/v1/leads/", PROSPECT),
        propexo("POST", "/v1/leads/", {**PROSPECT, "zip": 7}),
        propexo("POST", "/v1/appointment-availability/", {"integration_id": "intg-987654321"}),
        *(propexo("GET", f"/v1/{name}/?limit=250") for name in ("leads", "events", "residents")),
        propexo("GET", "/v1/units/?order-by=rent_amount_market_in_cents:desc,id&limit=250"),
        propexo("GET", "/v1/nowhere/"),
    ]
    return [(each.status, each.content) for each in answers]


def test_the_same_seed_clock_and_calls_give_the_same_bytes(within: Callable[..., Any]) -> None:
    first, second = working_day(within(write_seconds=0)), working_day(within(write_seconds=0))
    assert first == second
    assert {status for status, _ in first} == {200, 400, 404}


def test_another_seed_gives_other_people(within: Callable[..., Any]) -> None:
    first, second = working_day(within()), working_day(within(seed=7))
    people = 7
    assert first[people] != second[people]
