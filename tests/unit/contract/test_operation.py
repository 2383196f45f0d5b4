"""Does an operation say what the contract says of it, and is one that says too little refused?"""

from typing import Any

import pytest

from mock_server.contract.document import ContractError, Document
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation, operations
from mock_server.contract.resource import Filter
from tests.unit.toy import TEXT, answers, body, catalogue, contract, operation, query


def only(path: str = "/v1/pet-toys/", method: str = "get", **said: Any) -> Operation:
    paths = {path: {method: {**operation("it"), **said}}}
    root = {"x-plain-segments": ["v1", "api", "v103", "admin"], "paths": paths}
    (found,) = operations(Document("toy", root))
    return found


def test_the_toy_contract_is_read_in_its_order() -> None:
    assert {key: each.kind for key, each in catalogue().operations.items()} == {
        "GET /v1/pets/": Kind.LIST,
        "POST /v1/pets/": Kind.CREATE,
        "GET /v1/pets/{id}": Kind.FETCH,
        "PUT /v1/pets/{id}": Kind.UPDATE,
        "DELETE /v1/pets/{id}": Kind.DELETE,
    }


def test_the_resource_is_the_first_segment_that_the_contract_calls_no_plain_one() -> None:
    assert only("/v1/pet-toys/").resource == "pet_toys"
    assert only("/api/v103/leads/{id}").resource == "leads"
    assert only("/v1/admin/integrations/").resource == "integrations"


def test_a_stated_resource_wins() -> None:
    assert only(**{"x-resource": "shops"}).resource == "shops"


def test_an_action_has_no_resource_of_its_own() -> None:
    assert only(**{"x-kind": "action"}).resource is None


@pytest.mark.parametrize("needed", ["operationId", "x-evidence", "x-source"])
def test_an_operation_that_says_too_little_is_refused(needed: str) -> None:
    said = {name: each for name, each in operation("it").items() if name != needed}
    root = {"paths": {"/v1/pets/": {"get": said}}}
    with pytest.raises(ContractError, match=f"toy: GET /v1/pets/ says no {needed}"):
        list(operations(Document("toy", root)))


def test_evidence_is_one_of_three_words() -> None:
    with pytest.raises(ContractError, match="GET /v1/pet-toys/: x-evidence must be one of"):
        only(**{"x-evidence": "rumoured"})


def test_an_operation_without_a_kind_is_refused_by_its_key() -> None:
    with pytest.raises(ContractError, match=r"POST /v1/pets/\{id\}/feed: no rule gives its kind"):
        only("/v1/pets/{id}/feed", "post")


def test_a_parameter_in_a_header_is_refused() -> None:
    header = {"name": "x-trace", "in": "header", "schema": TEXT}
    with pytest.raises(ContractError, match="a parameter in 'header' is not served"):
        only(parameters=[header])


def test_a_query_parameter_filters_the_field_of_its_name_unless_it_says_otherwise() -> None:
    stated = {"field": "tags", "by": "contains"}
    found = only(
        parameters=[
            query("name", TEXT),
            query("tag", TEXT, **{"x-filter": stated}),
            query("note", TEXT, **{"x-filter": "none"}),
            query("limit", TEXT, **{"x-paging": "limit"}),
        ]
    )
    filters = [each.filter for each in found.query]
    assert filters == [Filter("name"), Filter("tags", "contains"), None, None]
    assert [each.paging for each in found.query] == [None, None, None, "limit"]


def test_a_comparison_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ContractError, match="x-filter by 'sounds_like' is none of"):
        only(parameters=[query("name", TEXT, **{"x-filter": {"field": "n", "by": "sounds_like"}})])


def test_path_and_query_parameters_are_kept_apart() -> None:
    found = catalogue()["PUT /v1/pets/{id}"]
    assert found.path_names == ("id",)
    assert found.query == ()


def test_body_and_reply_are_resolved() -> None:
    root = contract({"/v1/pets/x": {"post": operation("x", **{"x-resource": "pets"})}})
    reference = {"$ref": "#/components/schemas/Pet"}
    root["paths"]["/v1/pets/x"]["post"] |= {
        "requestBody": body(reference),
        "responses": answers(reference),
    }
    found = catalogue(root)["POST /v1/pets/x"]
    assert found.body == found.reply == root["components"]["schemas"]["Pet"]


@pytest.mark.parametrize(
    ("stated", "told"),
    [(True, [True, True]), (False, [False, False]), (["ACME"], [True, False])],
)
def test_a_write_tells_the_id_at_the_systems_it_names(stated: Any, told: list[bool]) -> None:
    found = only(**{"x-returns-record-id": stated})
    assert [found.tells_record_id(each) for each in ("ACME", "OTHER")] == told


def test_a_write_that_says_nothing_tells_no_id() -> None:
    assert not only().tells_record_id("ACME")


def test_an_operation_may_be_the_particular_case_of_a_generic_one() -> None:
    found = only(**{"x-vendor": "ACME", "x-generic": "GET /v1/pets/"})
    assert (found.vendor, found.generic) == ("ACME", "GET /v1/pets/")
    assert (only().vendor, only().generic) == (None, None)


def test_a_path_parameter_may_select() -> None:
    found = only("/v1/shops/{id}/pets", **{"x-path-filter": {"id": "shop_id"}})
    assert (found.path_filters, only().path_filters) == ({"id": "shop_id"}, {})


def test_a_query_parameter_may_ask_to_drop_what_is_unknown() -> None:
    drops = query("drop", TEXT, **{"x-filter": "none", "x-drops-unknown": True})
    assert only(parameters=[query("name", TEXT), drops]).lenient == "drop"
    assert only(parameters=[query("name", TEXT)]).lenient is None


def test_what_cannot_be_done_needs_no_resource() -> None:
    found = only(**{"x-kind": "unsupported"})
    assert (found.kind, found.resource) == (Kind.UNSUPPORTED, None)


@pytest.mark.parametrize("stated", [True, False])
def test_a_body_may_be_left_out_unless_it_is_required(stated: bool) -> None:  # noqa: FBT001 - a table's column
    asked = {**body(TEXT), "required": stated}
    assert only(method="post", requestBody=asked).body_is_required is stated
    unsaid = {"content": asked["content"]}
    assert only(method="post", requestBody=unsaid).body_is_required is False
