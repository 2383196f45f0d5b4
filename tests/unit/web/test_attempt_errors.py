"""Does every failure of an attempt become a sentence that names the receiver?"""

from http.client import BadStatusLine, IncompleteRead
from urllib.parse import urlsplit

import pytest

from mock_server.web.attempt_errors import is_timeout, port_of, sentence


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (ConnectionRefusedError(), "nothing listens at crm.lan:80"),
        (
            ConnectionResetError(),
            "crm.lan:80 closed the connection before its answer was complete",
        ),
        (IncompleteRead(b""), "crm.lan:80 closed the connection before its answer was complete"),
        (OSError(113, "No route to host"), "crm.lan:80 cannot be reached: No route to host"),
        (ValueError("a bad header"), "the message cannot be sent: a bad header"),
        (BadStatusLine("?"), "crm.lan:80 did not answer in HTTP"),
    ],
)
def test_a_failure_becomes_a_sentence(failure: Exception, told: str) -> None:
    assert sentence(failure, urlsplit("http://crm.lan/hooks")) == told


def test_what_caused_a_failure_is_told_in_its_place() -> None:
    failure = RuntimeError("from a library")
    failure.__cause__ = ConnectionRefusedError()
    assert sentence(failure, urlsplit("http://crm.lan:99/")) == "nothing listens at crm.lan:99"
    failure.__cause__ = TimeoutError()
    assert is_timeout(failure)
    assert not is_timeout(ValueError())


@pytest.mark.parametrize(
    ("url", "port"), [("http://a/", 80), ("https://a/", 443), ("https://a:8443/", 8443)]
)
def test_a_url_without_a_port_has_that_of_its_scheme(url: str, port: int) -> None:
    assert port_of(urlsplit(url)) == port
