"""Do bytes become requests, however they are cut into parts?"""

from collections.abc import Iterator
from typing import Any

import pytest

from mock_server.serving.environ import basis
from mock_server.serving.reading import RequestReader, Unreadable
from mock_server.serving.request import Bounds, Request

POST = b"POST /pets?name=a%20b HTTP/1.1\r\nHost: toy\r\nX-Key: one\r\nContent-Length: 3\r\n\r\nabc"
CHUNKED = b"PUT /pets HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"


class Read:
    """A reader, and how often it let a client go on."""

    def __init__(self) -> None:
        self.consents = 0
        bounds = Bounds(100, lambda *_: 100, 5.0)
        self.reader = RequestReader(bounds, basis("127.0.0.1", 80), self.consent)

    def consent(self) -> None:
        self.consents += 1

    def __call__(self, *parts: bytes) -> list[Request]:
        for part in parts:
            self.reader.feed(part)
        return [*self.reader.whole]


@pytest.fixture
def read() -> Iterator[Read]:
    made = Read()
    yield made
    made.reader.close()


def test_a_request_becomes_an_environment(read: Read) -> None:
    [request] = read(POST)
    wanted = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/pets",
        "QUERY_STRING": "name=a%20b",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": "127.0.0.1",
        "HTTP_HOST": "toy",
        "HTTP_X_KEY": "one",
        "CONTENT_LENGTH": "3",
    }
    assert wanted.items() <= request.environ.items()
    assert request.environ["wsgi.input"].read() == b"abc"
    assert request.keeps_alive
    assert request.refusal is None


@pytest.mark.parametrize("sent", [POST, CHUNKED])
def test_it_does_not_matter_where_it_is_cut(sent: bytes, read: Read) -> None:
    [request] = read(*(bytes([each]) for each in sent))
    assert request.environ["wsgi.input"].read() == b"abc"
    assert request.environ["CONTENT_LENGTH"] == "3"
    assert "HTTP_TRANSFER_ENCODING" not in request.environ


def test_requests_follow_one_another(read: Read) -> None:
    assert [each.environ["PATH_INFO"] for each in read(POST + CHUNKED + POST)] == ["/pets"] * 3
    assert read.reader.arriving is None


@pytest.mark.parametrize(
    ("target", "path"),
    [
        (b"/zo%C3%AB", "/zo\xc3\xab"),
        ("/zoë".encode(), "/zo\xc3\xab"),
        (b"http://toy:80/pets?x=1", "/pets"),
        (b"http://toy", "/"),
        (b"*", "/*"),
    ],
)
def test_a_target_has_a_path(target: bytes, path: str, read: Read) -> None:
    [request] = read(b"OPTIONS " + target + b" HTTP/1.1\r\n\r\n")
    assert request.environ["PATH_INFO"] == path


def test_a_header_that_comes_twice_is_joined(read: Read) -> None:
    [request] = read(b"GET / HTTP/1.1\r\nX-Key: a\r\nx-key: \xe9\r\n\r\n")
    assert request.environ["HTTP_X_KEY"] == "a,\xe9"


def test_what_follows_the_last_request_of_a_connection_is_nobodys(read: Read) -> None:
    [request] = read(b"GET /pets HTTP/1.0\r\n\r\nand more")
    assert not request.keeps_alive


def test_another_protocol_is_not_taken_up(read: Read) -> None:
    offer = b"GET /pets HTTP/1.1\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"
    assert len(read(offer + offer)) == 2


def test_a_client_that_asks_is_let_go_on_unless_it_sends_too_much(read: Read) -> None:
    asking = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    read(asking % 101)
    assert read.consents == 0
    read.reader.arriving = None
    other = Read()
    other(asking % 100)
    assert other.consents == 1
    other.reader.close()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"?\r\n\r\n", "the request cannot be read as HTTP/1.1: "),
        (b"GET / HTTQ/1.1\r\n\r\n", "the request cannot be read as HTTP/1.1: "),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            "the body cannot be read as HTTP/1.1: ",
        ),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000, "the request's head is larger than "),
    ],
)
def test_what_is_no_request_is_refused_in_words(sent: bytes, told: str, read: Read) -> None:
    with pytest.raises(Unreadable) as refused:
        read(sent)
    assert refused.value.refusal.message.startswith(told)


def test_what_is_given_up_stands_last_with_its_refusal(read: Read) -> None:
    refusal: Any = Unreadable
    try:
        read(POST + b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")
    except Unreadable as error:
        refusal = error.refusal
    read.reader.give_up(refusal)
    first, last = read.reader.whole
    assert first.refusal is None
    assert last.refusal is refusal
    assert not last.keeps_alive
