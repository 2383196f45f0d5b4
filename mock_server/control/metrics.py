"""Figures by which a sandbox is watched, for Prometheus."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING

from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.engine.refusals import NotInstalled
from mock_server.version import DISTRIBUTION
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

if TYPE_CHECKING:
    from prometheus_client import Metric

# Of the formats there are, the one that every version of Prometheus reads.
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def read(journal: Journal, _call: Call, world: World | None) -> Reply:
    """Answer the figures of this process and of all worlds; without a database, those of calls.

    Raises `NotInstalled` where prometheus-client is missing.
    """
    if find_spec("prometheus_client") is None:
        raise NotInstalled(
            f"metrics need prometheus-client: python -m pip install '{DISTRIBUTION}[metrics]'"
        )
    if world is None:
        from mock_server.control import figures

        return _told(figures.of_process(journal, has_database=False))
    return replace(reply({}), afterwards=partial(_all, journal))


def _all(journal: Journal, worlds: Worlds) -> Reply:
    # Imported late, here and below: what it needs is an extra.
    from mock_server.control import figures

    of_worlds = [*figures.of_worlds(worlds)]
    return _told([*figures.of_process(journal, has_database=True), *of_worlds])


def _told(metrics: Iterable["Metric"]) -> Reply:
    from prometheus_client import CollectorRegistry, generate_latest

    # A registry of its own for each answer: in one process there may be many applications.
    registry = CollectorRegistry()
    registry.register(_Collected([*metrics]))
    return Reply(generate_latest(registry), headers={"Content-Type": _TYPE})


class _Collected:
    """Metrics that have been read already, as a registry wants them."""

    def __init__(self, metrics: list["Metric"]) -> None:
        self._metrics = metrics

    def collect(self) -> list["Metric"]:
        return self._metrics
