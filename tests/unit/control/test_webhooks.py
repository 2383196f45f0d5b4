"""Are events and webhooks found with either vendor, and mistakes named?"""

from typing import Any

import pytest

from mock_server.app import every_api
from mock_server.control.webhooks import EveryWebhook
from mock_server.engine.refusals import Invalid

WEBHOOKS = EveryWebhook({each.name: each.webhooks for each in every_api() if each.webhooks})


@pytest.mark.parametrize(
    ("event", "api", "apis"),
    [
        (None, None, ["propexo", "leadpro"]),
        (None, "leadpro", ["leadpro"]),
        ("DATA_NEW", None, ["propexo"]),
        ("lead.created", None, ["leadpro"]),
        ("lead.updated", "leadpro", ["leadpro"]),
    ],
)
def test_an_event_tells_whose_it_is(event: str | None, api: str | None, apis: list[str]) -> None:
    assert WEBHOOKS.apis_with(event, api) == apis


@pytest.mark.parametrize(
    ("event", "api", "advice"),
    [
        ("DATA_NWE", None, "there is no event 'DATA_NWE'; did you mean DATA_NEW?"),
        ("lead.made", "leadpro", "there is no leadpro event 'lead.made'; did you mean lead."),
        (
            "DATA_NEW",
            "leadpro",
            "there is no leadpro event 'DATA_NEW'; there is lead.created and lead.updated",
        ),
    ],
)
def test_an_event_that_nobody_tells_of_is_refused(event: str, api: str | None, advice: str) -> None:
    with pytest.raises(Invalid) as refused:
        WEBHOOKS.apis_with(event, api)
    [problem] = refused.value.problems
    assert problem.path == ("event",)
    assert problem.advice.startswith(advice)


def test_an_id_names_the_webhook_of_either_vendor(sandbox: Any) -> None:
    with sandbox.world() as world:
        for api, each in WEBHOOKS.items():
            webhook = world.collection(each.table).add({"id": f"my-{api}"})
            assert WEBHOOKS.webhook_of(world, f"my-{api}", WEBHOOKS) == (api, webhook)


def test_a_webhook_is_looked_for_only_where_it_is_asked_for(sandbox: Any) -> None:
    with sandbox.world() as world:
        world.collection(WEBHOOKS["leadpro"].table).add({"id": "mine"})
        with pytest.raises(Invalid) as refused:
            WEBHOOKS.webhook_of(world, "mine", ["propexo"])
        with pytest.raises(Invalid) as nearly:
            WEBHOOKS.webhook_of(world, "mnie", WEBHOOKS)
    assert refused.value.problems[0].advice.startswith("there is no propexo webhook 'mine';")
    assert nearly.value.problems[0].advice == "there is no webhook 'mnie'; did you mean mine?"


def test_a_vendor_without_webhooks_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        WEBHOOKS.apis_with("DATA_NEW", "propxo")
    [problem] = refused.value.problems
    assert problem.path == ("api",)
    assert problem.advice == "there is no vendor with webhooks 'propxo'; did you mean propexo?"
