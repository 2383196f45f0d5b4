"""Are credentials compared with the shape of the vendor they are for?"""

from collections.abc import Callable
from typing import Any

import pytest

CREATE = "POST /v1/admin/integrations/"
UPDATE = "PUT /v1/admin/integrations/{integration_id}/"


def body(vendor: str, credentials: Any, **more: Any) -> dict[str, Any]:
    return {"integration_vendor": vendor, "credentials": credentials, "name": "New", **more}


@pytest.mark.parametrize(
    ("vendor", "credentials"),
    [
        ("ENTRATA", {"apiKey": "k", "companyId": "c"}),
        ("RENTMANAGER", {"Username": "u", "Password": "p", "companyId": "c"}),
        ("RENTMANAGER", {"PartnerToken": "t", "companyId": "c"}),
        ("YARDI_REST", {"whatever": "it takes"}),
    ],
)
def test_the_shape_of_the_vendor_is_accepted(vendor: str, credentials: Any, propexo: Any) -> None:
    assert propexo.get(CREATE, body(vendor, credentials))["result"]["vendor"] == vendor


def test_every_problem_is_told_at_once(propexo: Any, issues: Callable[[Any], Any]) -> None:
    sent = body("ENTRATA", {"apiKey": 5, "secret": "s"}, max_job_concurrency=101)
    del sent["name"]
    assert sorted(issues(propexo.refused(CREATE, sent))) == [
        ("credentials", "Unrecognized key(s) in object: 'secret'"),
        ("credentials.apiKey", "Expected string, received number"),
        ("credentials.companyId", "Required"),
        ("max_job_concurrency", "Number must be less than or equal to 100"),
        ("name", "Required"),
    ]


def test_the_shape_of_another_vendor_is_refused(propexo: Any, issues: Callable[[Any], Any]) -> None:
    refused = propexo.refused(CREATE, body("BUILDIUM", {"apiKey": "k", "companyId": "c"}))
    assert ("credentials.clientId", "Required") in issues(refused)


def test_one_of_two_shapes_has_to_fit(propexo: Any, issues: Callable[[Any], Any]) -> None:
    refused = propexo.refused(CREATE, body("RENTMANAGER", {"companyId": "c"}))
    assert issues(refused) == [("credentials", "Invalid input")]


def test_an_update_is_held_to_the_vendor_that_the_integration_has(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    changes = {"credentials": {"apiKey": "k"}}
    refused = propexo.refused(UPDATE, changes, integration_id=integration["id"])
    assert issues(refused) == [("credentials.companyId", "Required")]


@pytest.mark.parametrize("vendor", [["ENTRATA"], {"a": 1}, None, 5])
def test_a_vendor_of_no_sense_is_a_problem_like_any_other(vendor: Any, propexo: Any) -> None:
    propexo.refused(CREATE, body(vendor, {"apiKey": "k", "companyId": "c"}))
