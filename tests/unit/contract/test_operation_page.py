"""Does the page of an operation tell its fields, its rules and its example?"""

from mock_server.contract.operation_page import OperationPage
from tests.unit.toy import COUNT, TEXT, answers, operation

BODY = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {**TEXT, "description": "What it | she is called.", "maxLength": 9},
        "toys": {"type": "array", "items": {"$ref": "#/components/schemas/Toy"}},
        "size": {"anyOf": [COUNT, {"type": "string", "enum": ["S", "L"]}]},
    },
    "x-conditions": [{"required": ["size"], "when": "toys"}],
}
SAID = operation(
    "addPet",
    summary="Add a pet",
    description="Adds it.",
    parameters=[{"name": "id", "in": "path", "required": True, "schema": TEXT}],
    requestBody={"content": {"application/json": {"schema": BODY, "example": {"name": "Rex"}}}},
    responses=answers({}),
    **{"x-assumed": ["It is glad."], "x-vendor": "FARM"},
)
ROOT = {"components": {"schemas": {"Toy": {"type": "object", "properties": {"colour": TEXT}}}}}


def test_everything_that_is_said_is_told() -> None:
    page = OperationPage(ROOT).render("post", "/v1/pets/{id}", SAID)
    assert page.startswith("# POST /v1/pets/{id}\n\nAdd a pet. Adds it.\n")
    assert "- Evidence: documented (Toy guide)\n- PMS: FARM\n- Assumed: It is glad." in page
    assert "| `id` | string | yes | (path) |" in page
    assert "| `name` | string, length at most 9 | yes | What it \\| she is called. |" in page
    assert "| `toys[].colour` | string |  |  |" in page
    assert '| `size` | integer or `"S"`, `"L"` |  |  |' in page
    assert "- `size` is required beside toys." in page
    assert '### Example\n\n```json\n{\n  "name": "Rex"\n}\n```' in page
    assert "- 200: Done." in page
