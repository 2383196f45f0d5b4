"""What time it is in a world: the machine's time, shifted, or an instant held still."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

FLOWING: Mapping[str, Any] = {"ahead_seconds": 0.0, "frozen_at": None}  # A clock nobody touched.


def machine_time() -> datetime:
    """Return the machine's time, the only place that reads it."""
    return datetime.now(UTC)


class SteadyTime:
    """The machine's time as the sandbox counts on it: it may stop or jump, but never goes back.

    A test that freezes the time, or a virtual machine that is restored, sets the machine's clock
    back. From there this time flows on at the machine's pace. As soon as the machine's clock is
    ahead again it is followed again, so that a test that is over leaves no trace.
    """

    def __init__(self, machine: Callable[[], datetime] = machine_time) -> None:
        """Follow `machine`, whose instants are aware and in UTC."""
        self._machine = machine
        self._latest: datetime | None = None
        self._behind = timedelta()
        # Whoever looks when the next thing is due asks this without having any world.
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        """Return the current instant."""
        with self._lock:
            return self._read()

    def not_before(self, instant: datetime) -> None:
        """Begin at that instant or later, such as where an earlier run of the sandbox ended."""
        with self._lock:
            self._latest = max(self._read(), instant)
            self._read()

    def _read(self) -> datetime:
        reading = self._machine()
        if self._latest is not None:
            if reading < self._latest:
                self._behind = max(self._behind, self._latest - reading)
                reading += self._behind
            else:
                self._behind = timedelta()
        self._latest = reading
        return reading


class Clock:
    """A clock that flows with the machine's, or stands still, and only ever goes forward."""

    def __init__(self, machine: Callable[[], datetime] = machine_time) -> None:
        """Flow with `machine`, whose instants are aware and in UTC."""
        self._machine = machine
        self._ahead = timedelta()
        self._frozen_at: datetime | None = None
        self._shown: datetime | None = None

    @property
    def is_frozen(self) -> bool:
        """Say whether the clock stands still."""
        return self._frozen_at is not None

    def now(self) -> datetime:
        """Return the current instant, in UTC and whole milliseconds."""
        instant = self._shown or self._frozen_at or self._machine() + self._ahead
        return instant.replace(microsecond=instant.microsecond // 1000 * 1000)

    def machine_time_of(self, instant: datetime) -> datetime | None:
        """Return when the machine shows the time at which this clock shows an instant.

        None where this clock stands still.
        """
        return None if self._frozen_at is not None else instant - self._ahead

    @contextmanager
    def showing(self, instant: datetime) -> Iterator[None]:
        """Show one instant, such as that at which something is due, until the clock is moved."""
        before, self._shown = self._shown, instant
        try:
            yield
        finally:
            self._shown = before

    def begin_at(self, instant: datetime) -> None:
        """Show that instant now, even an earlier one: nobody has looked at this clock yet."""
        self._ahead = instant - self._machine()

    def freeze(self, at: datetime | None = None) -> None:
        """Hold the clock still, now or later; raises `ValueError` for an earlier instant."""
        if at is not None:
            self.refuse_past(at)
        self._frozen_at = at or self.now()
        self._shown = None

    def refuse_past(self, instant: datetime) -> None:
        """Raise `ValueError` for an instant that has passed."""
        if instant < self.now():
            advice = f"{iso(instant)} is before {iso(self.now())}"
            raise ValueError(f"the clock only goes forward: {advice}")

    def advance(self, by: timedelta) -> None:
        """Go forward by this much; raises `ValueError` for a step back."""
        if by < timedelta():
            raise ValueError(f"the clock only goes forward, not by {by}")
        if self._frozen_at is None:
            self._ahead += by
        else:
            self._frozen_at += by
        self._shown = None

    def flow(self) -> None:
        """Run on from the current instant at the machine's pace."""
        self._ahead = self.now() - self._machine()
        self._frozen_at = self._shown = None

    def state(self) -> dict[str, Any]:
        """Return what it takes to make this clock again."""
        frozen = self._frozen_at and iso(self._frozen_at)
        return {"ahead_seconds": self._ahead.total_seconds(), "frozen_at": frozen}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Become the clock whose `state` this was."""
        self._ahead = timedelta(seconds=state["ahead_seconds"])
        self._frozen_at = state["frozen_at"] and parse(state["frozen_at"])


def iso(instant: datetime) -> str:
    """Return the instant as both vendors write it: `2026-02-25T08:25:47.038Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(text: str) -> datetime:
    """Return the instant of an ISO 8601 text; one without an offset is in UTC."""
    # It may have its T and its Z in small letters, which Python does not read.
    instant = datetime.fromisoformat(text.upper())
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
