"""Is it told what credentials give access to, and when that was checked?"""

from collections.abc import Callable
from typing import Any

import pytest

ACCESS = "/v1/admin/integrations/{integration_id}/data-access"
WORKS = {"status": "SUCCESS", "error_message": None}
UNTRIED = {"untested": True}


def test_before_a_check_nothing_is_tested(propexo: Any, connect: Callable[..., Any]) -> None:
    made = connect()
    result = propexo.get(f"GET {ACCESS}", integration_id=made["id"])["result"]
    assert result["last_data_access_check"] is None
    assert result["models"]["leads"] == dict.fromkeys(("read", "create", "update"), UNTRIED)


@pytest.mark.parametrize("body", [None, {}])
def test_a_check_tells_what_is_documented_of_the_vendor(
    body: object, propexo: Any, connect: Callable[..., Any]
) -> None:
    made = connect()
    begun = propexo.get(f"POST {ACCESS}", body, integration_id=made["id"])
    assert begun == {"result": {"began_data_access": True}}
    result = propexo.get(f"GET {ACCESS}", integration_id=made["id"])["result"]
    assert result["last_data_access_check"] == "2026-03-01T09:00:00.000Z"
    assert result["data_access_check_in_process"] is False
    assert result["models"]["leads"] == {"read": WORKS, "create": WORKS, "update": WORKS}
    assert result["models"]["employees"] == {"read": WORKS, "create": UNTRIED, "update": UNTRIED}


def test_what_the_vendor_cannot_do_is_unsupported(
    propexo: Any, connect: Callable[..., Any]
) -> None:
    made = connect(integration_vendor="BUILDIUM", credentials={"clientId": "c", "secret": "s"})
    propexo.get(f"POST {ACCESS}", {}, integration_id=made["id"])
    models = propexo.get(f"GET {ACCESS}", integration_id=made["id"])["result"]["models"]
    cannot = {"unsupported": True}
    assert models["leads"] == {"read": WORKS, "create": cannot, "update": cannot}


def test_an_unknown_integration_has_no_access(propexo: Any) -> None:
    for key in (f"GET {ACCESS}", f"POST {ACCESS}"):
        said = propexo.missed(key, {}, integration_id="cnothing")
        assert said == "no integration has the id 'cnothing'"
