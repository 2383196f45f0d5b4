"""Can a caller see how a property system is, and change that and what Propexo reads of it?"""

from typing import Any

import pytest

PROPERTYWARE = "intg_9f8b7c6d5e4a3b2c1d0e"
PMS = f"/sandbox/pms/{PROPERTYWARE}"
INTEGRATION = f"/v1/admin/integrations/{PROPERTYWARE}"


def ending(sandbox: Any) -> tuple[str, list[str]]:
    """Rename a lead and return what has become of it."""
    leads = sandbox.get(f"GET /v1/leads/?integration_id={PROPERTYWARE}&limit=1")["results"]
    job_id = sandbox.get(f"PUT /v1/leads/{leads[0]['id']}", {"last_name": "Okafor"})["job_id"]
    sandbox.machine.advance(seconds=2)
    found = sandbox.get(f"GET /v1/admin/write-status/{job_id}")
    return found["write_status"], found["errors"]


def test_a_system_that_nobody_touched_is_well(sandbox: Any) -> None:
    found = sandbox.get(f"GET {PMS}")
    assert {"leads", "properties"} <= set(found.pop("models"))
    assert found == {
        "integration_id": PROPERTYWARE,
        "vendor": "PROPERTYWARE_REST",
        "login_works": True,
        "down_until": None,
        "unread": 0,
        "models_switched_off": [],
    }


def test_writes_fail_while_the_login_is_broken(sandbox: Any) -> None:
    assert sandbox.get(f"PUT {PMS}/login", {"works": False})["login_works"] is False
    status, errors = ending(sandbox)
    assert status == "FAILURE"
    assert errors
    assert sandbox.get(f"GET {INTEGRATION}/")["results"]["can_authenticate"] is False
    assert sandbox.get(f"PUT {PMS}/login", {"works": True})["login_works"] is True
    assert ending(sandbox) == ("SUCCESS", [])
    assert sandbox.get(f"GET {INTEGRATION}/")["results"]["can_authenticate"] is True


def test_a_system_is_down_for_as_long_as_was_said(sandbox: Any) -> None:
    found = sandbox.get(f"PUT {PMS}/down", {"for": "1h"})
    assert found["down_until"] == "2026-03-01T10:00:00.000Z"
    assert ending(sandbox)[0] == "FAILURE"
    sandbox.machine.advance(hours=1)
    assert sandbox.get(f"GET {PMS}")["down_until"] is None
    assert ending(sandbox)[0] == "SUCCESS"


def test_a_system_that_is_down_is_brought_back(sandbox: Any) -> None:
    sandbox.get(f"PUT {PMS}/down", {"for": "1d"})
    assert sandbox.get(f"PUT {PMS}/down", {"for": None})["down_until"] is None
    assert ending(sandbox)[0] == "SUCCESS"


def test_what_is_switched_off_is_not_read(sandbox: Any) -> None:
    found = sandbox.get(f"PUT {PMS}/models", {"leads": False, "units": True})
    assert found["models_switched_off"] == ["leads"]
    for model in ("leads", "properties"):
        sandbox.get(f"POST {PMS}/{model}", {"notes": "new"})
    sandbox.get(f"POST {INTEGRATION}/manual-sync", {})
    sandbox.machine.advance(seconds=5)
    assert sandbox.get(f"GET {PMS}")["unread"] == 1
    assert sandbox.get(f"PUT {PMS}/models", {"leads": True})["models_switched_off"] == []


def test_the_integration_shows_which_models_are_read(sandbox: Any) -> None:
    before = sandbox.get(f"GET {INTEGRATION}/")["results"]["models"]
    assert before["leads"]["enabled"]
    assert "leases" not in before
    sandbox.get(f"PUT {PMS}/models", {"leads": False, "leases": False})
    after = sandbox.get(f"GET {INTEGRATION}/")["results"]["models"]
    assert after["leads"] == {**before["leads"], "enabled": False}
    assert after["leases"] == {"from_interfaces": [], "enabled": False}
    assert after["properties"] == before["properties"]


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("login", {"works": "no"}, "works must be a boolean, not string"),
        ("login", {}, "works is required"),
        ("down", {}, "for is required"),
        ("down", {"for": "2"}, "for must be like 1h30m"),
        ("down", {"for": "53w"}, "for: must be a year at most, 366d"),
        ("models", {"lead": False}, "lead: there is no model 'lead'; did you mean leads?"),
        ("models", {"leads": 0}, "leads must be a boolean, not integer"),
    ],
)
def test_what_cannot_be_followed_is_refused(
    sandbox: Any, path: str, body: dict[str, Any], said: str
) -> None:
    before = sandbox.get(f"GET {PMS}")
    assert sandbox.refused(f"PUT {PMS}/{path}", body) == said
    assert sandbox.get(f"GET {PMS}") == before


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("GET /sandbox/pms/intg-98765432", None),
        ("PUT /sandbox/pms/intg-98765432/login", {"works": True}),
        ("PUT /sandbox/pms/intg-98765432/down", {"for": None}),
        ("PUT /sandbox/pms/intg-98765432/models", {}),
    ],
)
def test_a_system_that_is_not_connected_is_not_found(sandbox: Any, call: str, body: Any) -> None:
    said = "there is no integration 'intg-98765432'; did you mean intg-987654321?"
    assert sandbox.missed(call, body) == said


def test_a_system_that_was_never_synced_holds_what_its_first_sync_brings(sandbox: Any) -> None:
    body = {
        "integration_vendor": "APPFOLIO",
        "credentials": {"clientId": "c", "clientSecret": "s3cr3t", "developerId": "d"},
        "name": "West coast",
    }
    made = sandbox.get("POST /v1/admin/integrations/", body)["result"]["id"]
    found = sandbox.get(f"GET /sandbox/pms/{made}")
    held = sandbox.get(f"GET /sandbox/pms/{made}/leads")
    assert found["unread"] == sandbox.get(f"GET /sandbox/pms/{made}")["unread"] > 0
    sandbox.get(f"PUT /v1/admin/integrations/{made}/", {"active": True})
    sandbox.machine.advance(seconds=5)
    read = sandbox.get(f"GET /v1/leads/?integration_id={made}&limit=250")["results"]
    assert {each["id"] for each in read} == {each["id"] for each in held["results"]}
    assert sandbox.get(f"GET /sandbox/pms/{made}")["unread"] == 0


def test_of_very_many_unknown_models_a_hundred_are_told(sandbox: Any) -> None:
    sent = {f"m{number}": True for number in range(60_000)}
    status, said = sandbox.ask(f"PUT {PMS}/models", sent)
    assert status == 400
    assert [each["path"] for each in said["problems"][:-1]] == sorted(sent)[:100]
    assert said["problems"][-1] == {"path": "", "message": "and 59,900 more problems"}
