"""What syncs that were passed in one step leave in the logs."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import accumulate
from typing import Any

from mock_server.apis.propexo import job_logs
from mock_server.apis.propexo.syncs import sync
from mock_server.engine.jobs import SUCCESS
from mock_server.engine.moment import Moment
from mock_server.world.identifiers import cuid
from mock_server.world.records import Record
from mock_server.world.world import World


@dataclass(frozen=True)
class Sync:
    """A sync that was passed: when it ended, of what, and how many draws there were before."""

    at: datetime
    details: Mapping[str, Any]
    read: tuple[str, ...]
    draws_before: int

    @property
    def last_draw(self) -> int:
        """Return the number of the last draw: one for each read, and one for each log."""
        return self.draws_before + len(self.read) + self.logs

    @property
    def logs(self) -> int:
        """Return how many jobs it logs: its reads and then itself."""
        return len(self.read) + 1

    def is_of(self, integration_id: str) -> bool:
        """Say whether it was a sync of that integration."""
        return bool(self.details["integration_id"] == integration_id)

    def log(self, world: World, number: int, job_id: str) -> Record:
        """Return one of its logs, as `sync.end` would have kept it."""
        details = {**self.details, "job_id": job_id}
        if number < len(self.read):
            read_id = cuid(world.random_of(self.draws_before + 1 + number))
            told = sync.read_log(details, read_id, sync.read_type(self.read[number]), SUCCESS)
        else:
            told = sync.whole_log(details, SUCCESS)
        log_id = cuid(world.random_of(self.draws_before + len(self.read) + 1 + number))
        return job_logs.written(log_id, self.at, told)


def job_id_of(world: World, details: Mapping[str, Any]) -> str:
    """Return the id of a sync's job, which may be given by the number of its draw."""
    known = details["job_id"]
    return known if isinstance(known, str) else cuid(world.random_of(known))


def keep_logs(moment: Moment, syncs: Sequence[Sync]) -> None:
    """Keep the logs of all the syncs, as far as any of them are still remembered."""
    ends = list(accumulate(each.logs for each in syncs))

    # All logs of a sync tell its job, and are made in a row.
    @lru_cache(maxsize=1)
    def job_id(place: int) -> str:
        return job_id_of(moment.world, syncs[place].details)

    def log(index: int) -> Record:
        place = bisect_right(ends, index)
        number = index - (ends[place] - syncs[place].logs)
        return syncs[place].log(moment.world, number, job_id(place))

    job_logs.keep_many(moment, ends[-1] if ends else 0, log)
