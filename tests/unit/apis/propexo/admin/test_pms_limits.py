"""Are a PMS's own limits told in its own shape?"""

from collections.abc import Callable
from typing import Any

import pytest

LIMITS = "GET /v1/admin/integrations/{integration_id}/rate-limits/"


def test_entrata_tells_them_by_interface(propexo: Any, integration: dict[str, Any]) -> None:
    results = propexo.get(LIMITS, integration_id=integration["id"])["results"]
    assert results["integration_id"] == integration["id"]
    names = [each["interface_name"] for each in integration["integration_interfaces"]]
    assert [each["api"] for each in results["api_ratelimits"]] == names


@pytest.mark.parametrize(("vendor", "is_told"), [("RENTMANAGER", True), ("YARDI", False)])
def test_others_tell_one_by_the_minute_if_any(
    vendor: str,
    is_told: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    first: Callable[..., Any],
) -> None:
    integration = first("integrations", vendor)
    results = propexo.get(LIMITS, integration_id=integration["id"])["results"]
    assert list(results) == ["integration_id", "updated_at", "minute_limit"]
    assert (results["minute_limit"] is not None) is is_told


def test_an_unknown_integration_has_none(propexo: Any) -> None:
    said = "no integration has the id 'cnothing'"
    assert propexo.missed(LIMITS, integration_id="cnothing") == said
