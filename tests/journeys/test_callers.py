"""Is everybody served while others send badly, read slowly, wait, or say nothing at all?"""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest

from mock_server.serving.waiting import PLACES
from tests.journeys.bodies import LEAD
from tests.journeys.hooks import Receiver
from tests.journeys.lines import Line, head, many

CREDENTIAL = "x-api-key: sandbox_bad-lines"
TYPE = "Content-Type: application/json"
HALF = head("POST", "/api/v103/leads", TYPE, "Content-Length: 500") + "{"
LEADS = "/api/v103/person/leads?email=half@example.com"

Serve = Callable[..., Any]
Connect = Callable[[str], Any]
Dial = Callable[[str], Line]


@pytest.fixture
def url(served: Any) -> str:
    """Return where the sandbox is that all stories share."""
    return str(served.url)


@pytest.fixture
def dial() -> Iterator[Dial]:
    """Open a connection to an address; all are closed at the end."""
    with ExitStack() as stack:

        def open_one(url: str) -> Line:
            made = Line(url)
            stack.callback(made.close)
            return made

        yield open_one


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def body_of(received: bytes) -> Any:
    """Return the JSON at the end of a raw answer."""
    return json.loads(received.rpartition(b"\r\n\r\n")[2])


def test_health_is_answered_while_hundreds_send_half_a_request_or_read_nothing(
    serve: Serve, connect: Connect
) -> None:
    url = serve().url
    site = connect(url)
    page = head("GET", "/v1/leads/?limit=250", "Authorization: Bearer sandbox_slow")
    half_head = "GET /v1/leads/ HTTP/1.1\nHost: 127"
    with (
        many(url, 200, HALF) as bodies,
        many(url, 200, half_head),
        many(url, 60, page * 40),
    ):
        for _ in range(20):
            assert site.leadpro()("GET", "/__admin/health").status == 200
        assert site.leadpro().ok("POST", "/api/v103/leads", LEAD)["id"]
        # None of them has been dropped: the body that is completed now is answered.
        whole = b'"first_name": "Ada"}'.ljust(499)
        assert bodies[0].send(whole).read_some().startswith(b"HTTP/1.1 401 ")


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/api/v103/leads", lambda told: told["message"]),
        ("/v1/leads/", lambda told: told["error"]["message"]),
        ("/nowhere", lambda told: told["error"]),
    ],
)
def test_a_body_that_does_not_come_is_a_408_in_the_vendors_shape(
    path: str, shape: Callable[[Any], str], serve: Serve, dial: Dial
) -> None:
    url = serve("--request-seconds", "0.2").url
    received = dial(url).send(head("POST", path, TYPE, "Content-Length: 500") + "{").read()
    assert received.startswith(b"HTTP/1.1 408 ")
    assert b"Connection: close" in received
    assert shape(body_of(received)) == (
        "the request's body was not here after 0.2 seconds; --request-seconds gives it longer"
    )


def test_a_head_that_does_not_come_is_a_408(serve: Serve, dial: Dial) -> None:
    received = dial(serve("--request-seconds", "0.2").url).send("GET /v1/leads/ HT").read()
    assert received.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    "sent",
    [
        head("POST", "/api/v103/leads", CREDENTIAL, TYPE, "Content-Length: {more}") + "{body}",
        head("POST", "/api/v103/leads", CREDENTIAL, TYPE, "Transfer-Encoding: chunked")
        + "{size}\n{body}\n",
        head("POST", "/api/v103/leads", CREDENTIAL, TYPE, "Transfer-Encoding: chunked")
        + "{size}\n{body}\nno size\n",
    ],
    ids=["shorter than its length", "without its last chunk", "with a broken chunk"],
)
def test_a_body_that_breaks_off_is_a_400_and_is_not_executed(
    sent: str, url: str, dial: Dial
) -> None:
    body = json.dumps({**LEAD, "email": "half@example.com"})
    filled = sent.replace("{more}", str(len(body) + 1)).replace("{size}", f"{len(body):x}")
    received = dial(url).send(filled.replace("{body}", body)).end().read()
    assert received.startswith(b"HTTP/1.1 400 ")
    assert body_of(received)["message"].startswith("the body ")
    asked = dial(url).send(head("GET", LEADS, CREDENTIAL)).end().read()
    assert body_of(asked) == []


@pytest.mark.parametrize("framing", ["Content-Length: 20000000", "Transfer-Encoding: chunked"])
def test_a_client_that_writes_before_it_reads_is_told_413(
    framing: str, url: str, dial: Dial
) -> None:
    content = b"n" * 20_000_000
    if "chunked" in framing:
        content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)
    line = dial(url).send(head("POST", "/api/v103/leads", CREDENTIAL, TYPE, framing))
    received = line.send(content).end().read()
    assert received.startswith(b"HTTP/1.1 413 ")
    told = body_of(received)["message"]
    assert told == "the body is larger than 1,048,576 bytes; --max-body-bytes lets in more"


def test_a_client_that_asks_first_is_told_413_before_it_sends(url: str, dial: Dial) -> None:
    asking = (CREDENTIAL, TYPE, "Content-Length: 20000000", "Expect: 100-continue")
    received = dial(url).send(head("POST", "/api/v103/leads", *asking)).read_some()
    assert received.startswith(b"HTTP/1.1 413 ")


def test_a_client_that_asks_first_is_told_to_go_on(url: str, dial: Dial) -> None:
    body = json.dumps(LEAD)
    asking = (CREDENTIAL, TYPE, f"Content-Length: {len(body)}", "Expect: 100-continue")
    line = dial(url).send(head("POST", "/api/v103/leads", *asking))
    assert line.read_some() == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert line.send(body).end().read().startswith(b"HTTP/1.1 200 ")


def test_requests_that_are_sent_at_once_are_answered_in_turn(url: str, dial: Dial) -> None:
    asked = head("GET", "/api/v103/statuses", CREDENTIAL) + head("GET", "/nowhere")
    received = dial(url).send(asked * 2).end().read()
    parts = received.split(b"HTTP/1.1 ")
    assert [each[:3] for each in parts[1:]] == [b"200", b"404", b"200", b"404"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("no request\n\n", b"400"),
        ("GET / HTTP/1.1\nContent-Length: -1\n\n", b"400"),
        ("GET / HTTP/1.1\nX: " + "x" * 600_000 + "\n\n", b"431"),
    ],
    ids=["no HTTP", "a length that is none", "an endless head"],
)
def test_what_is_no_request_is_answered_and_hung_up(
    sent: str, status: bytes, url: str, dial: Dial
) -> None:
    received = dial(url).send(sent).read()
    assert received.startswith(b"HTTP/1.1 " + status)
    assert b"Connection: close" in received
    assert body_of(received)["error"]


def test_a_name_that_is_typed_into_the_path_as_it_is_finds_its_way(url: str, dial: Dial) -> None:
    path = "/api/v103/person/leads?email=zoë@example.com"
    assert b" 200 " in dial(url).send(head("GET", path, CREDENTIAL)).end().read()


def test_a_client_that_offers_another_protocol_is_answered_in_this_one(
    url: str, dial: Dial
) -> None:
    offer = ("Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABk")
    asked = head("GET", "/api/v103/statuses", CREDENTIAL, *offer)
    received = dial(url).send(asked * 2).end().read()
    assert received.count(b"HTTP/1.1 200 ") == 2


def test_whoever_would_wait_beside_all_who_may_is_told_503(
    serve: Serve, connect: Connect, receiver: Receiver
) -> None:
    site = connect(serve("--leadpro-webhooks", receiver.url, "--webhook-seconds", "60").url)
    go_on = threading.Event()
    receiver.before_answering = lambda: go_on.wait(60)

    def move_a_clock(number: int) -> int:
        mine = site.leadpro(f"caller-{number}")
        mine.ok("POST", "/__admin/clock", {"freeze": True})
        mine.ok("POST", "/api/v103/leads", LEAD)
        answer = mine("POST", "/__admin/clock/advance", {"until": "idle"})
        if answer.status == 503:
            go_on.set()
            assert answer.json == {
                "error": "29 callers wait already, as many as may at once;"
                " call again when one has its answer"
            }
        return int(answer.status)

    with ThreadPoolExecutor(PLACES + 1) as callers:
        answers = [*callers.map(move_a_clock, range(PLACES + 1))]
    assert sorted(answers) == [200] * PLACES + [503]


def test_a_held_back_reply_keeps_nobody_from_being_served(serve: Serve, connect: Connect) -> None:
    site = connect(serve("--strict", "--rate-limit", "5").url)
    held = site.propexo()
    for _ in range(4):
        held.ok("GET", "/v1/leads/?limit=1")
    with ThreadPoolExecutor(1) as callers:
        last = callers.submit(held, "GET", "/v1/leads/?limit=1")
        served = 0
        while not last.done():
            assert site.leadpro()("GET", "/__admin/health").status == 200
            served += 1
    assert last.result().status == 200
    assert served > 1
