"""What a damaged reply may do to the connection of the client that it is for."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_server.serving.connection import Connection


class ConnectionWire:
    """One client's connection, as long as one reply has it; the server never waits for it."""

    def __init__(self, connection: "Connection", end: Callable[[], None]) -> None:
        """Use this connection, and tell `end` when the reply has been sent."""
        self._connection = connection
        self._end = end

    def write(self, part: bytes) -> None:
        """Send these bytes, unless the client has gone."""
        self._connection.write(part)

    def later(self, seconds: float, step: Callable[[], None]) -> None:
        """Take a step after so long, unless the client has gone by then."""

        def take() -> None:
            if not self._connection.is_over:
                step()

        self._connection.server.later(seconds, take)

    def hang_up(self) -> None:
        """Close the connection once all that was written is sent."""
        self._connection.close()

    def end(self) -> None:
        """Go on as after any reply that was sent whole."""
        self._end()
