"""Are webhooks kept as they were ordered?"""

from collections.abc import Callable
from typing import Any

import pytest

LIST, CREATE = "GET /v1/webhooks/", "POST /v1/webhooks/"
ONE = "/v1/webhooks/{webhook_id}"
FETCH, UPDATE, DELETE = f"GET {ONE}", f"PUT {ONE}", f"DELETE {ONE}"
URL = "https://hooks.example.com/propexo"


@pytest.fixture
def order(propexo: Any) -> Callable[..., dict[str, Any]]:
    """Create a webhook."""

    def order(**settings: Any) -> dict[str, Any]:
        body = {"url": URL, "triggers": ["DATA_NEW", "SYNC_COMPLETE"], **settings}
        made: dict[str, Any] = propexo.get(CREATE, body)["result"]
        return made

    return order


def told(webhook: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(each["trigger"], each["model"]) for each in webhook["triggers"]]


def test_a_new_webhook_is_off_and_has_a_secret(
    propexo: Any, order: Callable[..., dict[str, Any]]
) -> None:
    made = order()
    assert (made["active"], made["headers"], made["system"]) == (False, [], "SANDBOX")
    assert len(made["secret"]) >= 10
    assert made["secret"] != order()["secret"]
    assert propexo.get(FETCH, webhook_id=made["id"])["results"] == made


def test_what_is_sent_is_kept(order: Callable[..., dict[str, Any]]) -> None:
    headers = [{"header": "x-team", "value": "leasing"}]
    made = order(active=True, secret="0123456789", headers=headers, url=f"{URL}/2")
    assert (made["active"], made["secret"]) == (True, "0123456789")
    assert (made["headers"], made["url"]) == (headers, f"{URL}/2")


def test_a_model_narrows_the_triggers_about_records_alone(
    propexo: Any, order: Callable[..., dict[str, Any]]
) -> None:
    made = order(model="leads")
    assert told(made) == [("DATA_NEW", "leads"), ("SYNC_COMPLETE", None)]
    changed = propexo.get(UPDATE, {"model": "units"}, webhook_id=made["id"])["result"]
    assert told(changed) == [("DATA_NEW", "units"), ("SYNC_COMPLETE", None)]
    triggers = {"triggers": ["DATA_UPDATE", "JOB_SUCCESS"]}
    changed = propexo.get(UPDATE, triggers, webhook_id=made["id"])["result"]
    assert told(changed) == [("DATA_UPDATE", "units"), ("JOB_SUCCESS", None)]


def test_an_update_leaves_what_was_not_sent(
    propexo: Any, order: Callable[..., dict[str, Any]]
) -> None:
    made = order(secret="0123456789")
    propexo.machine.advance(minutes=1)
    changed = propexo.get(UPDATE, {"active": True}, webhook_id=made["id"])["result"]
    later = {"active": True, "updated_at": "2026-03-01T09:01:00.000Z"}
    assert changed == {**made, **later}
    assert propexo.get(FETCH, webhook_id=made["id"])["results"] == changed


def test_a_list_shows_those_that_are_on_unless_asked_for_others(
    propexo: Any, order: Callable[..., dict[str, Any]]
) -> None:
    on, off = order(active=True)["id"], order()["id"]
    total = propexo.get(LIST, query="active=&limit=250")["meta"]["total"]

    def listed(query: str) -> set[str]:
        return {each["id"] for each in propexo.get(LIST, query=query)["results"]}

    assert {on, off} & listed("") == {on}
    assert {on, off} & listed("active=false") == {off}
    assert {on, off} <= listed("active=&limit=250")
    assert total == len(listed("active=true&limit=250") | listed("active=false&limit=250"))


@pytest.mark.parametrize("body", [None, {}])
def test_a_deleted_webhook_is_gone(
    body: object, propexo: Any, order: Callable[..., dict[str, Any]]
) -> None:
    made = order()
    assert propexo.get(DELETE, body, webhook_id=made["id"]) == {"result": {"id": made["id"]}}
    for key in (FETCH, DELETE):
        assert propexo.missed(key, webhook_id=made["id"]) == (
            f"no webhook has the id {made['id']!r}"
        )


def test_every_problem_is_told_at_once(propexo: Any, issues: Callable[[Any], Any]) -> None:
    total = propexo.get(LIST, query="active=&limit=0")["meta"]["total"]
    body = {"url": "nowhere", "triggers": ["JOB_SUCCESS"], "secret": "short", "model": "weather"}
    found = [path for path, _ in issues(propexo.refused(CREATE, body))]
    assert sorted(found) == ["model", "secret", "triggers.0", "url"]
    assert propexo.get(LIST, query="active=&limit=0")["meta"]["total"] == total


def test_an_unknown_webhook_is_missing(propexo: Any) -> None:
    said = "no webhook has the id 'cnothing'"
    assert propexo.missed(UPDATE, {"active": True}, webhook_id="cnothing") == said
