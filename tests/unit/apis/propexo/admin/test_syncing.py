"""Does a sync that is asked for leave its instant, and is it refused where it cannot be?"""

from collections.abc import Callable
from typing import Any

import pytest

ONE = "/v1/admin/integrations/{integration_id}"
FETCH, MANUAL, BACK = f"GET {ONE}/", f"POST {ONE}/manual-sync", f"POST {ONE}/back-sync"
NOW = "2026-03-01T09:00:00.000Z"


@pytest.mark.parametrize(
    ("key", "field"), [(MANUAL, "last_completed_sync"), (BACK, "last_completed_back_sync")]
)
def test_a_sync_leaves_the_instant_at_which_it_ended(
    key: str, field: str, propexo: Any, integration: dict[str, Any]
) -> None:
    ordered = {"models_to_sync": ["leads"]}
    assert propexo.get(key, ordered, integration_id=integration["id"]) == {
        "result": {"success": True}
    }
    found = propexo.get(FETCH, integration_id=integration["id"])["results"]
    assert {name for name in integration if found[name] != integration[name]} == {field}
    assert found[field] == NOW


def test_an_integration_that_is_off_is_not_synced(
    propexo: Any, connect: Callable[..., Any], issues: Callable[[Any], Any]
) -> None:
    made = connect()
    refused = propexo.refused(MANUAL, {}, integration_id=made["id"])
    advice = "the integration is switched off; update it with active true first"
    assert issues(refused) == [("integration_id", advice)]
    found = propexo.get(FETCH, integration_id=made["id"])["results"]
    assert found["last_completed_sync"] is None


def test_an_archived_integration_is_not_synced(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    propexo.get(f"DELETE {ONE}/", {}, integration_id=integration["id"])
    refused = propexo.refused(BACK, {}, integration_id=integration["id"])
    advice = "the integration has been archived, so it is no longer synced"
    assert issues(refused) == [("integration_id", advice)]


def test_a_model_that_cannot_be_synced_is_refused(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    ordered = {"models_to_sync": ["leads", "weather"]}
    refused = propexo.refused(MANUAL, ordered, integration_id=integration["id"])
    assert [path for path, _ in issues(refused)] == ["models_to_sync.1"]


def test_an_unknown_integration_cannot_be_synced(propexo: Any) -> None:
    said = "no integration has the id 'cnothing'"
    assert propexo.missed(MANUAL, {}, integration_id="cnothing") == said
