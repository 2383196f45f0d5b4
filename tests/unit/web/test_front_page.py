"""Does the sandbox tell what it serves, with links that can be followed?"""

from flask.testing import FlaskClient

from tests.unit.toy import Toy


def test_the_index_links_from_the_host_that_was_asked(client: FlaskClient) -> None:
    found = client.get("/", headers={"Host": "toys.test:99"}).json
    assert found["apis"] == {"toy": "http://toys.test:99/openapi/toy.json"}
    assert found["health"] == "http://toys.test:99/__admin/health"
    assert client.get(found["apis"]["toy"]).status_code == 200


def test_the_contract_is_served_whole_with_this_server_as_its_own(
    toy: Toy, client: FlaskClient
) -> None:
    served = client.get("/openapi/toy.json", headers={"Host": "toys.test:99"}).json
    # Tools put this and a path together, and a path begins with a slash.
    assert served.pop("servers") == [{"url": "http://toys.test:99"}]
    assert served == toy.api.catalogue.document.root


def test_a_contract_there_is_none_of_is_a_404_that_names_those_there_are(
    client: FlaskClient,
) -> None:
    answer = client.get("/openapi/joy.json")
    assert answer.status_code == 404
    assert answer.json == {"error": "there is no contract 'joy'; there is toy"}
