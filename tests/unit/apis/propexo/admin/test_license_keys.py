"""Is an Entrata API key shown masked, and refused once it has expired?"""

from typing import Any

import pytest

SET = "PUT /v1/admin/license-keys/entrata"


@pytest.mark.parametrize(
    ("last", "status"),
    [("2026-03-01", "EXPIRING_SOON"), ("2026-03-31", "EXPIRING_SOON"), ("2026-04-01", "VALID")],
)
def test_a_key_is_masked_and_says_whether_it_is_valid(last: str, status: str, propexo: Any) -> None:
    results = propexo.get(SET, {"api_key": "secret-1234", "expires_at": last})["results"]
    assert results == {
        "system": "SANDBOX",
        "expires_at": last,
        "api_key_masked": "*******1234",
        "status": status,
    }


def test_a_key_that_has_expired_is_refused(propexo: Any, issues: Any) -> None:
    refused = propexo.refused(SET, {"api_key": "k", "expires_at": "2026-02-28"})
    advice = "must be today or later; today is 2026-03-01 in UTC"
    assert issues(refused) == [("expires_at", advice)]


def test_a_key_is_not_empty(propexo: Any, issues: Any) -> None:
    ((field, _),) = issues(propexo.refused(SET, {"api_key": "", "expires_at": "2026-03-01"}))
    assert field == "api_key"
