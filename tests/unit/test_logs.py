"""Does a log line read well on a terminal, and parse where a machine reads?"""

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from mock_server import logs

Said = Callable[[], str]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    logger = logging.getLogger("mock_server")
    before = logger.handlers, logger.level, logger.propagate
    yield
    logger.handlers, logger.propagate = before[0], before[2]
    logger.setLevel(before[1])


def say(*, as_json: bool) -> None:
    logs.configure(as_json=as_json)
    logging.getLogger("mock_server.access").info("%s %s", "GET", "/v1/", extra={"status": 200})


def test_a_machine_reads_one_json_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    say(as_json=True)
    said = json.loads(capsys.readouterr().err)
    assert (said["event"], said["level"], said["status"]) == ("GET /v1/", "info", 200)
    assert said["timestamp"].endswith("Z")


def test_a_person_reads_plain_words_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    say(as_json=False)
    said = capsys.readouterr().err
    assert "GET /v1/" in said
    assert "status=200" in said
    assert "\x1b" not in said


def test_what_a_text_says_already_is_for_machines_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for as_json in (True, False):
        logs.configure(as_json=as_json)
        fields = {"status": 404, "world": "me"}
        logging.getLogger("mock_server.access").info("404 GET /", extra={logs.FIELDS: fields})
    machine, person = capsys.readouterr().err.splitlines()
    assert {"event": "404 GET /", "status": 404, "world": "me"}.items() <= json.loads(
        machine
    ).items()
    assert person.endswith("404 GET /")


def test_no_caller_writes_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(as_json=False)
    log = logging.getLogger("mock_server.engine")
    log.warning("bad %s", "\nFORGED \x1b[31m", extra={"url": "http://a/\x1b[2J"})
    try:
        int("\x1b]0;title\x07" + "\x1b")
    except ValueError as error:
        # The text of an exception is whatever its maker took from the caller.
        error.args = ("\x1b]0;title\x07",)
        log.exception("could not be answered")
    said = capsys.readouterr().err
    assert "\x1b" not in said
    assert "\x07" not in said
    assert not any(line.startswith("FORGED") for line in said.splitlines())
    assert r"\x1b[31m" in said


def test_a_fault_is_logged_with_its_trace(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(as_json=True)
    try:
        _ = {}["lost"]
    except KeyError:
        logging.getLogger("mock_server.engine").exception("could not be answered")
    said = json.loads(capsys.readouterr().err)
    assert "KeyError: 'lost'" in said["exception"]


def test_configuring_twice_does_not_say_everything_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.configure(as_json=True)
    say(as_json=True)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_details_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(as_json=True)
    logging.getLogger("mock_server.world").debug("a detail")
    assert capsys.readouterr().err == ""


def test_a_line_says_its_own_text_level_and_second(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(as_json=False)
    logger = logging.getLogger("mock_server.access")
    fields = {logs.FIELDS: {"status": 200}}
    for level, text in ((logging.INFO, "a"), (logging.INFO, "b"), (logging.ERROR, "(text)")):
        logger.log(level, "%s", text, extra=fields)
    logger.info("b")
    first, second, third, plain = capsys.readouterr().err.splitlines()
    assert (first[9:], second[9:]) == (plain[9:].replace("] b", "] a"), plain[9:])
    assert third.split() == [third[:8], "[error", "]", "(text)"]
