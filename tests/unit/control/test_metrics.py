"""Do the metrics tell what was called, what waits and what is kept, in Prometheus' format?"""

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mock_server import __version__, create_app
from mock_server.world.obstacles import Unreachable

PATH = "/__admin/metrics"
LEADS = {"api": "propexo", "operation": "GET /v1/leads/", "status": "200"}
HOOK = "http://receiver.mock-server.invalid/"


class Watched:
    """The metrics of an application as they were at one moment."""

    def __init__(self, client: Any) -> None:
        """Read them now."""
        answer = client.get(PATH)
        assert answer.status_code == 200, answer.text
        assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
        families = [*text_string_to_metric_families(answer.text)]
        self.names = {each.name for each in families}
        self._samples = [one for each in families for one in each.samples]

    def value(self, name: str, labels: Mapping[str, str] | None = None) -> float | None:
        """Return the value of a sample, None where there is none with exactly these labels."""
        found = [each for each in self._samples if (each.name, each.labels) == (name, labels or {})]
        return found[0].value if found else None


def total(watched: Watched, **labels: str) -> float:
    return watched.value("mock_server_calls_total", {**LEADS, **labels}) or 0


def test_calls_are_counted_by_api_operation_and_status(sandbox: Any) -> None:
    before = Watched(sandbox.client)
    for query in ("", "", "?limit=wrong"):
        sandbox.ask(f"GET /v1/leads/{query}")
    sandbox.ask("GET /v1/nothing-there")
    sandbox.ask("GET /nothing-there")
    after = Watched(sandbox.client)
    assert total(after) - total(before) == 2
    assert total(after, status="400") - total(before, status="400") == 1
    of_no_operation = {"operation": "none", "status": "404"}
    for api in ("propexo", "none"):
        labels = {**of_no_operation, "api": api}
        assert total(after, **labels) - total(before, **labels) == 1


def test_each_duration_stands_in_the_groups_that_it_fits(sandbox: Any) -> None:
    name, api = "mock_server_call_duration_seconds", {"api": "leadpro"}
    before = Watched(sandbox.client)
    sandbox.ask("GET /api/v103/offices")
    after = Watched(sandbox.client)
    assert after.value(f"{name}_count", api) == (before.value(f"{name}_count", api) or 0) + 1
    assert after.value(f"{name}_bucket", {**api, "le": "+Inf"}) == after.value(f"{name}_count", api)
    assert (after.value(f"{name}_sum", api) or 0) > (before.value(f"{name}_sum", api) or 0)


def test_to_read_them_is_no_call_of_a_world(sandbox: Any) -> None:
    Watched(sandbox.client)
    named = {"api": "sandbox", "operation": f"GET {PATH}", "status": "200"}
    assert Watched(sandbox.client).value("mock_server_calls_total", named) is None


def test_what_waits_is_counted_in_all_worlds_and_in_no_snapshot(sandbox: Any) -> None:
    landing = {"action": "land a write", "routine": "false"}
    leaving = {"action": "send a delivery", "routine": "false"}
    before = Watched(sandbox.client)
    sandbox.get("POST /__admin/clock", {"freeze": True})
    lead = sandbox.get("GET /v1/leads/?limit=1")["results"][0]["id"]
    sandbox.get("POST /sandbox/leadpro/webhooks", {"url": HOOK})
    fault = {"effect": "delay", "seconds": 60, "times": 1}
    sandbox.get("POST /sandbox/webhooks/faults", fault)
    sandbox.get("POST /sandbox/webhooks/fire", {"event": "lead.created", "body": {"id": 1}})
    sandbox.get(f"PUT /v1/leads/{lead}", {"last_name": "Byron"})
    sandbox.get("POST /__admin/snapshots", {"name": "prepared"})
    after = Watched(sandbox.client)

    def grown(name: str, labels: Mapping[str, str] | None = None) -> float:
        return (after.value(name, labels) or 0) - (before.value(name, labels) or 0)

    assert grown("mock_server_agenda_entries", landing) == 1
    assert grown("mock_server_agenda_entries", leaving) == 1
    assert grown("mock_server_deliveries", {"state": "waiting"}) == 1
    assert grown("mock_server_worlds") == grown("mock_server_open_worlds") == 1


def test_the_page_tells_of_every_metric_and_of_no_other(sandbox: Any) -> None:
    page = (Path(__file__).parents[3] / "docs" / "watching.md").read_text(encoding="utf-8")
    told = re.findall(r"`(mock_server_\w+)`", page.split("## Useful queries")[0])
    # The parser leaves out the ends of the names of counters.
    assert {each.removesuffix("_total") for each in told} == Watched(sandbox.client).names


def test_applications_of_one_process_count_for_themselves(sandbox: Any) -> None:
    sandbox.ask("GET /v1/leads/")
    other = create_app(access_log=False).test_client()
    watched = Watched(other)
    assert total(watched) == 0
    assert watched.value("mock_server_info", {"version": __version__}) == 1


def test_without_the_database_the_calls_are_told(
    sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_: str) -> AbstractContextManager[Any]:
        raise Unreachable("the database cannot be reached")

    sandbox.ask("GET /v1/leads/")
    assert Watched(sandbox.client).value("mock_server_database_up") == 1
    gone: Callable[[str], Any] = unreachable
    monkeypatch.setattr(sandbox.worlds, "turn", gone)
    watched = Watched(sandbox.client)
    assert watched.value("mock_server_database_up") == 0
    assert total(watched) > 0
    assert "mock_server_worlds" not in watched.names


def test_without_the_extra_it_says_how_to_install_it(
    sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    status, told = sandbox.ask(f"GET {PATH}")
    assert status == 501
    assert "python -m pip install 'proptech-sandbox[metrics]'" in told["error"]
