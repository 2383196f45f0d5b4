"""Can it be decided, within an integration, which properties and lists are synced?"""

from collections.abc import Callable
from typing import Any

ONE = "/v1/admin/integrations/{integration_id}"
PROPERTIES, LISTS = f"{ONE}/properties", f"{ONE}/property-lists"
PROPERTY = f"PUT {PROPERTIES}/{{property_configuration_id}}"
BATCH = f"PUT {PROPERTIES}/batch"
LIST = f"PUT {LISTS}/{{property_list_configuration_id}}"


def properties(propexo: Any, integration: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = propexo.get(
        f"GET {PROPERTIES}", integration_id=integration["id"]
    )["results"]
    return found


def lists(propexo: Any, integration: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = propexo.get(f"GET {LISTS}", integration_id=integration["id"])[
        "results"
    ]
    return found


def test_every_property_of_an_integration_has_a_configuration(
    propexo: Any, integration: dict[str, Any]
) -> None:
    query = f"integration_id={integration['id']}&limit=250"
    known = propexo.get("GET /v1/properties/", query=query)["results"]
    found = properties(propexo, integration)
    assert {each["property_id"] for each in found} == {each["id"] for each in known}
    assert all(each["enabled"] for each in found)


def test_a_property_is_disabled_alone(propexo: Any, integration: dict[str, Any]) -> None:
    chosen, other = properties(propexo, integration)
    path = {"integration_id": integration["id"], "property_configuration_id": chosen["id"]}
    changed = propexo.get(PROPERTY, {"enabled": False}, **path)["results"]
    assert changed == {**chosen, "enabled": False}
    assert properties(propexo, integration) == [changed, other]


def test_a_resync_can_be_asked_for_with_it(propexo: Any, integration: dict[str, Any]) -> None:
    chosen = properties(propexo, integration)[0]
    path = {"integration_id": integration["id"], "property_configuration_id": chosen["id"]}
    body = {"enabled": True, "trigger_integration_resync": True}
    changed = propexo.get(PROPERTY, body, **path)["results"]
    assert changed == {**chosen, "additional_message": "The integration is being synced."}
    found = propexo.get(f"GET {ONE}/", integration_id=integration["id"])["results"]
    assert found["last_completed_sync"] == "2026-03-01T09:00:00.000Z"


def test_a_property_is_changed_under_its_own_integration_only(
    propexo: Any, integration: dict[str, Any], first: Callable[..., Any]
) -> None:
    chosen, other = properties(propexo, integration)[0], first("integrations", "YARDI")
    path = {"integration_id": other["id"], "property_configuration_id": chosen["id"]}
    said = propexo.missed(PROPERTY, {"enabled": False}, **path)
    assert said == f"no property configuration has the id {chosen['id']!r} in this integration"
    assert properties(propexo, integration)[0] == chosen


def test_a_batch_disables_all_of_its_properties(propexo: Any, integration: dict[str, Any]) -> None:
    ids = [each["id"] for each in properties(propexo, integration)]
    body = {"property_configuration_ids": ids, "enabled": False}
    assert propexo.get(BATCH, body, integration_id=integration["id"]) == {"success": True}
    assert [each["enabled"] for each in properties(propexo, integration)] == [False, False]


def test_a_batch_with_strangers_changes_nothing(
    propexo: Any,
    integration: dict[str, Any],
    first: Callable[..., Any],
    issues: Callable[[Any], Any],
) -> None:
    own = [each["id"] for each in properties(propexo, integration)]
    strange = [each["id"] for each in properties(propexo, first("integrations", "YARDI"))]
    body = {"property_configuration_ids": [*own, *strange], "enabled": False}
    refused = propexo.refused(BATCH, body, integration_id=integration["id"])
    wheres = ["property_configuration_ids.2", "property_configuration_ids.3"]
    assert [path for path, _ in issues(refused)] == wheres
    assert all(each["enabled"] for each in properties(propexo, integration))


def test_a_batch_has_between_one_and_a_thousand_ids_that_exist(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    def said(ids: list[str]) -> Any:
        body = {"property_configuration_ids": ids, "enabled": False}
        return issues(propexo.refused(BATCH, body, integration_id=integration["id"]))

    assert said([]) == [("property_configuration_ids", "Array must contain at least 1 element(s)")]
    assert said(["cnothing"]) == [
        ("property_configuration_ids.0", "no property configuration has the id 'cnothing'")
    ]
    assert said(["cnothing"] * 1001)[0][0] == "property_configuration_ids"


def test_a_property_list_is_disabled(propexo: Any, integration: dict[str, Any]) -> None:
    chosen = lists(propexo, integration)[0]
    path = {"integration_id": integration["id"], "property_list_configuration_id": chosen["id"]}
    changed = propexo.get(LIST, {"enabled": False}, **path)["results"]
    assert changed == {**chosen, "enabled": False}
    assert lists(propexo, integration)[0] == changed


def test_a_new_property_list_can_be_read_under_its_id(
    propexo: Any, integration: dict[str, Any]
) -> None:
    body = {"x_property_list_id": "west-9", "enabled": True}
    added = propexo.get(f"POST {LISTS}", body, integration_id=integration["id"])["results"]
    assert added in lists(propexo, integration)
    read = "GET /v1/property-lists/{property_list_id}"
    found = propexo.get(read, property_list_id=added["property_list_id"])["results"]
    assert (found["x_id"], found["integration_id"]) == ("west-9", integration["id"])


def test_a_property_list_is_added_once(
    propexo: Any, integration: dict[str, Any], issues: Callable[[Any], Any]
) -> None:
    before = lists(propexo, integration)
    taken = before[0]["x_property_list_id"]
    body = {"x_property_list_id": taken, "enabled": True}
    refused = propexo.refused(f"POST {LISTS}", body, integration_id=integration["id"])
    advice = f"the integration has the property list {taken!r} already; update it instead"
    assert issues(refused) == [("x_property_list_id", advice)]
    assert lists(propexo, integration) == before


def test_an_unknown_integration_has_nothing_to_configure(propexo: Any) -> None:
    said = "no integration has the id 'cnothing'"
    new = {"x_property_list_id": "x", "enabled": True}
    assert propexo.missed(f"POST {LISTS}", new, integration_id="cnothing") == said
