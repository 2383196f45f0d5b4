"""Is a request let in up to the limits, and refused in words beyond them?"""

import pytest

from mock_server.engine.refusals import Busy, Malformed, TooLarge, TooSlow
from mock_server.serving import request as requests
from mock_server.serving.request import Bounds, Request


def begun(bounds: Bounds, **environ: str) -> Request:
    """Return a request whose head has arrived."""
    made = Request(bounds, {"REQUEST_METHOD": "POST", "PATH_INFO": "/pets", **environ})
    made.has_head = True
    made.check_length()
    return made


@pytest.fixture
def bounds() -> Bounds:
    return Bounds(10, lambda _, path: 20 if path == "/files" else 10, 5.0)


def test_a_body_arrives_in_parts(bounds: Bounds) -> None:
    request = begun(bounds, CONTENT_LENGTH="6")
    request.add(b"abc")
    request.add(b"def")
    assert (request.body, request.refusal, bounds.held_bytes) == (b"abcdef", None, 6)
    request.drop()
    assert bounds.held_bytes == 0


def test_a_stated_length_above_the_limit_is_refused_before_the_body_comes(bounds: Bounds) -> None:
    refusal = begun(bounds, CONTENT_LENGTH="11").refusal
    assert isinstance(refusal, TooLarge)
    assert refusal.message == "the body is larger than 10 bytes; --max-body-bytes lets in more"


def test_a_length_of_a_thousand_digits_is_above_the_limit(bounds: Bounds) -> None:
    assert isinstance(begun(bounds, CONTENT_LENGTH="9" * 1_000).refusal, TooLarge)


def test_a_body_that_states_no_length_is_refused_once_it_is_too_large(bounds: Bounds) -> None:
    request = begun(bounds)
    request.add(b"0123456789")
    assert request.refusal is None
    request.add(b"0")
    assert isinstance(request.refusal, TooLarge)
    assert (request.body, bounds.held_bytes) == (b"", 0)


def test_an_operation_that_takes_files_has_its_own_limit(bounds: Bounds) -> None:
    assert begun(bounds, PATH_INFO="/files", CONTENT_LENGTH="20").refusal is None
    assert begun(bounds, PATH_INFO="/files", CONTENT_LENGTH="21").refusal is not None


def test_all_unfinished_bodies_together_have_a_limit(
    bounds: Bounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "_MOST_HELD_BYTES", 8)
    first, second = begun(bounds), begun(bounds)
    first.add(b"12345")
    second.add(b"12345")
    assert first.refusal is None
    assert isinstance(second.refusal, Busy)
    first.drop()
    assert bounds.held_bytes == 0


def test_whoever_asks_first_is_not_waited_for_once_refused(bounds: Bounds) -> None:
    asking = {"HTTP_EXPECT": "100-continue"}
    assert begun(bounds, CONTENT_LENGTH="11", **asking).is_endless
    assert not begun(bounds, CONTENT_LENGTH="9", **asking).is_endless
    assert not begun(bounds, CONTENT_LENGTH="11").is_endless


def test_more_than_is_drained_is_not_waited_for(bounds: Bounds) -> None:
    assert begun(bounds, CONTENT_LENGTH=str(requests.MOST_DRAINED_BYTES + 1)).is_endless


def test_what_is_late_is_told_what_is_missing(bounds: Bounds) -> None:
    late = begun(bounds, CONTENT_LENGTH="5").late()
    assert isinstance(late, TooSlow)
    assert late.message.startswith("the request's body was not here after 5 seconds;")
    assert Request(bounds, {}).late().message.startswith("the request's head was not here")
    assert isinstance(begun(bounds, CONTENT_LENGTH="11").late(), TooLarge)


def test_what_breaks_off_is_told_where(bounds: Bounds) -> None:
    request = begun(bounds, CONTENT_LENGTH="5")
    request.add(b"1")
    assert isinstance(request.cut_off(), Malformed)
    assert request.cut_off().message == "the body breaks off: 1 of 5 bytes have arrived"
    assert begun(bounds).cut_off().message == "the body ends before its last chunk"
    assert (
        Request(bounds, {}).cut_off().message == "the request ends before its headers are complete"
    )
