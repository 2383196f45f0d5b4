"""Can a caller ask which calls were made, wait for them, and compare them with what is expected?"""

from typing import Any

import pytest

LIST, VERIFY = "GET /__admin/calls", "POST /__admin/calls/verify"
SENT = {"type": "sale", "first_name": "Ada", "last_name": "Byron", "phone": "07700900123"}


@pytest.fixture
def called(sandbox: Any) -> Any:
    """Return a sandbox in whose world four calls were made."""
    sandbox.ask("GET /api/v103/offices")
    sandbox.ask("POST /api/v103/leads", {**SENT, "email": "ada@example.com"})
    sandbox.ask("POST /api/v103/leads", SENT)
    sandbox.ask("GET /api/v103/nothing")
    return sandbox


def numbers(sandbox: Any, query: str = "") -> list[int]:
    return [each["number"] for each in sandbox.get(f"{LIST}?{query}")["results"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3, 4]),
        ("operation=POST /api/v103/leads/", [2, 3]),
        ("status=400", [3]),
        ("api=propexo", []),
        ("after=2", [3, 4]),
        ("after=1&limit=2", [2, 3]),
        ("limit=2", [3, 4]),
        ("limit=2&offset=1", [2, 3]),
        ("after=4&wait=0.001", []),
        ("after=3&wait=60", [4]),
    ],
)
def test_calls_are_listed_newest_last(called: Any, query: str, found: list[int]) -> None:
    assert numbers(called, query) == found


def test_a_page_tells_where_it_lies(called: Any) -> None:
    meta = called.get(f"{LIST}?limit=1&status=200")["meta"]
    assert meta == {"offset": 0, "limit": 1, "total": 2, "last_number": 4}


def test_a_brief_list_leaves_out_headers_and_bodies(called: Any) -> None:
    whole = called.get(f"{LIST}?status=400")["results"][0]
    brief = called.get(f"{LIST}?status=400&brief=true")["results"][0]
    for part in ("request", "reply"):
        assert whole[part]["headers"]
        assert whole[part]["body"]
        assert brief[part] == {**whole[part], "headers": {}, "body": None}


def test_an_operation_that_nobody_serves_is_named_with_the_nearest(called: Any) -> None:
    assert "did you mean GET /v1/leads/" in called.refused(f"{LIST}?operation=GET /v1/leeds")
    assert "POST /api/v103/leads" in called.refused(VERIFY, {"operation": "POST /api/v103/lead"})


@pytest.mark.parametrize(
    ("expected", "holds"),
    [
        ({"operation": "POST /api/v103/leads"}, True),
        ({"operation": "POST /api/v103/leads", "exactly": 1}, False),
        ({"operation": "POST /api/v103/leads", "status": 200, "exactly": 1}, True),
        ({"operation": "POST /api/v103/leads", "at_most": 1}, False),
        ({"body": {"email": "ada@example.com"}, "after": 2, "never": True}, True),
        ({"in_order": [{"status": 200}, {"status": 400}, {"status": 404}]}, True),
        ({"in_order": [{"status": 400}, {"status": 200}]}, False),
    ],
)
def test_calls_are_compared_with_what_is_expected(called: Any, expected: Any, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    assert called.get(VERIFY, expected)["holds"] is holds


def test_a_failed_expectation_names_the_nearest_call_and_what_differs(called: Any) -> None:
    expected = {"operation": "POST /api/v103/leads", "body": {"email": "bob@example.com"}}
    verdict = called.get(VERIFY, expected)
    assert verdict["message"] == "expected at least 1 call like this, found 0"
    assert verdict["nearest"][0] == {
        "number": 3,
        "operation": "POST /api/v103/leads",
        "status": 400,
        "differences": ['body.email is missing, expected "bob@example.com"'],
    }


def test_two_numbers_cannot_be_expected_at_once(called: Any) -> None:
    assert "cannot stand beside exactly" in called.refused(VERIFY, {"exactly": 1, "at_most": 2})


def test_the_tokens_of_leadpro_are_counted_apart(sandbox: Any) -> None:
    for label, path in (("web", "offices"), ("web", "nothing"), ("app", "offices")):
        key = {"x-api-key": f"sandbox_{sandbox.name}.{label}"}
        sandbox.client.get(f"/api/v103/{path}", headers=key)
    sandbox.client.get(
        "/v1/leads/", headers={"Authorization": f"Bearer sandbox_{sandbox.name}.web"}
    )
    assert sandbox.get("GET /sandbox/leadpro/tokens") == {
        "total": 2,
        "results": [
            {"label": "app", "requests": 1, "successes": 1},
            {"label": "web", "requests": 2, "successes": 1},
        ],
    }


def test_a_world_that_is_removed_takes_its_calls_along(called: Any) -> None:
    called.get(f"DELETE /__admin/worlds/{called.name}")
    assert numbers(called) == []


def test_a_reset_begins_the_numbers_anew(called: Any) -> None:
    called.get("POST /__admin/reset")
    called.ask("GET /api/v103/statuses")
    assert numbers(called, "after=4") == [1]
