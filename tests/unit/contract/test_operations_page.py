"""Does the page of operations show each one with its kind, its evidence and what we assume?"""

from mock_server.contract.operations_page import census, render
from tests.unit.toy import catalogue, contract, operation

SHEARING = {
    "/v1/pets/shear": {
        "post": operation(
            "shearPets",
            summary="Shear all pets",
            **{
                "x-kind": "action",
                "x-evidence": "inferred",
                "x-assumed": ["Dogs are shorn too.", "Fish are not."],
            },
        )
    }
}


def test_every_operation_has_a_row() -> None:
    page = render([catalogue(contract(SHEARING))])
    assert "## Toy API" in page
    for key in catalogue(contract(SHEARING)).operations:
        assert f"| `{key}` |" in page
    assert "| `POST /v1/pets/shear` | Shear all pets | action | — | inferred |" in page


def test_what_we_assume_stands_below_the_operation_it_is_about() -> None:
    page = render([catalogue(contract(SHEARING))])
    expected = "- `POST /v1/pets/shear`\n  - Dogs are shorn too.\n  - Fish are not.\n"
    assert expected in page.partition("### What is assumed in Toy API")[2]


def test_the_census_has_a_line_for_each_operation() -> None:
    assert list(census(catalogue(contract(SHEARING)))) == [
        "GET /v1/pets/ | list | pets | documented",
        "POST /v1/pets/ | create | pets | documented",
        "GET /v1/pets/{id} | fetch | pets | documented",
        "PUT /v1/pets/{id} | update | pets | documented",
        "DELETE /v1/pets/{id} | delete | pets | documented",
        "POST /v1/pets/shear | action | - | inferred",
    ]
