"""Are bad habits found in the calls of a program, and good ones left alone?"""

from typing import Any

import pytest

FINDINGS, STATUS = "GET /__admin/findings", "GET /v1/admin/write-status"
LEADPRO_LEAD = {"type": "sale"}


def rules(sandbox: Any) -> list[str]:
    found = sandbox.get(f"{FINDINGS}?world={sandbox.name}")["results"]
    return [each["rule"] for each in found]


def write(sandbox: Any, last_name: str = "Byron") -> str:
    """Change a lead, and return the job."""
    lead = sandbox.get("GET /v1/leads/?limit=1")["results"][0]["id"]
    return str(sandbox.get(f"PUT /v1/leads/{lead}", {"last_name": last_name})["job_id"])


def pass_time(sandbox: Any, span: str) -> None:
    sandbox.get("POST /__admin/clock/advance", {"by": span})


def test_a_write_whose_end_nobody_asks_for_is_found(sandbox: Any) -> None:
    write(sandbox)
    (finding,) = sandbox.get(f"{FINDINGS}?world={sandbox.name}")["results"]
    assert finding == {
        "rule": "took-200-for-landed",
        "message": "the write was accepted, and nobody asked whether it took effect",
        "world": sandbox.name,
        "credential": None,
        "operation": "PUT /v1/leads/{id}",
        "calls": [2],
    }


@pytest.mark.parametrize(
    ("last_name", "looks_late", "found"),
    [
        ("Byron", True, []),
        ("Writefail", True, []),
        ("Writefail", False, ["never-looked-at-failure"]),
    ],
)
def test_a_failure_counts_as_seen_once_it_was_looked_at(
    sandbox: Any, last_name: str, found: list[str], *, looks_late: bool
) -> None:
    job = write(sandbox, last_name)
    sandbox.get(f"{STATUS}/{job}")
    pass_time(sandbox, "5s")
    if looks_late:
        sandbox.get(f"{STATUS}/{job}")
    assert rules(sandbox) == found


def test_a_job_that_is_asked_all_the_time_is_found(sandbox: Any) -> None:
    job = write(sandbox)
    sandbox.get("POST /__admin/clock", {"freeze": True})
    for _ in range(4):
        sandbox.get(f"{STATUS}/{job}")
    assert rules(sandbox) == ["polled-too-fast"]


@pytest.mark.parametrize(
    ("queries", "found"),
    [
        (["", "limit=50"], ["stopped-at-page-1"]),
        (["limit=50", "limit=50&offset=50"], []),
        (["limit=1"], []),
        (["integration_vendor=ENTRATA&limit=250"], []),
    ],
)
def test_a_list_that_is_read_to_its_first_page_only_is_found(
    sandbox: Any, queries: list[str], found: list[str]
) -> None:
    for each in queries:
        sandbox.get(f"GET /v1/leads/?{each}")
    assert rules(sandbox) == found


def test_calls_that_go_on_after_a_refusal_are_found(sandbox: Any) -> None:
    for _ in range(2):
        sandbox.ask("POST /api/v103/leads", LEADPRO_LEAD)
    sandbox.get("POST /__admin/faults", {"effect": "status", "status": 429, "times": 1})
    for _ in range(3):
        sandbox.ask("GET /api/v103/offices")
    assert rules(sandbox) == ["ignored-the-rate-limit", "retried-a-400"]
    sarif = sandbox.get(f"{FINDINGS}/sarif?world={sandbox.name}")
    (run,) = sarif["runs"]
    assert [each["ruleId"] for each in run["results"]] == rules(sandbox)
    assert {each["id"] for each in run["tool"]["driver"]["rules"]} >= {*rules(sandbox)}


def test_coverage_tells_what_was_called_and_what_it_leans_on(sandbox: Any) -> None:
    write(sandbox)
    sandbox.ask("GET /v1/leads/nobody")
    told = sandbox.get("GET /__admin/coverage")
    assert {"GET /v1/leads/", "PUT /v1/leads/{id}"} <= {*told["operations"]["names"]}
    assert "GET /v1/leads/{id} 404" in told["statuses"]["names"]
    assert 0 < told["operations"]["seen"] < told["operations"]["total"]
    assert told["pms"]["seen"] >= 1
    assert all(each["operation"] in told["operations"]["names"] for each in told["assumptions"])


@pytest.mark.parametrize(("calls", "found"), [(9, []), (10, ["ignored-the-slow-down"])])
def test_going_on_until_no_call_is_left_is_found(
    sandbox: Any, calls: int, found: list[str]
) -> None:
    settings = {"rate_limit": 10, "strict": False}
    sandbox.get("POST /__admin/worlds", {"name": sandbox.name, "settings": settings})
    for _ in range(calls):
        sandbox.get("GET /v1/leads/?limit=1")
    pass_time(sandbox, "1m")
    sandbox.get("GET /v1/leads/?limit=1")
    assert rules(sandbox) == found
