"""Are the last calls of each world kept, found, waited for and bounded?"""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from mock_server.engine.answered_calls import AnsweredCall, Message, SentRequest, Wanted
from mock_server.engine.journal import Journal

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def sent(content: bytes = b"") -> SentRequest:
    """Return what was sent with this body."""
    return SentRequest({}, content, len(content), "GET", "/things/", "")


@dataclass
class Called:
    """A call that was answered, ordinary where nothing else is said."""

    at: datetime = NOW
    api: str | None = "toy"
    operation: str | None = "GET /things/"
    world: str = "w"
    credential: str | None = None
    status: int = 200
    milliseconds: float = 1.0
    faults: tuple[str, ...] = ()
    is_ours: bool = False
    request: SentRequest = field(default_factory=sent)
    reply: Message = field(default_factory=lambda: Message({}, b"", 0))
    size: int = 1_000
    number: int = 0

    beginning: bytes = b""

    @property
    def outcome(self) -> tuple[str | None, int, str | None]:
        return self.operation, self.status, None

    @property
    def caller(self) -> tuple[str | None, str | None]:
        return self.api, self.credential


def numbers(journal: Journal, **wanted: Any) -> list[int]:
    return [each.number for each in journal.find(Wanted(**{"world": "w", **wanted}))]


def test_calls_are_numbered_in_each_world_by_itself() -> None:
    journal = Journal()
    for world in ("w", "other", "w"):
        journal.add(Called(world=world))
    assert numbers(journal) == [1, 2]
    assert numbers(journal, world="other") == [1]
    assert journal.last_number("w") == 2
    assert journal.last_number("nobody") == 0


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"api": "toy"}, [1, 3, 4]),
        ({"api": "other"}, []),
        ({"operation": "POST /things/"}, [3]),
        ({"status": 404}, [4]),
        ({"credential": "app"}, [3]),
        ({"since": NOW.replace(hour=10)}, [4]),
        ({"after": 3}, [4]),
        ({"with_ours": True}, [1, 2, 3, 4]),
    ],
)
def test_calls_are_found_by_what_they_were(wanted: dict[str, Any], found: list[int]) -> None:
    journal = Journal()
    journal.add(Called())
    journal.add(Called(api="sandbox", is_ours=True))
    journal.add(Called(operation="POST /things/", credential="app"))
    journal.add(Called(status=404, operation=None, at=NOW.replace(hour=10)))
    assert numbers(journal, **wanted) == found


def test_the_oldest_calls_of_a_world_are_dropped_and_our_own_displace_none() -> None:
    journal = Journal(most_calls=3)
    journal.add(Called(world="other"))
    for is_ours in (False, False, False, False, True, True, True, True):
        journal.add(Called(is_ours=is_ours))
    assert numbers(journal) == [2, 3, 4]
    assert numbers(journal, with_ours=True) == [2, 3, 4, 6, 7, 8]
    assert numbers(journal, world="other") == [1]


def test_the_quietest_world_loses_its_calls_first_where_bytes_run_out() -> None:
    journal = Journal(most_bytes=2_500)
    for world in ("quiet", "w", "w", "w"):
        journal.add(Called(world=world))
    assert numbers(journal, world="quiet") == []
    assert numbers(journal) == [2, 3]
    journal.add(Called(world="quiet"))
    assert numbers(journal, world="quiet") == [2]


def test_the_last_call_is_kept_however_large_it_is() -> None:
    journal = Journal(most_bytes=1_000)
    for _ in range(2):
        journal.add(Called(size=50_000))
    assert numbers(journal) == [2]


def test_a_world_that_is_forgotten_begins_anew_and_an_older_mark_takes_all() -> None:
    journal = Journal()
    for _ in range(3):
        journal.add(Called())
    journal.forget("w")
    assert numbers(journal) == []
    journal.add(Called())
    assert numbers(journal, after=3) == [1]


def test_whoever_waits_is_told_of_the_first_call_that_is_wanted() -> None:
    journal = Journal()
    journal.add(Called())
    found: list[AnsweredCall] = []
    waiting = threading.Thread(
        target=lambda: found.extend(journal.wait(Wanted("w", after=1, status=500), 30))
    )
    waiting.start()
    journal.add(Called())
    journal.add(Called(status=500))
    waiting.join(30)
    assert [each.number for each in found] == [3]


def test_a_wait_for_what_is_there_or_never_comes_ends_at_once_or_in_time() -> None:
    journal = Journal()
    journal.add(Called())
    assert [each.number for each in journal.wait(Wanted("w"), 30)] == [1]
    assert journal.wait(Wanted("w", after=1), 0) == []


def test_all_calls_are_counted_by_how_they_ended_also_those_long_dropped() -> None:
    journal = Journal(most_calls=1)
    for status in (200, 404, 200):
        journal.add(Called(status=status))
    journal.add(Called(api=None, operation=None, status=404, is_ours=True))
    journal.forget("w")
    ended, durations = journal.counts()
    assert ended == {
        ("toy", "GET /things/", 200): 2,
        ("toy", "GET /things/", 404): 1,
        (None, None, 404): 1,
    }
    assert sum(durations["toy"].groups) == 3


@pytest.mark.parametrize(("seconds", "group"), [(0.0005, 0), (0.0006, 1), (10.0, 13), (11.0, 14)])
def test_a_duration_is_counted_up_to_its_limit(seconds: float, group: int) -> None:
    journal = Journal()
    journal.add(Called(milliseconds=seconds * 1000))
    _, durations = journal.counts()
    (counted,) = durations.values()
    assert counted.groups.index(1) == group
    assert counted.seconds == pytest.approx(seconds)
