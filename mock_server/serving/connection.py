"""One client's connection: its requests are served in turn, and it stops nobody else."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, cast

from mock_server.engine.refusals import Busy
from mock_server.serving.reading import RequestReader, Unreadable
from mock_server.serving.replying import Answer
from mock_server.serving.request import MOST_DRAINED_BYTES, Request
from mock_server.serving.wire import ConnectionWire
from mock_server.web.application import REFUSAL
from mock_server.web.turnstile import MAY_NOT_WAIT, MustWait

if TYPE_CHECKING:
    from mock_server.serving.server import Server

SILENT_SECONDS = 75  # An open connection may be as long without a request, or take nothing.
_LINGERING_SECONDS = 10
_CROWDED = "29 callers wait already, as many as may at once; call again when one has its answer"


class Connection(asyncio.Protocol):
    """What a client sends, and what it is sent.

    `deadline` is when the client must have done its part, None while it is our turn. `is_over` says
    that nothing is served any more.
    """

    def __init__(self, server: "Server") -> None:
        """Belong to this server, which keeps the time."""
        self.server = server
        self._transport: asyncio.Transport
        self._reading: RequestReader
        self._is_busy = False  # A reply is awaited from a thread, or held back.
        self._is_full = False  # The client does not read what it is sent.
        self._is_paused = False
        self._is_in_line = False  # Its next request waits for others.
        self.is_over = False
        self._has_ended = False  # The client sends nothing any more.
        self._drained = self._unsent = 0
        self._due = 0.0
        self.deadline: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to listen to a client."""
        self._transport = cast("asyncio.Transport", transport)
        basis = self.server.basis(self._transport.get_extra_info("peername"))
        self._reading = RequestReader(self.server.bounds, basis, self._consent)
        self.deadline = self.server.now() + SILENT_SECONDS
        self.server.let_in(self)

    def connection_lost(self, _: Exception | None) -> None:
        """Forget the client."""
        self.is_over = True
        self.deadline = None
        self._reading.close()
        self.server.forget(self)

    def data_received(self, data: bytes) -> None:
        """Serve every request that has become whole."""
        if self.is_over:
            self._drain(len(data))
            return
        if self._reading.arriving is None:
            self._due = self.server.now() + self.server.bounds.seconds
        try:
            self._reading.feed(data)
        except Unreadable as error:
            self._reading.give_up(error.refusal)
        arriving = self._reading.arriving
        if arriving is not None and arriving.is_endless and arriving.refusal is not None:
            self._reading.give_up(arriving.refusal)
        self.go_on()

    def eof_received(self) -> bool:
        """Answer what is still open to a client that has said all it will say."""
        self._has_ended = True
        arriving = self._reading.arriving
        if arriving is not None and not self.is_over:
            self._reading.give_up(arriving.cut_off())
            self.go_on()
        return self._is_busy or bool(self._reading.whole)

    def pause_writing(self) -> None:
        """Serve nothing more until the client has read what it was sent."""
        self._is_full = True
        self._unsent = self._transport.get_write_buffer_size()
        self.deadline = self.server.now() + SILENT_SECONDS

    def resume_writing(self) -> None:
        """Go on, now that the client reads."""
        self._is_full = False
        self._line_up()
        self._wait_for_client()

    def expire(self) -> None:
        """End what takes too long; called once the deadline has passed."""
        if self._is_full and self._transport.get_write_buffer_size() < self._unsent:
            self.pause_writing()
        elif self.is_over or self._is_full or self._reading.arriving is None:
            self._transport.abort()
        else:
            self._reading.give_up(self._reading.arriving.late())
            self.go_on()

    def close(self) -> None:
        """End as soon as what has been written is with the client."""
        self.is_over = True
        self._transport.close()

    def go_on(self) -> None:
        """Serve the next request, if there is one and it is its turn."""
        self._is_in_line = False
        if self._can_serve:
            self._serve(self._reading.whole.popleft())
            self._line_up()
        if not self.is_over:
            self._read_or_not(is_behind=bool(self._reading.whole))
            self._wait_for_client()

    def _line_up(self) -> None:
        """Let others come in between, however many requests this client has sent at once."""
        if self._can_serve and not self._is_in_line:
            self._is_in_line = True
            self.server.line_up(self)

    @property
    def _can_serve(self) -> bool:
        is_stopped = self._is_busy or self._is_full or self.is_over
        return bool(self._reading.whole) and not is_stopped

    def _read_or_not(self, *, is_behind: bool) -> None:
        """Let a client that sends faster than it is served wait, so that nothing piles up."""
        if is_behind != self._is_paused and not self._transport.is_closing():
            (self._transport.pause_reading if is_behind else self._transport.resume_reading)()
            self._is_paused = is_behind

    def _wait_for_client(self) -> None:
        if self._is_busy:
            self.deadline = None
        elif self._reading.arriving is not None:
            self.deadline = self._due
        elif not self._is_full:
            self.deadline = self.server.now() + SILENT_SECONDS

    def _serve(self, request: Request) -> None:
        request.environ[MAY_NOT_WAIT] = True
        if request.refusal is not None:
            request.environ[REFUSAL] = request.refusal
        try:
            answer = self.server.answer(request)
        except MustWait:
            self._is_busy = True
            wait, refuse = partial(self._wait, request), partial(self._refuse, request)
            self.server.waiting.take(wait, refuse)
            return
        self._reply(request, answer)

    def _wait(self, request: Request) -> None:
        """Ask for the answer on a thread that may wait for it."""
        del request.environ[MAY_NOT_WAIT]
        # The first attempt may have read the body before it had to wait.
        request.environ["wsgi.input"].seek(0)
        answer = self.server.answer(request)
        self.server.soon(self._reply_late, request, answer)

    def _refuse(self, request: Request) -> None:
        request.environ[REFUSAL] = Busy(_CROWDED)
        # Not now, because this connection is still at its last step.
        self.server.soon(self._reply_late, request, self.server.answer(request))

    def _reply(self, request: Request, answer: Answer) -> None:
        if answer.delay_seconds:
            self._is_busy = True
            self.server.later(answer.delay_seconds, self._reply_late, request, answer)
        else:
            self._write(request, answer)

    def _reply_late(self, request: Request, answer: Answer) -> None:
        self._is_busy = False
        if not self.is_over:
            self._write(request, answer)
            self.go_on()

    def _write(self, request: Request, answer: Answer) -> None:
        if answer.damage is not None:
            self._is_busy = True
            head, body = answer.content[: answer.head_bytes], answer.content[answer.head_bytes :]
            answer.damage.send(ConnectionWire(self, partial(self._end_late, request)), head, body)
            return
        self._transport.write(answer.content)
        self._end(request)

    def write(self, part: bytes) -> None:
        """Send a part of a damaged reply, unless the client has gone."""
        if not self.is_over:
            self._transport.write(part)

    def _end_late(self, request: Request) -> None:
        self._is_busy = False
        self._end(request)
        self.go_on()

    def _end(self, request: Request) -> None:
        is_last = self._has_ended and not self._reading.whole
        if not request.keeps_alive or is_last:
            self._finish(is_read=request.is_whole or self._has_ended)

    def _finish(self, *, is_read: bool) -> None:
        """Close the connection, and first let a client that is still sending read its answer.

        What is closed while there is something unread looks like a broken connection over there.
        """
        self.is_over = True
        if is_read:
            self._transport.close()
            self.deadline = self.server.now() + SILENT_SECONDS
            return
        self._transport.write_eof()
        self._read_or_not(is_behind=False)
        self.deadline = self.server.now() + _LINGERING_SECONDS

    def _drain(self, length: int) -> None:
        self._drained += length
        if self._drained > MOST_DRAINED_BYTES:
            self._transport.abort()

    def _consent(self) -> None:
        self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
