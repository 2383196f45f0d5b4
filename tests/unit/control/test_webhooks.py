"""Are events and webhooks found with either vendor, and mistakes named?"""

from typing import Any

import pytest

from mock_server.control.webhooks import EVENTS, TABLES, apis_with, webhook_of
from mock_server.engine.refusals import Invalid


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
    assert apis_with(event, api) == apis


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
        apis_with(event, api)
    [problem] = refused.value.problems
    assert problem.path == ("event",)
    assert problem.advice.startswith(advice)


def test_an_id_names_the_webhook_of_either_vendor(sandbox: Any) -> None:
    with sandbox.world() as world:
        for api, table in TABLES.items():
            webhook = world.collection(table).add({"id": f"my-{api}"})
            assert webhook_of(world, f"my-{api}", EVENTS) == (api, webhook)


def test_a_webhook_is_looked_for_only_where_it_is_asked_for(sandbox: Any) -> None:
    with sandbox.world() as world:
        world.collection(TABLES["leadpro"]).add({"id": "mine"})
        with pytest.raises(Invalid) as refused:
            webhook_of(world, "mine", ["propexo"])
        with pytest.raises(Invalid) as nearly:
            webhook_of(world, "mnie", EVENTS)
    assert refused.value.problems[0].advice.startswith("there is no propexo webhook 'mine';")
    assert nearly.value.problems[0].advice == "there is no webhook 'mnie'; did you mean mine?"
