"""Is a job schedule found under its own integration only?"""

from collections.abc import Callable
from typing import Any

LIST = "GET /v1/admin/integrations/{integration_id}/job-schedules/"
FETCH = LIST + "{job_schedule_id}/"


def test_a_schedule_is_found_under_its_integration(
    propexo: Any, integration: dict[str, Any]
) -> None:
    (schedule,) = propexo.get(LIST, integration_id=integration["id"])["results"]
    assert (schedule["status"], schedule["sync_frequency"]) == ("ACTIVE", 12)
    assert schedule["last_run"] == integration["last_completed_sync"]
    found = propexo.get(FETCH, integration_id=integration["id"], job_schedule_id=schedule["id"])
    assert found["results"] == schedule


def test_a_schedule_is_not_found_under_another(
    propexo: Any, integration: dict[str, Any], first: Callable[..., Any]
) -> None:
    (schedule,) = propexo.get(LIST, integration_id=integration["id"])["results"]
    other = first("integrations", "YARDI")
    said = propexo.missed(FETCH, integration_id=other["id"], job_schedule_id=schedule["id"])
    assert said == f"no job schedule has the id {schedule['id']!r} in this integration"


def test_an_unknown_schedule_is_missing(propexo: Any, integration: dict[str, Any]) -> None:
    said = propexo.missed(FETCH, integration_id=integration["id"], job_schedule_id="cnothing")
    assert said == "no job schedule has the id 'cnothing'"
