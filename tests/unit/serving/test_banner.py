"""Does a start say where each API is, to programs and to people?"""

import json

from mock_server.app import every_api
from mock_server.serving import banner
from mock_server.web.control_token import Exposure

URL = "http://127.0.0.1:8080"


def test_a_program_reads_where_it_is_served_as_one_json_line() -> None:
    said = banner.as_json(URL, every_api(), Exposure())
    assert "\n" not in said
    assert json.loads(said) == {
        "url": URL,
        "propexo": "http://127.0.0.1:8080/v1",
        "leadpro": "http://127.0.0.1:8080/api/v103",
    }


def test_a_person_reads_both_addresses_and_an_example_of_each() -> None:
    said = banner.as_text(URL, every_api(), Exposure())
    assert "Propexo  http://127.0.0.1:8080/v1" in said
    assert "LeadPro  http://127.0.0.1:8080/api/v103" in said
    assert said.count("curl ") == 2
    assert "{url}" not in said


def test_a_token_that_was_made_is_told_with_a_warning() -> None:
    exposure = Exposure(is_open=True, made_token="abc")
    program = banner.as_json(URL, every_api(), exposure)
    assert json.loads(program)["control_token"] == "abc"
    person = banner.as_text(URL, every_api(), exposure)
    assert "Other machines can reach this server" in person
    assert "x-mock-control-token: abc" in person
