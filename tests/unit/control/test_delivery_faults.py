"""Can a caller spoil deliveries, and let them be again?"""

from typing import Any

import pytest

from mock_server.apis.leadpro.webhooks import TABLE as LEADPRO
from mock_server.engine.delivery_faults import EFFECTS, RESOURCE

FAULTS = "/sandbox/webhooks/faults"
ADD, LIST, CLEAR = f"POST {FAULTS}", f"GET {FAULTS}", f"DELETE {FAULTS}"


@pytest.fixture
def leadpro_webhook(sandbox: Any) -> str:
    """Give this world a webhook of LeadPro's, and return its id."""
    with sandbox.world() as world:
        return str(world.collection(LEADPRO).add({"id": "mine", "active": True})["id"])


@pytest.fixture
def propexo_webhook(sandbox: Any) -> str:
    """Return the id of a webhook that Propexo has from the start."""
    return str(sandbox.get("GET /v1/webhooks/?active=")["results"][0]["id"])


def effects(sandbox: Any, query: str = "") -> list[str]:
    return [each["effect"] for each in sandbox.get(f"{LIST}?{query}")["results"]]


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_can_be_had_and_is_kept(effect: str, sandbox: Any) -> None:
    made = sandbox.get(ADD, {"effect": effect})
    nothing = dict.fromkeys(("api", "event", "webhook_id", "seconds", "times"))
    assert made | nothing | {"effect": effect, "used": 0} == made
    assert made["created_at"] == "2026-03-01T09:00:00.000Z"
    assert sandbox.get(LIST) == {"total": 1, "results": [made]}


def test_the_contract_names_the_effects_and_fields_that_there_are(sandbox: Any) -> None:
    root = sandbox.client.get("/openapi/sandbox.json").json
    said = root["paths"][FAULTS]["post"]["requestBody"]["content"]["application/json"]["schema"]
    shown = root["components"]["schemas"]["DeliveryFault"]
    assert said["properties"]["effect"]["enum"] == [*EFFECTS]
    assert all(effect in said["properties"]["effect"]["description"] for effect in EFFECTS)
    assert shown["properties"]["effect"]["enum"] == [*EFFECTS]
    assert [*shown["properties"]] == shown["required"] == [*RESOURCE.fields]
    assert {*said["properties"]} == {*RESOURCE.fields} - {"id", "created_at", "used"}


@pytest.mark.parametrize("effect", ["delay", "reorder"])
def test_all_that_is_said_is_kept(effect: str, sandbox: Any, propexo_webhook: str) -> None:
    said = {
        "effect": effect,
        "api": "propexo",
        "event": "DATA_NEW",
        "webhook_id": propexo_webhook,
        "seconds": 2.5,
        "times": 3,
    }
    assert sandbox.get(ADD, said) | said == sandbox.get(LIST)["results"][0]


def test_a_fault_spoils_what_is_told_after_it(sandbox: Any, leadpro_webhook: str) -> None:
    with sandbox.world() as world:
        webhook = {"url": "https://hooks.example.com/in", "events": ["lead.created"]}
        world.collection(LEADPRO).patch(leadpro_webhook, webhook)
    sandbox.get(ADD, {"effect": "lose", "webhook_id": leadpro_webhook, "times": 1})
    lead = {"type": "sale", "first_name": "Ada", "last_name": "Hale", "phone": "07700900123"}
    sandbox.get("POST /api/v103/leads", {**lead, "email": "ada@example.com"})
    [lost] = sandbox.get("GET /__admin/deliveries")["results"]
    assert (lost["state"], lost["spoiled_by"]) == ("lost", "lose")
    assert sandbox.get(LIST)["results"][0]["used"] == 1


def test_they_are_listed_in_the_order_in_which_they_apply(sandbox: Any) -> None:
    for effect in ("lose", "delay", "reorder"):
        sandbox.get(ADD, {"effect": effect})
    assert effects(sandbox) == ["lose", "delay", "reorder"]
    assert effects(sandbox, "offset=1&limit=1") == ["delay"]


def test_one_or_all_of_them_are_removed(sandbox: Any) -> None:
    made = [sandbox.get(ADD, {"effect": each})["id"] for each in ("lose", "delay", "reorder")]
    assert sandbox.get(f"{CLEAR}/{made[1]}") == {"removed": 1}
    assert effects(sandbox) == ["lose", "reorder"]
    assert sandbox.missed(f"{CLEAR}/{made[1]}") == f"no delivery fault has the id {made[1]!r}"
    assert [sandbox.get(CLEAR), sandbox.get(CLEAR)] == [{"removed": 2}, {"removed": 0}]
    assert effects(sandbox) == []


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ({}, "effect is required"),
        ({"effect": "loose"}, "effect must be one of duplicate, delay, reorder, lose"),
        ({"effect": "lose", "event": "data_new"}, "did you mean DATA_NEW?"),
        ({"effect": "lose", "event": "DATA_NEW", "api": "leadpro"}, "no leadpro event 'DATA_NEW'"),
        ({"effect": "lose", "webhook_id": "mein"}, "no webhook 'mein'; did you mean mine?"),
        ({"effect": "lose", "event": "DATA_NEW", "webhook_id": "mine"}, "no propexo webhook"),
        ({"effect": "lose", "api": "propexo", "webhook_id": "mine"}, "no propexo webhook 'mine'"),
        ({"effect": "lose", "seconds": 3}, "seconds: is for delay and reorder, not for lose"),
        ({"effect": "delay", "seconds": -1}, "seconds must be at least 0"),
        ({"effect": "delay", "seconds": 1e9}, "seconds must be at most 31536000"),
        ({"effect": "lose", "times": 0}, "times must be at least 1"),
        ({"effect": "lose", "integration_id": "x"}, "integration_id is not a known field"),
        ({"effect": "wrong_signature", "api": "leadpro"}, "does not sign its webhooks"),
        ({"effect": "wrong_signature", "webhook_id": "mine"}, "does not sign its webhooks"),
    ],
)
def test_a_fault_that_could_do_nothing_is_refused(
    said: dict[str, Any], advice: str, sandbox: Any, leadpro_webhook: str
) -> None:
    assert leadpro_webhook == "mine"
    assert advice in sandbox.refused(ADD, said)
    assert effects(sandbox) == []


def test_a_reset_forgets_them(sandbox: Any) -> None:
    sandbox.get(ADD, {"effect": "lose"})
    sandbox.get("POST /__admin/reset")
    assert effects(sandbox) == []
