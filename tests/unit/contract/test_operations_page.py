"""Does the page of operations show each one with its kind, its evidence and what we assume?"""

from typing import Any

from mock_server.contract.operations_page import census, render
from tests.unit.toy import TEXT, answers, catalogue, contract, operation

JOB = {"type": "object", "properties": {"job_id": TEXT}}
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


def of_vendor(vendor: str, **said: Any) -> dict[str, Any]:
    """Return what makes the toy's adding of pets particular to a vendor."""
    mine = {"x-vendor": vendor, "x-generic": "POST /v1/pets/", "x-resource": "pets", **said}
    return {"post": operation(f"addPet{vendor}", **mine)}


def test_it_shows_whose_rules_a_generic_write_keeps() -> None:
    paths = {
        "/v1/pets/south/": of_vendor("SOUTH"),
        "/v1/pets/east/": of_vendor("EAST", **{"x-kind": "unsupported"}),
    }
    page = render([catalogue(contract(paths))])
    told = page.partition("### Whose rules a generic write keeps")[2]
    assert "| operation | EAST | SOUTH |\n|---|---|---|\n| `POST /v1/pets/` | 405 | rules |" in told


def test_it_says_where_no_rules_are_known() -> None:
    queued = operation("feedPets", **{"x-kind": "action", "responses": answers(JOB)})
    paths = {"/v1/pets/south/": of_vendor("SOUTH"), "/v1/pets/feed": {"post": queued}}
    told = render([catalogue(contract(paths))]).partition("### Whose rules")[2]
    assert "| `POST /v1/pets/feed` | none known |" in told
    assert "GET" not in told.partition("###")[0]


def test_a_contract_without_particular_operations_shows_no_rules() -> None:
    assert "Whose rules" not in render([catalogue()])
