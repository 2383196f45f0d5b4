"""Is a world brought back to its seeded state, and no other unless all are?"""

from dataclasses import replace
from typing import Any

import pytest

RESET, READ, ADVANCE = "POST /__admin/reset", "GET /__admin/clock", "POST /__admin/clock/advance"


@pytest.fixture
def another(sandbox: Any) -> Any:
    """Return a sandbox beside the test's own."""
    return replace(sandbox, name=f"{sandbox.name}too")


def hours(*desks: Any) -> list[str]:
    return [str(each.get(READ)["now"])[11:13] for each in desks]


def test_a_reset_brings_back_the_callers_world_alone(sandbox: Any, another: Any) -> None:
    for each in (sandbox, another):
        each.get(ADVANCE, {"by": "3h"})
    assert sandbox.get(RESET) == {"reset": [sandbox.name]}
    assert hours(sandbox, another) == ["09", "12"]


def test_a_reset_of_all_brings_back_every_world(sandbox: Any, another: Any) -> None:
    for each in (sandbox, another):
        each.get(ADVANCE, {"by": "3h"})
    assert {sandbox.name, another.name} <= {*sandbox.get(f"{RESET}?all=true")["reset"]}
    assert hours(sandbox, another) == ["09", "09"]


def test_a_reset_without_a_credential_has_to_say_that_all_are_meant(sandbox: Any) -> None:
    sandbox.get(ADVANCE, {"by": "3h"})
    refused = sandbox.client.post("/__admin/reset")
    assert refused.status_code == 401
    assert refused.json["error"].startswith("whose world? Send a credential")
    assert "WWW-Authenticate" in refused.headers
    assert hours(sandbox) == ["12"]
    assert sandbox.client.post("/__admin/reset?all=true").status_code == 200
    assert hours(sandbox) == ["09"]


@pytest.mark.parametrize("credential", ["sandbox_café", "", "undefined", "sandbox_a b"])
def test_a_credential_that_is_not_accepted_resets_nothing(sandbox: Any, credential: str) -> None:
    shared = replace(sandbox, name="default")
    shared.client.post("/__admin/clock", json={"freeze": True})
    refused = sandbox.client.post("/__admin/reset", headers={"x-api-key": credential})
    assert refused.status_code == 401
    clock = sandbox.client.get("/__admin/clock").json
    assert (clock["world"], clock["is_frozen"]) == ("default", True)


def test_a_word_that_is_no_truth_resets_nothing(sandbox: Any) -> None:
    sandbox.get(ADVANCE, {"by": "3h"})
    assert "all" in sandbox.refused(f"{RESET}?all=maybe")
    assert hours(sandbox) == ["12"]


def test_a_body_that_says_nothing_resets_the_callers_world(sandbox: Any) -> None:
    assert sandbox.get(RESET, {}) == {"reset": [sandbox.name]}


def test_a_body_that_says_something_resets_nothing(sandbox: Any) -> None:
    sandbox.get(ADVANCE, {"by": "3h"})
    assert sandbox.refused(RESET, {"all": True}) == "all is not a known field"
    assert hours(sandbox) == ["12"]
