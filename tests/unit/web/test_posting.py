"""Does an attempt tell its receiver all of it, and us in one sentence what became of it?"""

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from mock_server.version import VERSION
from mock_server.web.posting import MOST_BYTES, Posting
from mock_server.web.targets import Targets

PEM = Path(__file__).with_name("receiver.pem")
OK = b"HTTP/1.1 200 OK\r\n"


class Receiver(BaseHTTPRequestHandler):
    """A receiver that keeps what it gets and answers as its server was told."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(SimpleNamespace(path=self.path, headers=self.headers, body=body))
        status, headers, text = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.got, server.answer = [], (200, {"X-Seen": "yes"}, b"thanks")
        thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def speak() -> Iterator[Callable[[bytes | Callable[[socket.socket], None]], int]]:
    """Listen on a port where each caller is told the given bytes, or met by a function."""
    with ExitStack() as stack:

        def start(said: bytes | Callable[[socket.socket], None]) -> int:
            listener = stack.enter_context(socket.create_server(("127.0.0.1", 0)))

            def meet() -> None:
                caller, _ = listener.accept()
                with caller:
                    hear_out(caller)
                    said(caller) if callable(said) else caller.sendall(said)

            thread = threading.Thread(target=meet)
            thread.start()
            stack.callback(thread.join)
            return listener.getsockname()[1]

        yield start


def hear_out(caller: socket.socket) -> None:
    """Read to the end of a POST, whose body is `{}`; what is not read would break the line."""
    heard = caller.recv(65_536)
    while heard.startswith(b"P") and not heard.endswith(b"{}"):
        heard += caller.recv(65_536)


def posting(text: str = "private", seconds: float = 5, **names: str) -> Posting:
    """Return a posting whose names are looked up among those given, with _ for a dot."""
    known = {name.replace("_", "."): found for name, found in names.items()}
    return Posting(Targets(text, lambda name: known[name].split(",")), seconds)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def test_a_message_arrives_as_it_is(receiver: ThreadingHTTPServer) -> None:
    port = receiver.server_port
    url = f"http://crm.lan:{port}/hooks/a%20b?to=zoë&n=1#part"
    sent = {"content-type": "application/json", "propexo-signature": "ab12"}
    body = '{"name": "Zoë"}'.encode()
    posting(crm_lan="127.0.0.1").post(url, sent, body)
    [got] = receiver.got
    assert (got.path, got.body) == ("/hooks/a%20b?to=zo%C3%AB&n=1", body)
    assert {name.lower(): value for name, value in got.headers.items()} == {
        **sent,
        "host": f"crm.lan:{port}",
        "content-length": str(len(body)),
        "accept-encoding": "identity",
        "user-agent": f"mock-server/{VERSION}",
    }


def test_the_reply_is_told(receiver: ThreadingHTTPServer) -> None:
    outcome = posting().post(f"http://127.0.0.1:{receiver.server_port}", {}, b"{}")
    assert (outcome.status, outcome.text, outcome.error) == (200, "thanks", None)
    assert (outcome.is_success, outcome.is_blocked) == (True, False)
    assert outcome.headers["X-Seen"] == "yes"
    assert 0 < outcome.milliseconds < 5_000


def test_only_the_beginning_of_many_or_long_headers_is_kept(speak: Callable[..., int]) -> None:
    lines = b"".join(b"x-%03d: %s\r\n" % (number, b"v" * 30_000) for number in range(90))
    port = speak(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n%s\r\n" % lines)
    outcome = posting().post(f"http://127.0.0.1:{port}", {}, b"{}")
    assert (outcome.status, outcome.error) == (200, None)
    assert outcome.headers["content-length"] == "0"
    assert 4_000 < sum(len(each) for pair in outcome.headers.items() for each in pair) <= MOST_BYTES


@pytest.mark.parametrize("status", [200, 204, 299, 400, 404, 500])
def test_success_is_any_2xx(receiver: ThreadingHTTPServer, status: int) -> None:
    receiver.answer = (status, {"Content-Length": "0"}, b"")
    outcome = posting().post(f"http://127.0.0.1:{receiver.server_port}/", {}, b"{}")
    assert (outcome.status, outcome.error) == (status, None)
    assert outcome.is_success is (status < 300)


def test_framing_is_ours_and_the_agent_the_senders(receiver: ThreadingHTTPServer) -> None:
    sent = {"HOST": "a", "Content-length": "9", "Transfer-Encoding": "chunked", "USER-AGENT": "b"}
    posting().post(f"http://127.0.0.1:{receiver.server_port}/", sent, b"{}")
    [got] = receiver.got
    assert got.headers.get_all("host") == [f"127.0.0.1:{receiver.server_port}"]
    assert got.headers.get_all("user-agent") == ["b"]
    assert (got.body, got.headers["transfer-encoding"]) == (b"{}", None)


def test_a_redirect_is_a_failed_attempt_and_not_followed(receiver: ThreadingHTTPServer) -> None:
    receiver.answer = (307, {"Location": "/elsewhere", "Content-Length": "0"}, b"")
    outcome = posting().post(f"http://127.0.0.1:{receiver.server_port}/", {}, b"{}")
    assert (outcome.status, outcome.is_success) == (307, False)
    assert outcome.error == "a redirect is not followed, and is no success"
    assert [each.path for each in receiver.got] == ["/"]


def test_nothing_is_tried_again(receiver: ThreadingHTTPServer) -> None:
    receiver.answer = (503, {"Retry-After": "0", "Content-Length": "0"}, b"")
    assert posting().post(f"http://127.0.0.1:{receiver.server_port}/", {}, b"").status == 503
    assert len(receiver.got) == 1


def test_only_the_beginning_of_a_long_reply_is_read(receiver: ThreadingHTTPServer) -> None:
    receiver.answer = (200, {"Content-Encoding": "gzip"}, b"\xff" + b"x" * 1_000_000)
    outcome = posting().post(f"http://127.0.0.1:{receiver.server_port}/", {}, b"{}")
    assert outcome.is_success
    assert outcome.text == "\ufffd" + "x" * (MOST_BYTES - 1)


def test_no_proxy_of_the_environment_is_asked(
    receiver: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert posting().post(f"http://127.0.0.1:{receiver.server_port}/", {}, b"{}").is_success


def test_a_blocked_target_is_not_called(receiver: ThreadingHTTPServer) -> None:
    url = f"http://127.0.0.1:{receiver.server_port}/"
    outcome = posting("10.0.0.0/8").post(url, {}, b"{}")
    assert (outcome.status, outcome.is_blocked, outcome.is_success) == (None, True, False)
    assert outcome.error is not None
    assert outcome.error.startswith("webhooks may not go to 127.0.0.1: to allow it, set ")
    assert receiver.got == []


def test_a_name_is_looked_up_once_and_the_checked_address_called(
    receiver: ThreadingHTTPServer,
) -> None:
    answers = iter([["127.0.0.1"], ["8.8.8.8"]])
    sender = Posting(Targets("private", lambda _: next(answers)), 5)
    assert sender.post(f"http://twofaced.lan:{receiver.server_port}/", {}, b"{}").is_success
    assert next(answers) == ["8.8.8.8"]


def test_the_next_address_is_called_where_nothing_listens_at_the_first(
    receiver: ThreadingHTTPServer,
) -> None:
    sender = posting(crm_lan="127.0.0.2,::1,127.0.0.1")
    assert sender.post(f"http://crm.lan:{receiver.server_port}/", {}, b"{}").is_success
    assert len(receiver.got) == 1


def test_where_nothing_listens_the_outcome_says_so() -> None:
    port = free_port()
    outcome = posting().post(f"http://127.0.0.1:{port}/", {}, b"{}")
    assert (outcome.status, outcome.is_blocked) == (None, False)
    assert outcome.error == f"nothing listens at 127.0.0.1:{port}"


def test_a_name_that_cannot_be_looked_up_is_a_failed_attempt() -> None:
    def fail(_: str) -> list[str]:
        raise socket.gaierror

    outcome = Posting(Targets("private", fail), 5).post("http://nobody.lan/", {}, b"{}")
    assert outcome.error == "the name nobody.lan cannot be looked up"
    assert (outcome.is_blocked, outcome.is_success) == (False, False)


BROKEN_OFF = "127.0.0.1:{} closed the connection before its answer was complete"
NO_HTTP = "127.0.0.1:{} did not answer in HTTP"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (b"", BROKEN_OFF),
        (OK + b"Content-Length: 9\r\n\r\nhalf", BROKEN_OFF),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nhalf", BROKEN_OFF),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf", BROKEN_OFF),
        (b"220 mail.lan ESMTP\r\n", NO_HTTP),
        (b"HTTP/1.1 abc\r\n\r\n", NO_HTTP),
        (OK + b"X: 1\r\n" * 200 + b"\r\n", NO_HTTP),
    ],
)
def test_a_reply_that_is_none_is_a_failed_attempt(
    speak: Callable[..., int], said: bytes, sentence: str
) -> None:
    port = speak(said)
    outcome = posting().post(f"http://127.0.0.1:{port}/", {}, b"{}")
    assert (outcome.status, outcome.error) == (None, sentence.format(port))


@pytest.mark.parametrize("first", [b"", OK + b"\r\n", OK + b"Content-Length: 99\r\n\r\n", b"HTTP"])
def test_a_reply_that_trickles_ends_with_the_time_limit(
    speak: Callable[..., int], first: bytes
) -> None:
    is_over = threading.Event()

    def trickle(caller: socket.socket) -> None:
        caller.sendall(first)
        while not is_over.wait(0.02):
            caller.sendall(b"x")

    url = f"http://127.0.0.1:{speak(trickle)}/"
    outcome = posting(seconds=0.2).post(url, {}, b"{}")
    is_over.set()
    assert (outcome.status, outcome.error) == (None, "no answer within 0.2 seconds")
    assert 200 <= outcome.milliseconds < 2_000


def test_a_receiver_that_says_nothing_is_not_waited_for(speak: Callable[..., int]) -> None:
    is_over = threading.Event()
    url = f"http://127.0.0.1:{speak(lambda _: is_over.wait(5))}/"
    outcome = posting(seconds=0.2).post(url, {}, b"{}")
    is_over.set()
    assert outcome.error == "no answer within 0.2 seconds"


def test_a_name_of_many_addresses_gives_each_receiver_the_whole_time(
    speak: Callable[..., int],
) -> None:
    def hesitate(caller: socket.socket) -> None:
        threading.Event().wait(1.1)
        caller.sendall(OK + b"\r\n")

    sender = posting(seconds=4, crm_lan="127.0.0.1,127.0.0.2,127.0.0.3,127.0.0.4")
    assert sender.post(f"http://crm.lan:{speak(hesitate)}/", {}, b"{}").is_success


@pytest.mark.parametrize("headers", [{"x": "a\r\nb: c"}, {"x": "☃"}, {"a b\n": "x"}])
def test_headers_that_cannot_be_sent_are_a_failed_attempt(
    receiver: ThreadingHTTPServer, headers: dict[str, str]
) -> None:
    outcome = posting().post(f"http://127.0.0.1:{receiver.server_port}/", headers, b"{}")
    assert outcome.error is not None
    assert outcome.error.startswith("the message cannot be sent: ")
    assert receiver.got == []


@pytest.fixture
def asked_names(receiver: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the receiver speak TLS with a certificate for localhost; returns the names asked for."""
    monkeypatch.setenv("SSL_CERT_FILE", str(PEM))
    context, names = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    context.load_cert_chain(PEM)
    context.sni_callback = lambda _, name, __: names.append(name)
    receiver.socket = context.wrap_socket(receiver.socket, server_side=True)
    return names


def test_a_certificate_has_to_be_for_the_name_in_the_url(
    receiver: ThreadingHTTPServer, asked_names: list[str]
) -> None:
    sender = posting(localhost="127.0.0.1", crm_lan="127.0.0.1")
    port = receiver.server_port
    assert sender.post(f"https://localhost:{port}/", {}, b"{}").text == "thanks"
    outcome = sender.post(f"https://crm.lan:{port}/", {}, b"{}")
    assert outcome.error is not None
    assert outcome.error.startswith(f"crm.lan:{port} has no trusted certificate: Hostname mismatch")
    assert asked_names == ["localhost", "crm.lan"]
    assert len(receiver.got) == 1


@pytest.mark.usefixtures("asked_names")
def test_a_certificate_nobody_vouches_for_is_not_trusted(
    receiver: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    url = f"https://localhost:{receiver.server_port}/"
    outcome = posting(localhost="127.0.0.1").post(url, {}, b"{}")
    assert outcome.error is not None
    assert "has no trusted certificate: self-signed certificate" in outcome.error
    assert receiver.got == []


def test_a_receiver_without_tls_is_told_from_one_with(speak: Callable[..., int]) -> None:
    port = speak(OK + b"\r\n")
    outcome = posting().post(f"https://127.0.0.1:{port}/", {}, b"{}")
    assert outcome.error is not None
    assert outcome.error.startswith(f"127.0.0.1:{port} does not speak TLS: ")


FIRST_WEBHOOKS = """
import threading
from mock_server.web.posting import Posting
from mock_server.web.targets import Targets

together, errors = threading.Barrier(8), []

def send():
    together.wait()
    errors.append(Posting(Targets("private"), 5).post("http://127.0.0.1:1/", {}, b"{}").error)

threads = [threading.Thread(target=send) for _ in range(8)]
for each in threads: each.start()
for each in threads: each.join()
print(len(errors), {*errors})
"""


def test_the_first_webhooks_can_leave_together() -> None:
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", FIRST_WEBHOOKS], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("8 {'nothing listens at 127.0.0.1:1'}\n", "")
