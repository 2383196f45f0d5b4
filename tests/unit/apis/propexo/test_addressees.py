"""Is an integration refused by the operations of the other family, and by other vendors'?"""

from collections.abc import Callable
from typing import Any

import pytest

PROPERTYWARE = "intg_9f8b7c6d5e4a3b2c1d0e"
First, Issues = Callable[..., Any], Callable[[Any], Any]


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("POST /v1/leads/", {"first_name": "Ada", "last_name": "Okafor"}),
        ("POST /v1/appointment-availability/", {}),
    ],
)
def test_a_crm_is_refused_where_a_pms_is_meant(
    key: str, body: Any, propexo: Any, first: First, issues: Issues
) -> None:
    knock = first("integrations", "KNOCK")["id"]
    refused = propexo.refused(key, {"integration_id": knock, **body})
    advice = "the integration is KNOCK, a CRM, but this operation is for a PMS"
    assert issues(refused) == [("integration_id", advice)]


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("POST /crm/v1/prospects/", {"email_1": "ada@example.com"}),
        ("POST /crm/v1/appointment-availability/", {}),
    ],
)
def test_a_pms_is_refused_where_a_crm_is_meant(
    key: str, body: Any, propexo: Any, issues: Issues
) -> None:
    refused = propexo.refused(key, {"integration_id": PROPERTYWARE, **body})
    advice = "the integration is PROPERTYWARE_REST, a PMS, but this operation is for a CRM"
    assert issues(refused) == [("integration_id", advice)]


def test_another_vendor_is_named_even_when_the_rest_belongs_elsewhere(
    propexo: Any, first: First, issues: Issues
) -> None:
    communities = propexo.get("GET /crm/v1/communities/", query="integration_vendor=KNOCK")
    attributions = propexo.get("GET /crm/v1/attributions/", query="integration_vendor=KNOCK")
    body = {
        "integration_id": first("integrations", "FUNNEL")["id"],
        "community_id": communities["results"][0]["id"],
        "attribution_id": attributions["results"][0]["id"],
        "email_1": "ada@example.com",
    }
    refused = propexo.refused("POST /crm/v1/prospects/knock", body)
    advice = "the integration is FUNNEL, but this operation is for KNOCK alone"
    assert issues(refused) == [("integration_id", advice)]


def test_integrations_of_both_families_are_administered_alike(propexo: Any, first: First) -> None:
    for vendor in ("KNOCK", "YARDI"):
        integration = first("integrations", vendor)
        key = "GET /v1/admin/integrations/{integration_id}/"
        assert propexo.get(key, integration_id=integration["id"])["results"]["vendor"] == vendor
