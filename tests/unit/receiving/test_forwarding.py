"""Does the program get what came, and does the sender get what the program answered?"""

import json
import socket
import threading
from typing import Any

import pytest
from urllib3.exceptions import HTTPError, ReadTimeoutError, SSLError
from urllib3.util import parse_url

from mock_server.receiving.delivery import Answer
from mock_server.receiving.forwarding import Forwarding

HEADERS = {
    "Content-Type": "application/json; charset=utf-8",
    "propexo-signature": "ab12",
    "x-environment": "sandbox",
}
BODY = b'{ "spaces":  "as they came" }\n'


def passed_on(url: str, **headers: str) -> Answer:
    return Forwarding(parse_url(url)).answer({**HEADERS, **headers}.items(), BODY)


def test_the_program_gets_the_same_bytes_and_headers(target: Any) -> None:
    passed_on(f"{target.url}?token=1")
    [(headers, body)] = target.sent
    assert body == BODY
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= headers.items()
    assert target.paths == ["/hooks?token=1"]


def test_what_belongs_to_the_connection_is_made_anew(target: Any) -> None:
    passed_on(target.url, **{"Host": "elsewhere", "Content-Length": "3", "Upgrade": "h2c"})
    [(headers, _)] = target.sent
    assert headers["host"] in target.url
    assert headers["content-length"] == str(len(BODY))
    assert "upgrade" not in headers


@pytest.mark.parametrize("status", [204, 302, 404, 503])
def test_the_answer_is_the_programs_and_no_redirection_is_followed(
    status: int, target: Any
) -> None:
    target.status, target.content = status, b""
    target.headers = {"Location": target.url, "Retry-After": "7"}
    answer = passed_on(target.url)
    assert (answer.status, len(target.sent)) == (status, 1)
    assert target.headers.items() <= set(answer.headers)


def test_the_answers_bytes_are_not_unpacked(target: Any) -> None:
    target.content, target.headers = b"\x1f\x8b not quite gzip", {"Content-Encoding": "gzip"}
    answer = passed_on(f"{target.url}?token=1")
    assert answer.content == target.content
    assert answer.headers == (("Content-Encoding", "gzip"),)
    assert answer.note == f"answered by {target.url}"


def test_a_program_that_is_not_there_is_a_502_with_a_sentence() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/hooks"
        answer = passed_on(f"{url}?token=1")
    expected = f"{url} could not be asked: nothing listens there"
    assert (answer.status, answer.note) == (502, expected)
    assert json.loads(answer.content) == {"error": expected}


def test_a_name_that_nobody_has_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    note = passed_on("http://receiver.test/").note
    assert note == "http://receiver.test/ could not be asked: no machine of that name is known"


def test_a_program_that_hangs_up_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as line:

        def hang_up() -> None:
            caller, _ = line.accept()
            caller.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        answer = passed_on(f"http://127.0.0.1:{line.getsockname()[1]}/")
        thread.join()
    assert answer.status == 502
    assert str(answer.note).endswith("the connection broke off before it had answered")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ReadTimeoutError(None, "", ""), "it did not answer within 30 seconds"),  # type: ignore[arg-type]
        (SSLError("wrong version"), "no secure connection could be agreed on"),
    ],
    ids=["too slow", "not secure"],
)
def test_what_went_wrong_is_told_in_words(error: HTTPError, reason: str) -> None:
    answer = Forwarding(parse_url("https://localhost/"))._unreached(error)
    assert answer.note == f"https://localhost/ could not be asked: {reason}"
