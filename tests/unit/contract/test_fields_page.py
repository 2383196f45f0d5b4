"""Does the page of fields show what each vendor requires, takes, or cannot do at all?"""

from typing import Any

from mock_server.contract.fields_page import render
from tests.unit.toy import COUNT, TEXT, answers, body, catalogue, contract, operation

FARM = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": TEXT, "age": COUNT, "born_at": TEXT},
    "x-conditions": [{"required": ["age"], "unless": "born_at"}],
}


def of_vendor(name: str, **said: Any) -> dict[str, Any]:
    """Return the adding of pets at one vendor."""
    of_its_own = {"x-vendor": name.upper(), "x-generic": "POST /v1/pets/", "x-kind": "create"}
    told = operation(f"add{name}", **{**of_its_own, "x-resource": "pets", **said})
    return {f"/v1/pets/{name.lower()}/": {"post": {**told, "responses": answers({})}}}


def test_each_vendor_has_a_column() -> None:
    farm = of_vendor("Farm", requestBody=body(FARM))
    shop = of_vendor("Shop", **{"x-kind": "unsupported"})
    page = render([catalogue(contract({**farm, **shop}))])
    assert "## POST /v1/pets/\n\n| field | FARM | SHOP |" in page
    assert "| `name` | **R** | 405 |" in page
    assert "| `age` | C | 405 |" in page
    assert "| `born_at` | o | 405 |" in page
    assert "- FARM: `age` is required without born_at." in page


def test_a_write_that_nobody_supports_says_so() -> None:
    shop = of_vendor("Shop", **{"x-kind": "unsupported"})
    page = render([catalogue(contract(shop))])
    assert "## POST /v1/pets/\n\nNot supported (405): SHOP." in page
