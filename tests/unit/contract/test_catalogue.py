"""Are an Api's operations found by key, its resources by name, and its mistakes at the start?"""

from typing import Any

import pytest

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.document import ContractError
from mock_server.contract.resource import Filter
from tests.unit.toy import PET_FIELDS, TEXT, body, catalogue, contract, operation, query


def test_a_key_finds_its_operation() -> None:
    assert catalogue()["PUT /v1/pets/{id}"].name == "changePet"


def test_an_unknown_key_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        ContractError, match="no operation 'GET /v1/pests/'; did you mean GET /v1/pets/"
    ):
        catalogue()["GET /v1/pests/"]


def test_a_key_like_nothing_known_is_refused_all_the_same() -> None:
    with pytest.raises(ContractError, match="nothing like it"):
        catalogue()["@@@@@@@@@@@@@@@"]


def test_the_nearest_keys_come_best_first() -> None:
    assert catalogue().nearest("GET /v1/pets/{ida}")[0] == "GET /v1/pets/{id}"


def test_what_stands_in_a_parameters_place_makes_no_path_less_alike() -> None:
    known = catalogue()
    assert known.nearest("PUT /v1/pest/a-very-long-id-of-a-pet") == [
        "PUT /v1/pets/{id}",
        "GET /v1/pets/{id}",
        "DELETE /v1/pets/{id}",
    ]
    assert known.nearest("GET /v1/zebras") == []


def test_a_resource_has_its_records_fields_in_their_order() -> None:
    assert list(catalogue().resources["pets"].fields) == list(PET_FIELDS)


def test_a_resource_knows_the_filters_of_every_list_of_it() -> None:
    paths = {
        "/v1/big-pets/": {
            "get": operation(
                "listBigPets",
                parameters=[query("shop_id", TEXT)],
                **{"x-resource": "pets", "x-where": {"tags": "big"}},
            )
        }
    }
    found = catalogue(contract(paths)).resources["pets"].filters
    assert {Filter("name"), Filter("age"), Filter("tags", "contains")} <= found
    assert {Filter("shop_id"), Filter("tags")} <= found


def test_two_schemas_of_one_resource_are_refused() -> None:
    twin = {"x-resource": "pets", "properties": {}}
    with pytest.raises(ContractError, match="components/schemas/Twin: pets has a schema already"):
        catalogue(contract(Twin=twin))


def test_an_operation_of_no_known_resource_is_refused_by_its_key() -> None:
    paths = {"/v1/dogs/": {"get": operation("listDogs")}}
    with pytest.raises(
        ContractError, match="GET /v1/dogs/: no record schema says x-resource: dogs"
    ):
        catalogue(contract(paths))


def test_a_filter_on_a_field_that_no_record_has_is_refused() -> None:
    paths = {"/v1/pets/by-colour": {"get": operation("x", parameters=[query("colour", TEXT)])}}
    with pytest.raises(ContractError, match="the filter colour compares colour"):
        catalogue(contract(paths))


def test_a_path_that_selects_by_a_field_that_no_record_has_is_refused() -> None:
    said = {"x-resource": "pets", "x-path-filter": {"id": "colour"}}
    paths = {"/v1/colours/{id}/pets": {"get": operation("x", **said)}}
    with pytest.raises(ContractError, match="the filter id compares colour"):
        catalogue(contract(paths))


def test_a_private_field_can_be_filtered_and_is_not_shown() -> None:
    root = contract()
    root["components"]["schemas"]["Pet"]["x-private"] = {"chip": "string"}
    root["paths"]["/v1/pets/"]["get"]["parameters"].append(query("chip", TEXT))
    pets = catalogue(root).resources["pets"]
    assert pets.private == {"chip": "string"}
    assert "chip" not in pets.fields


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("kennels", ("kennels", {})),
        ({"resource": "kennels", "where": {"uses": "DOGS"}}, ("kennels", {"uses": "DOGS"})),
    ],
)
def test_a_reference_names_a_resource_and_may_make_demands(stated: Any, expected: Any) -> None:
    assert catalogue().reference({"x-references": stated}) == expected


def test_a_plain_field_refers_to_nothing() -> None:
    assert catalogue().reference(TEXT) is None


def test_a_reference_to_no_resource_is_refused_at_the_start() -> None:
    field = {"type": "string", "x-references": "owners"}
    paths = {"/v1/pets/x": {"post": operation("x", requestBody=body({"properties": {"o": field}}))}}
    with pytest.raises(ContractError, match="toy: x-references 'owners' is no resource"):
        catalogue(contract(paths))


def told_alike(generic: Any, own: Any) -> Catalogue:
    """Read a contract in which adding a pet has a particular case for ACME."""
    root = contract()
    said = {"x-resource": "pets", "x-vendor": "ACME", "x-generic": "POST /v1/pets/"}
    case = operation("addAcmePet", **said, **{"x-returns-record-id": own})
    root["paths"]["/v1/pets/acme"] = {"post": {**case, "x-kind": "create"}}
    root["paths"]["/v1/pets/"]["post"]["x-returns-record-id"] = generic
    return catalogue(root)


@pytest.mark.parametrize("own", [True, False])
def test_a_generic_write_tells_a_record_id_where_its_particular_case_does(
    own: bool,  # noqa: FBT001 - a table's column
) -> None:
    add = told_alike(["OTHER"], own)["POST /v1/pets/"]
    assert add.tells_record_id("ACME") is own
    assert add.tells_record_id("OTHER")
    assert not add.tells_record_id("NOBODY")


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("generic", [True, ["ACME"]])
def test_a_generic_write_that_speaks_for_its_particular_case_is_refused(
    generic: Any,
    own: bool,  # noqa: FBT001 - a table's column
) -> None:
    with pytest.raises(
        ContractError,
        match="POST /v1/pets/: x-returns-record-id leaves ACME to POST /v1/pets/acme",
    ):
        told_alike(generic, own)
