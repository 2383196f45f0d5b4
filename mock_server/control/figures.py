"""What a sandbox tells Prometheus of itself, read from what it counts and keeps anyway."""

from collections.abc import Iterator
from itertools import accumulate

from prometheus_client import Metric
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)

from mock_server.engine import deliveries
from mock_server.engine.call_counts import BOUNDS
from mock_server.engine.journal import Journal
from mock_server.version import VERSION
from mock_server.world.worlds import Worlds

_NONE = "none"  # The label of calls that belong to no Api, or to no operation of it.
_LIMITS = [*map(str, BOUNDS), "+Inf"]


def of_process(journal: Journal, *, has_database: bool) -> Iterator[Metric]:
    """Yield what this process alone knows: its version, its calls, its database."""
    yield InfoMetricFamily("mock_server", "The version.", {"version": VERSION})
    up = "Whether the database can be used: 1 or 0."
    yield GaugeMetricFamily("mock_server_database_up", up, float(has_database))
    ended, durations = journal.counts()
    calls = CounterMetricFamily(
        "mock_server_calls",
        "Calls that were answered since the start.",
        labels=["api", "operation", "status"],
    )
    for (api, operation, status), count in ended.items():
        calls.add_metric([api or _NONE, operation or _NONE, str(status)], count)
    yield calls
    seconds = HistogramMetricFamily(
        "mock_server_call_duration_seconds", "How long replies took.", labels=["api"]
    )
    for name, each in durations.items():
        buckets = [*zip(_LIMITS, accumulate(each.groups), strict=True)]
        seconds.add_metric([name or _NONE], buckets, each.seconds)
    yield seconds


def of_worlds(worlds: Worlds) -> Iterator[Metric]:
    """Yield what all worlds hold, as it is now."""
    kept, opened = len(worlds.names()), worlds.count_open()
    yield GaugeMetricFamily("mock_server_worlds", "Worlds that there are.", kept)
    yield GaugeMetricFamily("mock_server_open_worlds", "Worlds in memory.", opened)
    yield _agendas(worlds)
    yield _deliveries(worlds)
    yield from _caches(worlds)


def _agendas(worlds: Worlds) -> Metric:
    found = GaugeMetricFamily(
        "mock_server_agenda_entries",
        "What worlds will do by themselves; routine comes round for ever.",
        labels=["action", "routine"],
    )
    for (action, is_routine), count in worlds.count_agendas().items():
        found.add_metric([action, str(is_routine).lower()], count)
    return found


def _deliveries(worlds: Worlds) -> Metric:
    found = GaugeMetricFamily(
        "mock_server_deliveries", "Webhook deliveries that are kept, by state.", labels=["state"]
    )
    counts = worlds.count_records(deliveries.TABLE, "state")
    for state in deliveries.STATES:
        found.add_metric([state], counts.get(state, 0))
    return found


def _caches(worlds: Worlds) -> Iterator[Metric]:
    size = GaugeMetricFamily("mock_server_cache_bytes", "About their size.", labels=["cache"])
    entries = GaugeMetricFamily("mock_server_cache_entries", "What they hold.", labels=["cache"])
    misses = CounterMetricFamily(
        "mock_server_cache_misses", "How often something was not in them.", labels=["cache"]
    )
    for name, each in worlds.caches.items():
        size.add_metric([name], each.bytes)
        entries.add_metric([name], len(each))
        misses.add_metric([name], each.misses)
    yield from (size, entries, misses)
