"""How a world is made as it was before an earlier call: its calls are made again, elsewhere.

The same calls at the same times give the same world, so an application of its own, without a
network, answers them anew from the world's beginning.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from urllib.parse import quote

from werkzeug.test import EnvironBuilder, run_wsgi_app

from mock_server.engine.answered_calls import AnsweredCall, SentRequest, Wanted
from mock_server.engine.journal import Journal
from mock_server.engine.recorded_deliveries import CannotReplay, RecordedDeliveries
from mock_server.web.application import Application
from mock_server.web.turnstile import STARTED
from mock_server.world.carrying import Carried
from mock_server.world.origins import Origin
from mock_server.world.worlds import Worlds


class ReplayedTime:
    """The machine's time of an application that makes calls again: that at which each was made."""

    def __init__(self, now: datetime) -> None:
        """Begin at an instant."""
        self.now = now

    def __call__(self) -> datetime:
        """Return the instant that is shown."""
        return self.now

    def show(self, worlds: Worlds, name: str, at: datetime) -> None:
        """Let a world show an instant, unless its clock stands still."""
        clock = worlds.look(name).clock
        then = clock.machine_time_of(at)
        if then is not None:
            self.now = max(self.now, then)


class Replaying:
    """Makes earlier states of an application's worlds again."""

    def __init__(
        self, journal: Journal, make: Callable[[ReplayedTime], tuple[Application, Worlds]]
    ) -> None:
        """Make the calls of this journal again, in applications that `make` returns."""
        self._journal = journal
        self._make = make

    def before(self, worlds: Worlds, name: str, number: int) -> Carried:
        """Return a world as it was before its call of that number; raises `CannotReplay`."""
        origin = worlds.lifecycle.origin(name)
        calls = self._calls(name, number)
        if origin is None:
            raise CannotReplay(f"how the world {name} began is not known")
        with worlds.aside():
            time = ReplayedTime(worlds.seeded_day)
            app, again = self._make(time)
            try:
                deliveries = RecordedDeliveries(worlds, again, name)
                again.on_stir = deliveries.bring_back
                _begin(worlds, again, time, (name, origin))
                for each in calls[:-1]:
                    _call_again(app, again, time, each)
                time.show(again, name, calls[-1].at)
                with again.turn(name):
                    pass  # What was due by then happens.
                deliveries.refuse_lost()
                return again.lifecycle.take_up(name, is_whole=False)
            finally:
                again.close()

    def _calls(self, name: str, number: int) -> Sequence[AnsweredCall]:
        """Return the calls from a world's first to that of a number; raises `CannotReplay`."""
        last = self._journal.last_number(name)
        if not 1 <= number <= last:
            known = f"1 to {last}" if last else "none"
            raise CannotReplay(f"the calls of the world {name} are {known}, since it began")
        found = self._journal.find(Wanted(name, with_ours=True))[:number]
        if len(found) < number or found[-1].number != number:
            raise CannotReplay(
                f"the first calls of the world {name} are no longer kept, so that none of its"
                " states since can be made again; keep more with --keep-calls, or copy a snapshot"
            )
        return found


def _begin(worlds: Worlds, again: Worlds, time: ReplayedTime, begun: tuple[str, Origin]) -> None:
    """Let a world begin as the one of that name did."""
    name, origin = begun
    if origin.key is not None:
        carried = worlds.lifecycle.take_up(origin.key, is_whole=False)
        again.lifecycle.set_down(name, f"@{name}@origin", carried)
        return
    if origin.beginning.scenario is not None:
        again.lifecycle.bring_scenario(worlds.lifecycle, origin.beginning.scenario)
    time.show(again, name, origin.at)
    again.lifecycle.make(name, origin.beginning)


def _call_again(app: Application, again: Worlds, time: ReplayedTime, call: AnsweredCall) -> None:
    """Make a call at its own time; raises `CannotReplay` where the answer is another one."""
    time.show(again, call.world, call.at)
    status, content = _answer(app, call.request)
    before = call.reply.content
    is_same = status == call.status and before in {None, content}
    # What our own operations answer may follow from what no world holds, such as the journal.
    if not is_same and not call.is_ours:
        raise CannotReplay(
            f"call {call.number} of the world {call.world}, {call.request.method}"
            f" {call.request.path}, is answered otherwise when it is made again, as happens where"
            " calls are made at the same time"
        )


def _answer(app: Application, request: SentRequest) -> tuple[int, bytes]:
    """Return the status and the body with which a request is answered, at once and undamaged."""
    builder = EnvironBuilder(
        method=request.method,
        path=quote(request.path, safe="/%"),
        query_string=request.query,
        headers=[*request.headers.items()],
        data=request.content or b"",
    )
    environ = {**builder.get_environ(), STARTED: 0.0}
    # Past the turnstile, where replies are held back and damaged.
    parts, status, _ = run_wsgi_app(app.plain_wsgi_app, environ)
    return int(status.partition(" ")[0]), b"".join(parts)
