"""A request on its way in: what has arrived of it, and why it may have to be refused."""

from collections.abc import Callable
from dataclasses import dataclass

from mock_server.engine.refusals import Busy, Malformed, Refusal, TooSlow
from mock_server.serving.environ import Environ
from mock_server.web.application import too_large

# What a client that is refused may still send before it reads the answer.
MOST_DRAINED_BYTES = 256 * 1024 * 1024
_MOST_HELD_BYTES = 256 * 1024 * 1024


@dataclass
class Bounds:
    """What the requests of a server are held to together.

    `usual_bytes` is the largest body of most operations, and `most_bytes` tells it for a method
    and a path. `held_bytes` counts what has arrived of bodies that are not whole yet.
    """

    usual_bytes: int
    most_bytes: Callable[[str, str], int]
    seconds: float
    held_bytes: int = 0


class Request:
    """One request, of which the head, or a part of the body, may still be missing."""

    def __init__(self, bounds: Bounds, environ: Environ) -> None:
        """Begin with an environment that knows the server and the caller and nothing else."""
        self._bounds = bounds
        self._parts: list[bytes] = []
        self._received = 0
        self._most = bounds.usual_bytes
        self.environ = environ
        self.refusal: Refusal | None = None
        self.target = b""
        self.has_head = False
        self.is_whole = False
        self.keeps_alive = False

    @property
    def body(self) -> bytes:
        """Return the whole body."""
        return self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)

    @property
    def is_endless(self) -> bool:
        """Say whether more is still to come than a server reads for nothing."""
        return self.refusal is not None and (
            max(self._received, self._declared) > MOST_DRAINED_BYTES or self.wants_to_be_asked
        )

    @property
    def wants_to_be_asked(self) -> bool:
        """Say whether the client waits for our consent before it sends the body."""
        return self._received == 0 and self.environ.get("HTTP_EXPECT", "").lower() == "100-continue"

    @property
    def _declared(self) -> int:
        # The parser has let nothing but digits pass, though as many as the caller likes.
        return int(self.environ.get("CONTENT_LENGTH", "0")[:20])

    def check_length(self) -> None:
        """Refuse a body whose stated length is above the limit."""
        if self._declared > self._most:
            self._refuse_above_limit(self._declared)

    def add(self, part: bytes) -> None:
        """Take in a part of the body; what is refused is read and dropped."""
        self._received += len(part)
        if self.refusal is None and self._received > self._most:
            self._refuse_above_limit(self._received)
        if self.refusal is None:
            self._hold(part)

    def drop(self) -> None:
        """Let go of the body, because it has been handed over or is not wanted."""
        self._bounds.held_bytes -= sum(map(len, self._parts))
        self._parts.clear()

    def late(self) -> Refusal:
        """Return why a request that has not arrived in time is refused."""
        if self.refusal is not None:
            return self.refusal
        what = "body" if self.has_head else "head"
        return TooSlow(
            f"the request's {what} was not here after {self._bounds.seconds:g} seconds;"
            " --request-seconds gives it longer"
        )

    def cut_off(self) -> Refusal:
        """Return why a request is refused after which nothing more comes."""
        if not self.has_head:
            return Malformed("the request ends before its headers are complete")
        if not self._declared:
            return Malformed("the body ends before its last chunk")
        return Malformed(
            f"the body breaks off: {self._received:,} of {self._declared:,} bytes have arrived"
        )

    def unreadable(self, why: str) -> Refusal:
        """Return why a request is refused that is not written as HTTP/1.1 says."""
        what = "body" if self.has_head else "request"
        return Malformed(f"the {what} cannot be read as HTTP/1.1: {why}")

    def _refuse_above_limit(self, length: int) -> None:
        self._most = self._bounds.most_bytes(
            self.environ["REQUEST_METHOD"], self.environ["PATH_INFO"]
        )
        if length > self._most:
            self._refuse(too_large(self._most))

    def _hold(self, part: bytes) -> None:
        if self._bounds.held_bytes + len(part) > _MOST_HELD_BYTES:
            self._refuse(Busy("too many large requests are arriving at once; try again later"))
            return
        self._bounds.held_bytes += len(part)
        self._parts.append(part)

    def _refuse(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.drop()
