"""Does a third vendor take no more than its folder and one line, and keep its promises?"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from mock_server import app as composition
from mock_server.app import VENDORS
from mock_server.serving import banner
from mock_server.web.control_token import Exposure
from tests.contract import test_every_operation
from tests.contract.case import MORNING, Case
from tests.contract.third_vendor import vendor
from tests.contract.third_vendor.vendor import ARRANGED

CREDENTIAL = {"x-homefinder-key": "sandbox_third"}
VIEWINGS = "/homefinder/v2/viewings"
LISTED, ADDED = f"GET {VIEWINGS}", f"POST {VIEWINGS}"
FETCHED, CANCELLED = f"GET {VIEWINGS}/{{id}}", f"DELETE {VIEWINGS}/{{id}}"
ALL = [LISTED, ADDED, FETCHED, CANCELLED]


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    """Return an application that a line more has given a third vendor."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(composition, "VENDORS", (*VENDORS, vendor.api))
        patch.setattr(composition, "every_api", composition.every_api.__wrapped__)
        made = composition.create_app(
            access_log=False, leads=0, machine=lambda: MORNING, scheduled_syncs=False
        )
        made.extensions["mock_server"].on_stir = lambda: None
        yield made
        made.extensions["mock_server"].close()


@pytest.fixture(scope="module")
def third() -> Any:
    return composition.apis_of((*VENDORS, vendor.api))[2]


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize(
    "promise",
    [
        test_every_operation.test_it_is_classified_with_evidence_and_a_source,
        test_every_operation.test_a_valid_call_is_answered_as_promised,
        test_every_operation.test_without_a_credential_it_refuses,
        test_every_operation.test_with_a_bad_credential_it_refuses,
        test_every_operation.test_a_closing_slash_makes_no_difference,
        test_every_operation.test_another_method_is_refused_with_those_that_are_taken,
    ],
    ids=lambda each: each.__name__,
)
def test_it_keeps_every_promise_of_an_operation(
    app: Flask, third: Any, promise: Callable[[Case], None], key: str
) -> None:
    case = Case(app, third, third.catalogue[key], "third")
    promise(case)
    case.worlds.reset("third")


def test_its_records_are_seeded_listed_and_filtered(app: Flask) -> None:
    client = app.test_client()
    listed = client.get(f"{VIEWINGS}?limit=2", headers=CREDENTIAL).json
    assert (listed["total"], [each["id"] for each in listed["viewings"]]) == (
        3,
        ["viewing-1", "viewing-2"],
    )
    [found] = client.get(f"{VIEWINGS}?home=Station House", headers=CREDENTIAL).json["viewings"]
    assert client.get(f"{VIEWINGS}/{found['id']}", headers=CREDENTIAL).json == found


def test_what_is_missing_or_unknown_is_named_in_its_own_shape(app: Flask) -> None:
    client = app.test_client()
    refused = client.post(VIEWINGS, headers=CREDENTIAL, json={"home": "Mill", "visitr": "Una"})
    assert refused.status_code == 400
    assert "visitr" in refused.json["error"]["message"]
    missing = client.get(f"{VIEWINGS}/nobody", headers=CREDENTIAL)
    assert missing.status_code == 404
    assert "nobody" in missing.json["error"]["message"]


def test_its_credential_selects_the_world_of_the_control_api_too(app: Flask) -> None:
    assert app.test_client().get("/__admin/clock", headers=CREDENTIAL).json["world"] == "third"


def test_its_webhooks_are_fired_spoiled_and_tried_again_in_its_own_rhythm(app: Flask) -> None:
    client, worlds = app.test_client(), app.extensions["mock_server"]
    with worlds.turn("third") as world:
        hook = {"id": "h1", "url": "http://localhost/h", "active": True, "events": [ARRANGED]}
        world.collection(vendor.HOOKS).add(hook)
    fault = {"effect": "lose", "api": "homefinder", "times": 1}
    made = client.post("/sandbox/webhooks/faults", headers=CREDENTIAL, json=fault)
    assert made.status_code == 200, made.text
    order = {"event": ARRANGED, "body": {"for": "a test"}}
    for _ in range(2):
        client.post("/sandbox/webhooks/fire", headers=CREDENTIAL, json=order)
    log = client.get("/__admin/deliveries?api=homefinder", headers=CREDENTIAL).json["results"]
    assert [each["state"] for each in log] == ["leaving", "lost"]
    with worlds.turn("third") as world:
        kept = world.collection("deliveries").get(log[0]["id"])
    assert (kept["most_retries"], kept["retry_seconds"]) == (2, 60)
    worlds.reset("third")


def test_it_is_served_told_and_documented_like_the_others(app: Flask, third: Any) -> None:
    client = app.test_client()
    assert client.get("/openapi/homefinder.json").json["info"]["title"] == "Homefinder viewings"
    said = banner.as_text("http://127.0.0.1:8080", [third], Exposure())
    assert 'curl -H "x-homefinder-key: sandbox_me"' in said
    assert client.get("/homefinder/v2/viewing", headers=CREDENTIAL).status_code == 404
