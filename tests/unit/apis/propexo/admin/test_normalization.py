"""Is it told which words stand for which normalized values?"""

from collections.abc import Callable
from typing import Any

import pytest

KEY = "GET /v1/admin/normalization/{model}/{field}"
PAIRS = [
    ("leases", "status", "EVICTED"),
    ("residents", "type", "GUARANTOR"),
    ("billing", "payment-method", "CASHIERCHECK"),
    ("properties", "type", "STUDENT_HOUSING"),
    ("applicants", "status", "DENIED"),
    ("applicants", "type", "SECONDARY"),
]


@pytest.mark.parametrize(("model", "field", "value"), PAIRS)
def test_each_pair_has_a_mapping(model: str, field: str, value: str, propexo: Any) -> None:
    said = propexo.get(KEY, query="integration_vendor=YARDI", model=model, field=field)["results"]
    assert (said["is_custom_mapping"], said["default_value"]) == (False, "OTHER")
    assert value in said["mappings"].values()


def test_the_words_of_seeded_leases_are_mapped(propexo: Any) -> None:
    query = "integration_vendor=ENTRATA"
    said = propexo.get(KEY, query=query, model="leases", field="status")["results"]
    leases = propexo.get("GET /v1/leases/", query="limit=250")["results"]
    for each in leases:
        mapped = said["mappings"].get(each["status_raw"], said["default_value"])
        assert mapped == each["status_normalized"]


def test_another_pair_is_missing(propexo: Any) -> None:
    said = propexo.missed(KEY, query="integration_vendor=YARDI", model="leases", field="type")
    assert said.startswith("leases/type is not normalized; these are: leases/status, ")


def test_the_vendor_has_to_be_named(propexo: Any, issues: Callable[[Any], Any]) -> None:
    refused = propexo.refused(KEY, model="leases", field="status")
    assert issues(refused) == [("integration_vendor", "Required")]


def test_the_integration_has_to_be_one_of_the_vendor(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    path = {"model": "leases", "field": "status"}
    fits = f"integration_vendor=ENTRATA&integration_id={integration['id']}"
    propexo.get(KEY, query=fits, **path)
    other = f"integration_vendor=YARDI&integration_id={integration['id']}"
    advice = f"the integration {integration['id']!r} is ENTRATA, not YARDI"
    assert issues(propexo.refused(KEY, query=other, **path)) == [("integration_id", advice)]
    none = "integration_vendor=YARDI&integration_id=cnothing"
    advice = "no integration has the id 'cnothing'"
    assert issues(propexo.refused(KEY, query=none, **path)) == [("integration_id", advice)]
