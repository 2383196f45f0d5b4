"""Does every operation get the kind that its method and path suggest, or that it states?"""

import pytest

from mock_server.contract.document import ContractError
from mock_server.contract.kinds import Kind, classify


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("GET", "/v1/pets/", Kind.LIST),
        ("GET", "/v1/pets", Kind.LIST),
        ("GET", "/v1/pets/{id}", Kind.FETCH),
        ("GET", "/v1/pets/{id}/", Kind.FETCH),
        ("GET", "/v1/shops/{id}/pets/", Kind.LIST),
        ("POST", "/v1/pets/", Kind.CREATE),
        ("PUT", "/v1/pets/{id}", Kind.UPDATE),
        ("PATCH", "/v1/pets/{id}/", Kind.UPDATE),
        ("DELETE", "/v1/pets/{id}", Kind.DELETE),
    ],
)
def test_method_and_path_give_the_kind(method: str, path: str, kind: Kind) -> None:
    assert classify(method, path, {}) is kind


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/pets/{id}"),
        ("POST", "/v1/pets/{id}/feed"),
        ("PUT", "/v1/pets/"),
        ("PATCH", "/v1/pets/{id}/name"),
        ("DELETE", "/v1/pets/"),
    ],
)
def test_an_operation_that_no_rule_fits_must_say_its_kind(method: str, path: str) -> None:
    with pytest.raises(
        ContractError, match=rf"{method} {path}: no rule gives its kind; say x-kind"
    ):
        classify(method, path, {})


def test_a_stated_kind_wins_over_the_rules() -> None:
    assert classify("POST", "/v1/pets/", {"x-kind": "action"}) is Kind.ACTION


def test_a_stated_kind_must_be_one() -> None:
    with pytest.raises(ContractError, match="x-kind 'lists' is none of"):
        classify("GET", "/v1/pets/", {"x-kind": "lists"})
