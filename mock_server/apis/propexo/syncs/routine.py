"""How are scheduled syncs that nobody could notice passed in one step, instead of one by one?

A month has hundreds of them, and each logs two dozen jobs of which few are kept. What they leave is
worked out from what each takes from the world (draws, numbers and instants), so that it is the same
to the byte as if each had happened by itself.
"""

import heapq
from dataclasses import dataclass, field, replace
from datetime import datetime

from mock_server.apis.propexo.kept import records
from mock_server.apis.propexo.syncs import copying, models, quiet, schedule, sync
from mock_server.apis.propexo.syncs.unnoticed import Sync, job_id_of, keep_logs
from mock_server.engine.moment import Moment
from mock_server.world.agenda import Entry
from mock_server.world.clock import iso
from mock_server.world.records import Record

# So many at a time, which takes some tenths of a second; then other callers are let in.
_MOST = 5_000


def pass_routine(moment: Moment) -> bool:
    """Pass what is due by the moment and cannot be noticed; say whether there was anything.

    It ends before the first entry of the agenda that has to happen by itself.
    """
    first = moment.world.agenda.next_entry
    if first is None or first.due_at > moment.at or first.action not in {schedule.BEGIN, sync.END}:
        return False
    if quiet.is_listened_to(moment.world):
        return False
    passage = _Passage(moment)
    passage.go()
    passage.leave()
    return passage.has_passed


@dataclass(order=True)
class _Planned:
    """An entry in the order of the agenda, with its number there unless it is a new one."""

    due_at: datetime
    order: int
    entry: Entry = field(compare=False)
    number: int | None = field(compare=False)


class _Passage:
    """What becomes of an agenda and of the integrations while syncs are passed."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self._world = moment.world
        upcoming = enumerate(self._world.agenda.upcoming(moment.at))
        self._heap = [_Planned(each.due_at, n, each, number) for n, (number, each) in upcoming]
        self._count = len(self._heap)
        self._taken: list[int] = []
        self._draws = self._world.draws
        self._syncs: list[Sync] = []
        # What follows is changed here as the syncs change it, and kept at the end.
        self._schedules = _by_id(moment, "job_schedules")
        self._integrations = _by_id(moment, "integrations")
        self._changed: dict[str, Record] = {}
        self._models: dict[str, list[str]] = {}
        self._quiet: dict[str, bool] = {}

    @property
    def has_passed(self) -> bool:
        """Say whether anything was passed."""
        return bool(self._taken)

    def go(self) -> None:
        """Pass one entry after the other, until one has to happen by itself."""
        kinds = {schedule.BEGIN: self._begin, sync.END: self._end}
        while self._heap and self._heap[0].due_at <= self._moment.at and len(self._syncs) < _MOST:
            next_one = self._heap[0]
            kind = kinds.get(next_one.entry.action)
            if kind is None or not kind(next_one.entry):
                return
            # What it has added is due no earlier and comes later, so it is still the first.
            heapq.heappop(self._heap)
            if next_one.number is not None:
                self._taken.append(next_one.number)

    def leave(self) -> None:
        """Leave the world as the syncs would have left it."""
        if not self.has_passed:
            return
        for integration_id, changes in self._changed.items():
            integration = self._integrations[integration_id]
            if "last_completed_sync" in changes:
                at = next(each.at for each in reversed(self._syncs) if each.is_of(integration_id))
                seen = Moment(self._world, at, self._moment.settings)
                copying.see_all(seen, integration, self._models[integration_id])
            records(self._world, "integrations").patch(integration_id, changes)
        for each in {each.details["schedule_id"] for each in self._syncs}:
            changes = {name: self._schedules[each][name] for name in ("last_run", "plan")}
            records(self._world, "job_schedules").patch(each, changes)
        keep_logs(self._moment, self._syncs)
        self._world.pass_draws(self._draws)
        added = sorted((each.order, each.entry) for each in self._heap if each.number is None)
        self._world.agenda.replace(self._taken, [self._named(entry) for _, entry in added])

    def _begin(self, entry: Entry) -> bool:
        """Pass the begin of a sync, as `sync.begin_scheduled` does; say whether it can be."""
        planned = self._schedules.get(entry.details["schedule_id"])
        if planned is None or not schedule.is_as_planned(planned, entry.details):
            return True
        integration = self._integrations.get(planned["integration_id"])
        if integration is None or integration.get("is_running_sync"):
            return False
        if not self._is_quiet(integration, entry.due_at):
            return False
        self._change(integration, is_running_sync=True)
        self._draws += 1
        details = sync.details_of(integration, self._draws, schedule_id=planned["id"])
        self._add(sync.end_of(entry.due_at, details, self._moment.settings))
        return True

    def _end(self, entry: Entry) -> bool:
        """Pass the end of a sync, as `sync.end` does; say whether it can be."""
        planned = self._schedules.get(entry.details["schedule_id"])
        integration = self._integrations.get(entry.details["integration_id"])
        if planned is None or integration is None or not sync.is_regular(entry.details):
            return False
        if not self._is_quiet(integration, entry.due_at):
            return False
        at = entry.due_at
        self._change(integration, is_running_sync=False, last_completed_sync=iso(at))
        read = self._models_of(integration)
        self._syncs.append(Sync(at, entry.details, tuple(read), self._draws))
        self._draws = self._syncs[-1].last_draw
        planned |= {"last_run": iso(at), "plan": planned.get("plan", 0) + 1}
        following = schedule.entry_of(Moment(self._world, at, self._moment.settings), planned)
        if following is not None:
            self._add(following)
        return True

    def _is_quiet(self, integration: Record, at: datetime) -> bool:
        integration_id = integration["id"]
        if integration_id not in self._quiet:
            moment = Moment(self._world, at, self._moment.settings)
            self._quiet[integration_id] = quiet.is_quiet(moment, integration)
        return self._quiet[integration_id]

    def _models_of(self, integration: Record) -> list[str]:
        integration_id = integration["id"]
        if integration_id not in self._models:
            self._models[integration_id] = models.to_read(self._world, integration, None)
        return self._models[integration_id]

    def _change(self, integration: Record, **changes: object) -> None:
        integration.update(changes)
        self._changed.setdefault(integration["id"], {}).update(changes)

    def _add(self, entry: Entry) -> None:
        # An agenda keeps whole milliseconds.
        due_at = entry.due_at.replace(microsecond=entry.due_at.microsecond // 1000 * 1000)
        kept = replace(entry, due_at=due_at)
        heapq.heappush(self._heap, _Planned(due_at, self._count, kept, None))
        self._count += 1

    def _named(self, entry: Entry) -> Entry:
        """Return an entry with the job's id in place of the number of the draw that gives it."""
        if entry.action != sync.END:
            return entry
        named = {**entry.details, "job_id": job_id_of(self._world, entry.details)}
        return replace(entry, details=named)


def _by_id(moment: Moment, resource: str) -> dict[str, Record]:
    return {each["id"]: each for each in records(moment.world, resource).all()}
