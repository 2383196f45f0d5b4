"""Is one caller served at a time, and are others let in while one waits?"""

import threading
from collections.abc import Iterable
from typing import Any

import pytest

from mock_server.web.turnstile import DELAY, MAY_NOT_WAIT, MustWait, Turnstile

PATIENCE_SECONDS = 20


def call(turnstile: Turnstile, path: str) -> threading.Thread:
    """Call from a thread of its own, which has begun."""
    thread = threading.Thread(target=turnstile, args=({"PATH_INFO": path}, None), daemon=True)
    thread.start()
    return thread


def test_a_second_caller_waits_until_the_first_is_served() -> None:
    seen, go_on, is_inside = [], threading.Event(), threading.Event()

    def application(environ: Any, _: Any) -> Iterable[bytes]:
        seen.append(environ["PATH_INFO"])
        is_inside.set()
        go_on.wait(PATIENCE_SECONDS)
        seen.append(environ["PATH_INFO"])
        return []

    turnstile = Turnstile(application)
    threads = [call(turnstile, "/first")]
    is_inside.wait(PATIENCE_SECONDS)
    threads.append(call(turnstile, "/second"))
    go_on.set()
    for each in threads:
        each.join(PATIENCE_SECONDS)
    assert seen == ["/first", "/first", "/second", "/second"]


def test_whoever_steps_aside_lets_others_in_and_comes_back() -> None:
    seen, other_was_served = [], threading.Event()

    def application(environ: Any, _: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/other":
            seen.append("/other")
            other_was_served.set()
            return []
        other = call(turnstile, "/other")
        with turnstile.aside():
            assert other_was_served.wait(PATIENCE_SECONDS)
        other.join(PATIENCE_SECONDS)
        seen.append("/first")
        return []

    turnstile = Turnstile(application)
    turnstile({"PATH_INFO": "/first"}, None)  # type: ignore[arg-type]
    assert seen == ["/other", "/first"]


def test_who_is_not_inside_has_nothing_to_step_aside_from() -> None:
    with Turnstile(lambda *_: []).aside():
        pass


def test_a_caller_that_calls_itself_is_served() -> None:
    def application(environ: Any, _: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/inner":
            return [b"inner"]
        return turnstile({"PATH_INFO": "/inner"}, None)  # type: ignore[arg-type]

    turnstile = Turnstile(application)
    assert turnstile({"PATH_INFO": "/outer"}, None) == [b"inner"]  # type: ignore[arg-type]


def test_a_reply_is_held_back_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def application(environ: Any, _: Any) -> Iterable[bytes]:
        environ[DELAY] = 2.0
        return []

    turnstile = Turnstile(application)
    monkeypatch.setattr("mock_server.web.turnstile.time.sleep", slept.append)
    turnstile({}, None)  # type: ignore[arg-type]
    turnstile({}, None)  # type: ignore[arg-type]
    assert slept == [2.0, 2.0]


def test_a_server_with_one_thread_holds_replies_back_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def application(environ: Any, _: Any) -> Iterable[bytes]:
        environ[DELAY] = 2.0
        return []

    monkeypatch.setattr("mock_server.web.turnstile.time.sleep", pytest.fail)
    Turnstile(application)({MAY_NOT_WAIT: True}, None)  # type: ignore[arg-type]


def test_a_call_that_has_to_wait_where_none_may_is_made_again_elsewhere() -> None:
    def application(*_: Any) -> Iterable[bytes]:
        with turnstile.aside():
            return [b"waited"]

    turnstile = Turnstile(application)
    with pytest.raises(MustWait):
        turnstile({MAY_NOT_WAIT: True}, None)  # type: ignore[arg-type]
    assert turnstile({}, None) == [b"waited"]  # type: ignore[arg-type]


def test_whoever_has_waited_longest_comes_first() -> None:
    seen, is_inside, go_on = [], threading.Event(), threading.Event()

    def application(environ: Any, _: Any) -> Iterable[bytes]:
        seen.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] == "/0":
            is_inside.set()
            go_on.wait(PATIENCE_SECONDS)
        return []

    turnstile = Turnstile(application)
    threads = [call(turnstile, "/0")]
    is_inside.wait(PATIENCE_SECONDS)
    for number in range(1, 6):
        threads.append(call(turnstile, f"/{number}"))
        while len(turnstile._gate._queue) < number:
            threading.Event().wait(0.001)
    go_on.set()
    for each in threads:
        each.join(PATIENCE_SECONDS)
    assert seen == [f"/{number}" for number in range(6)]
