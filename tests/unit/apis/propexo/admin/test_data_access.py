"""Is it told what credentials give access to, and when that was checked?"""

from collections.abc import Callable
from typing import Any

import pytest

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.pms import health

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


@pytest.mark.parametrize("works", [True, False])
def test_a_check_finds_out_whether_the_credentials_are_good(
    works: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
    connect: Callable[..., Any],
) -> None:
    made = connect()
    with propexo.desk.world() as world:
        health.set_login(world, records(world, "integrations").get(made["id"]), works=works)
    propexo.get(f"POST {ACCESS}", {}, integration_id=made["id"])
    read = propexo.get(f"GET {ACCESS}", integration_id=made["id"])["result"]["models"]["leads"]
    assert read["read"]["status"] == ("SUCCESS" if works else "FAILED")
    assert bool(read["read"]["error_message"]) is not works
    assert read["create"] == read["read"]
    key = "GET /v1/admin/integrations/{integration_id}/"
    found = propexo.get(key, integration_id=made["id"])["results"]
    assert found["can_authenticate"] is works


def test_a_model_that_is_switched_off_is_not_tested(
    propexo: Any, connect: Callable[..., Any]
) -> None:
    made = connect()
    with propexo.desk.world() as world:
        known = records(world, "integrations").get(made["id"])["models"]
        models = {**known, "leads": {**known["leads"], "enabled": False}}
        records(world, "integrations").patch(made["id"], {"models": models})
    propexo.get(f"POST {ACCESS}", {}, integration_id=made["id"])
    found = propexo.get(f"GET {ACCESS}", integration_id=made["id"])["result"]["models"]
    assert found["leads"] == dict.fromkeys(("read", "create", "update"), UNTRIED)
    assert found["units"]["read"] == WORKS


def test_an_unknown_integration_has_no_access(propexo: Any) -> None:
    for key in (f"GET {ACCESS}", f"POST {ACCESS}"):
        said = propexo.missed(key, {}, integration_id="cnothing")
        assert said == "no integration has the id 'cnothing'"
