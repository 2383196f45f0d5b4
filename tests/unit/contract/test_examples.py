"""Are examples merged into a contract, and is it left alone where there are none?"""

from mock_server.contract import examples
from tests.unit.toy import catalogue, contract

ROOT = catalogue(contract()).document.root
KNOWN = {
    "PUT /v1/pets/{id}": {
        "path": {"id": "p1"},
        "request": {"name": "Rex"},
        "reply": {"id": "p1", "name": "Rex"},
    }
}


def test_a_contract_without_examples_is_left_alone() -> None:
    assert examples.read("toy") == {}
    assert examples.merged(ROOT, {}) is ROOT


def test_the_path_the_body_and_the_reply_get_their_examples() -> None:
    shown = examples.merged(ROOT, KNOWN)["paths"]["/v1/pets/{id}"]["put"]
    (parameter,) = (each for each in shown["parameters"] if each["name"] == "id")
    assert parameter["example"] == "p1"
    assert shown["requestBody"]["content"]["application/json"]["example"] == {"name": "Rex"}
    reply = shown["responses"]["200"]["content"]["application/json"]
    assert reply["example"] == {"id": "p1", "name": "Rex"}


def test_the_contract_itself_does_not_change() -> None:
    before = str(ROOT)
    examples.merged(ROOT, KNOWN)
    assert str(ROOT) == before
