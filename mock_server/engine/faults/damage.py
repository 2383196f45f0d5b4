"""What can happen to a reply on its way: it never arrives, or not whole, or slowly."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

_PIECES_A_SECOND = 10


class Wire(Protocol):
    """A connection to one client, as a server offers it; nothing here waits for anything."""

    def write(self, part: bytes) -> None:
        """Send these bytes."""

    def later(self, seconds: float, step: Callable[[], None]) -> None:
        """Take a step after so long, unless the client has gone by then."""

    def hang_up(self) -> None:
        """Close the connection once all that was written is sent."""

    def end(self) -> None:
        """Go on as after any reply that was sent whole."""


class Damage(Protocol):
    """One thing that can happen to a reply."""

    def send(self, wire: Wire, head: bytes, body: bytes) -> None:
        """Send what the client is to get of a reply, and decide about the connection."""

    def without_wire(self, body: bytes) -> bytes:
        """Return what is left of a body where a server lets nobody touch the connection.

        Raises what a client in the same process gets instead of a reply.
        """


@dataclass(frozen=True)
class HangUp:
    """The connection is closed without a reply."""

    def send(self, wire: Wire, head: bytes, body: bytes) -> None:
        wire.hang_up()

    def without_wire(self, body: bytes) -> bytes:
        raise ConnectionAbortedError("a fault closes the connection without a reply")


@dataclass(frozen=True)
class Silence:
    """Nothing is sent for so long, and then the connection is closed."""

    seconds: float

    def send(self, wire: Wire, head: bytes, body: bytes) -> None:
        wire.later(self.seconds, wire.hang_up)

    def without_wire(self, body: bytes) -> bytes:
        raise TimeoutError("a fault lets the client wait for a reply until it gives up")


@dataclass(frozen=True)
class CutShort:
    """The connection is closed after this share of the body, whose length was announced."""

    share: float

    def send(self, wire: Wire, head: bytes, body: bytes) -> None:
        wire.write(head + self.without_wire(body))
        wire.hang_up()

    def without_wire(self, body: bytes) -> bytes:
        return body[: int(len(body) * self.share)]


@dataclass(frozen=True)
class Drip:
    """The body comes in small pieces, the last of them after so long."""

    seconds: float

    def send(self, wire: Wire, head: bytes, body: bytes) -> None:
        wire.write(head)
        count = max(1, min(len(body), int(self.seconds * _PIECES_A_SECOND)))
        ends = [len(body) * number // count for number in range(count + 1)]
        pieces = [body[start:end] for start, end in pairwise(ends)]
        for number, piece in enumerate(pieces, start=1):
            step = _step(wire, piece, is_last=number == count)
            wire.later(self.seconds * number / count, step)

    def without_wire(self, body: bytes) -> bytes:
        return body


def _step(wire: Wire, piece: bytes, *, is_last: bool) -> Callable[[], None]:
    def step() -> None:
        wire.write(piece)
        if is_last:
            wire.end()

    return step
