"""Does the reference list every operation, and tell of one all that it refers to?"""

import json
import re

from flask.testing import FlaskClient

from tests.unit.toy import Toy


def test_every_operation_of_a_contract_is_listed(toy: Toy, client: FlaskClient) -> None:
    listed = client.get("/docs/toy.json").json["operations"]
    told = {f"{each['method']} {each['path']}" for each in listed}
    assert told == {*toy.api.catalogue.operations}
    assert {each["evidence"] for each in listed} == {"documented"}
    assert client.get("/docs/toy.json").headers.getlist("X-Content-Type-Options") == ["nosniff"]


def test_an_operation_comes_with_all_that_it_refers_to(client: FlaskClient) -> None:
    for each in client.get("/docs/toy.json").json["operations"]:
        told = client.get(f"/docs/toy/{each['id']}.json").json
        assert (told["method"], told["path"]) == (each["method"], each["path"])
        for kind, name in re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(told)):
            assert name in told["components"][kind]


def test_what_there_is_none_of_is_a_404(client: FlaskClient) -> None:
    for path in ("/docs/joy.json", "/docs/joy/listToys.json", "/docs/toy/none.json"):
        assert client.get(path).status_code == 404


def test_its_address_sends_the_page(client: FlaskClient) -> None:
    assert b"page/main.js" in client.get("/docs").data
    assert client.get("/docs/").headers["Location"] == "/docs"
