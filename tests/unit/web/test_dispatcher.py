"""Does what is handed out reach its receiver in order, come back, and leave no thread behind?"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

import pytest

from mock_server.engine.messages import AttemptResult, Request
from mock_server.web.dispatcher import Dispatcher
from mock_server.world.waiting import HandedOut

SECONDS = 5
DONE = AttemptResult(status=200)


class Stir(threading.Condition):
    """A stir that tells when somebody begins to wait for long."""

    def __init__(self) -> None:
        super().__init__()
        self.is_long = threading.Event()

    def wait(self, timeout: float | None = None) -> bool:
        if timeout and timeout > SECONDS:
            self.is_long.set()
        return super().wait(timeout)


class Sandbox:
    """Worlds, deliveries and a posting in one: the dispatcher's whole surroundings.

    A delivery's name is its lane and a number: `a1` goes in the lane `a`.
    """

    timeout_seconds = 1.0

    def __init__(self) -> None:
        self.stir = Stir()
        self.epoch = 1
        self.out: list[HandedOut] = []
        self.is_locked = False
        self.looks: list[None] = []
        self.dues: Iterator[float | None] = iter(())
        self.noted: list[tuple[str, AttemptResult]] = []
        self.received: list[str] = []
        self.receive: Callable[[str], AttemptResult] = lambda _: DONE
        self.dispatcher = Dispatcher(self, self, self, lanes=3)
        self._lock = threading.RLock()

    def tick(self) -> float | None:
        self.looks.append(None)
        return next(self.dues, None)

    def deliveries(self) -> list[HandedOut]:
        return [*self.out]

    @contextmanager
    def turn_of(self, name: str, epoch: int | None) -> Iterator[object]:
        with self._lock:
            self.is_locked = True
            try:
                yield name if epoch == self.epoch else None
            finally:
                self.is_locked = False
        self.dispatcher.wake()

    def request(self, _: object, delivery: str, /) -> Request | None:
        is_out = any(each.delivery == delivery for each in self.out)
        return Request(delivery[0], f"http://{delivery}.lan/", {}, b"{}") if is_out else None

    def note(self, _: object, delivery: str, result: AttemptResult, /) -> None:
        self.noted.append((delivery, result))
        self.out = [each for each in self.out if each.delivery != delivery]

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> AttemptResult:
        assert (headers, body, self.is_locked) == ({}, b"{}", False)
        delivery = url.removeprefix("http://").removesuffix(".lan/")
        self.received.append(delivery)
        return self.receive(delivery)

    def hand_out(self, *deliveries: str, world: str = "toy") -> None:
        self.out += [HandedOut(world, self.epoch, each) for each in deliveries]
        self.dispatcher.wake()

    def settle(self) -> None:
        """Wait until the dispatcher has ended by itself."""
        thread = self.dispatcher._thread
        if thread is not None:
            thread.join(SECONDS)
        assert self.dispatcher._thread is None


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.dispatcher.close()


def test_an_delivery_is_carried_and_no_thread_stays(sandbox: Sandbox) -> None:
    threads = []

    def receive(_: str) -> AttemptResult:
        threads.append(threading.current_thread())
        return DONE

    sandbox.receive = receive
    sandbox.hand_out("a1")
    sandbox.settle()
    threads[0].join(SECONDS)
    assert (sandbox.received, sandbox.noted) == (["a1"], [("a1", DONE)])
    assert not threads[0].is_alive()


def test_before_it_is_woken_there_is_no_dispatcher(sandbox: Sandbox) -> None:
    sandbox.out.append(HandedOut("toy", 1, "a1"))
    assert sandbox.dispatcher._thread is None
    assert sandbox.looks == []


def test_it_begins_again_whenever_it_is_woken(sandbox: Sandbox) -> None:
    for delivery in ("a1", "a2", "b1"):
        sandbox.hand_out(delivery)
        sandbox.settle()
    assert sandbox.received == ["a1", "a2", "b1"]


def test_one_lane_goes_strictly_in_order_and_one_at_a_time(sandbox: Sandbox) -> None:
    deliveries = [f"a{number}" for number in range(9)]
    overlap = threading.Barrier(2)

    def receive(_: str) -> AttemptResult:
        with suppress(threading.BrokenBarrierError):
            overlap.wait(0.05)
            return AttemptResult(error="two at a time")
        return DONE

    sandbox.receive = receive
    sandbox.hand_out(*deliveries)
    sandbox.settle()
    assert sandbox.noted == [(delivery, DONE) for delivery in deliveries]
    assert sandbox.received == deliveries


def test_an_delivery_under_way_is_not_taken_twice(sandbox: Sandbox) -> None:
    has_looked, counts = threading.Event(), []

    def dues() -> Iterator[float]:
        yield from (9.0, 8.0, 7.0)
        has_looked.set()

    def receive(_: str) -> AttemptResult:
        for _ in range(3):
            sandbox.dispatcher.wake()
            has_looked.wait(0.1)
        counts.append(sandbox.dispatcher._under_way)
        return DONE

    sandbox.dues, sandbox.receive = dues(), receive
    sandbox.hand_out("a1")
    sandbox.settle()
    assert has_looked.is_set()
    assert counts == [1]


def test_lanes_do_not_wait_for_each_other(sandbox: Sandbox) -> None:
    meeting = threading.Barrier(2)

    def receive(delivery: str) -> AttemptResult:
        if delivery != "a2":
            meeting.wait(SECONDS)
        return DONE

    sandbox.receive = receive
    sandbox.hand_out("a1", "a2", "b1")
    sandbox.settle()
    assert not meeting.broken
    assert sorted(delivery for delivery, _ in sandbox.noted) == ["a1", "a2", "b1"]


def test_the_same_lane_of_two_worlds_is_two(sandbox: Sandbox) -> None:
    meeting = threading.Barrier(2)

    def receive(_: str) -> AttemptResult:
        meeting.wait(SECONDS)
        return DONE

    sandbox.receive = receive
    sandbox.out.append(HandedOut("other", 1, "a2"))
    sandbox.hand_out("a1")
    sandbox.settle()
    assert not meeting.broken
    assert len(sandbox.noted) == 2


def test_what_is_handed_out_meanwhile_is_carried_too(sandbox: Sandbox) -> None:
    def receive(delivery: str) -> AttemptResult:
        if delivery == "a1":
            sandbox.hand_out("a2", "b1")
        return DONE

    sandbox.receive = receive
    sandbox.hand_out("a1")
    sandbox.settle()
    assert sorted(delivery for delivery, _ in sandbox.noted) == ["a1", "a2", "b1"]


def test_the_same_delivery_can_go_out_again(sandbox: Sandbox) -> None:
    results = iter([AttemptResult(status=500), DONE])

    def receive(_: str) -> AttemptResult:
        return next(results)

    sandbox.receive = receive
    for _ in range(2):
        sandbox.hand_out("a1")
        sandbox.settle()
    assert sandbox.noted == [("a1", AttemptResult(status=500)), ("a1", DONE)]


def test_a_fault_on_the_way_is_a_failed_attempt_and_logged(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.receive = lambda delivery: 1 / 0 if delivery == "a1" else DONE
    sandbox.hand_out("a1", "a2")
    sandbox.settle()
    fault = AttemptResult(error="the sandbox has a fault; its log says which")
    assert sandbox.noted == [("a1", fault), ("a2", DONE)]
    assert "the delivery a1 of the world toy met a fault" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def raising_for(delivery: str, go_on: Callable[..., object]) -> Callable[..., object]:
    """Return what a part of the surroundings does, except that it fails for one delivery."""

    def step(world: object, name: str, *rest: object) -> object:
        if name == delivery:
            raise RuntimeError("the disk is full")
        return go_on(world, name, *rest)

    return step


def test_an_delivery_that_cannot_be_read_is_a_failed_attempt(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.request = raising_for("a1", sandbox.request)
    sandbox.hand_out("a1", "a2")
    sandbox.settle()
    assert sandbox.received == ["a2"]
    assert sorted((delivery, result.is_success) for delivery, result in sandbox.noted) == [
        ("a1", False),
        ("a2", True),
    ]
    assert "the disk is full" in caplog.text


def test_what_cannot_even_be_noted_is_given_up_and_told(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    sandbox.note = raising_for("a1", sandbox.note)
    sandbox.hand_out("a1", "a2")
    sandbox.settle()
    sandbox.hand_out("a3")
    sandbox.settle()
    assert sandbox.received == ["a1", "a2", "a3"]
    assert [delivery for delivery, _ in sandbox.noted] == ["a2", "a3"]
    assert caplog.text.count("the delivery a1 of the world toy is given up") == 1


def test_worlds_whose_time_fails_stop_neither_deliveries_nor_dispatcher(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    def tick() -> float:
        raise RuntimeError("the disk is full")

    sandbox.tick = tick
    for delivery in ("a1", "a2"):
        sandbox.hand_out(delivery)
        sandbox.settle()
    assert sandbox.received == ["a1", "a2"]
    assert "what is due could not be made to happen" in caplog.text


def test_the_result_of_a_world_that_was_reset_is_dropped(sandbox: Sandbox) -> None:
    def receive(delivery: str) -> AttemptResult:
        if sandbox.received == ["a1"]:
            sandbox.epoch = 2
            sandbox.out = [HandedOut("toy", 2, "a1")]
        return AttemptResult(text=f"{delivery}, number {len(sandbox.received)}")

    sandbox.receive = receive
    sandbox.hand_out("a1")
    sandbox.settle()
    # The world after the reset handed out a delivery of the same name, and that one is noted.
    assert [result.text for _, result in sandbox.noted] == ["a1, number 2"]


def test_what_is_no_longer_to_be_sent_is_not(sandbox: Sandbox) -> None:
    def receive(_: str) -> AttemptResult:
        sandbox.out = [HandedOut("toy", 1, "a1")]
        return DONE

    sandbox.receive = receive
    sandbox.hand_out("a1", "a2")
    sandbox.settle()
    assert (sandbox.received, sandbox.noted) == (["a1"], [("a1", DONE)])


def test_it_waits_for_what_is_due_by_itself(sandbox: Sandbox) -> None:
    def dues() -> Iterator[float]:
        yield from (0.2, 0.15)
        sandbox.out.append(HandedOut("toy", 1, "a1"))
        yield 60.0

    sandbox.dues = dues()
    sandbox.dispatcher.wake()
    sandbox.settle()
    assert sandbox.received == ["a1"]


def test_it_does_not_wait_for_clocks_that_stand_still(sandbox: Sandbox) -> None:
    sandbox.dues = iter([900.0] * 100)
    sandbox.dispatcher.wake()
    sandbox.settle()
    assert len(sandbox.looks) == 4


def test_however_often_it_is_woken_it_pauses_after_each_look(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses = []
    wait = sandbox.dispatcher._closing.wait
    monkeypatch.setattr(
        sandbox.dispatcher._closing, "wait", lambda seconds: pauses.append(seconds) or wait(0)
    )
    for _ in range(100):
        sandbox.dispatcher.wake()
    sandbox.settle()
    assert pauses == [0.01] * len(sandbox.looks)


def test_a_stir_ends_a_long_wait(sandbox: Sandbox) -> None:
    sandbox.dues = iter([60.0, 59.0])
    sandbox.dispatcher.wake()
    assert sandbox.stir.is_long.wait(SECONDS)
    sandbox.hand_out("a1")
    sandbox.settle()
    assert sandbox.received == ["a1"]


def test_closing_ends_a_long_wait(sandbox: Sandbox) -> None:
    sandbox.dues = iter([60.0, 59.0, 58.0, 57.0])
    sandbox.dispatcher.wake()
    assert sandbox.stir.is_long.wait(SECONDS)
    sandbox.dispatcher.close()
    assert sandbox.dispatcher._thread is None


def test_closing_waits_for_what_is_under_way_and_ends_for_good(sandbox: Sandbox) -> None:
    began, may_go = threading.Event(), threading.Event()

    def receive(_: str) -> AttemptResult:
        began.set()
        assert may_go.wait(SECONDS)
        return DONE

    sandbox.receive = receive
    sandbox.hand_out("a1", "a2")
    assert began.wait(SECONDS)
    closing = threading.Thread(target=sandbox.dispatcher.close)
    closing.start()
    assert sandbox.dispatcher._closing.wait(SECONDS)
    may_go.set()
    closing.join(SECONDS)
    assert not closing.is_alive()
    sandbox.hand_out("b1")
    assert sandbox.dispatcher._thread is None
    assert "a1" in [delivery for delivery, _ in sandbox.noted]
    assert "b1" not in sandbox.received


def test_closing_does_not_wait_for_ever(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    began, may_go = threading.Event(), threading.Event()
    sandbox.timeout_seconds = 0.01

    def receive(_: str) -> AttemptResult:
        began.set()
        return DONE if may_go.wait(SECONDS) else AttemptResult()

    sandbox.receive = receive
    sandbox.hand_out("a1")
    assert began.wait(SECONDS)
    sandbox.dispatcher.close()
    assert "a delivery was still under way when the sandbox stopped" in caplog.text
    may_go.set()


def test_a_dispatcher_that_was_never_woken_closes_at_once(sandbox: Sandbox) -> None:
    sandbox.dispatcher.close()
    assert sandbox.looks == []
