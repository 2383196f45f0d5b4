"""What programs did that they should not, as the journal tells it: for people, and as SARIF."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from mock_server.control.conduct import DESCRIPTIONS, Conduct, Finding, findings
from mock_server.engine import deliveries, jobs
from mock_server.engine.answered_calls import AnsweredCall, Wanted
from mock_server.engine.call import Call, Reply, reply
from mock_server.engine.journal import Journal
from mock_server.settings import Settings
from mock_server.version import VERSION
from mock_server.world.world import World
from mock_server.world.worlds import Worlds

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def find_all(journal: Journal, call: Call, _: World) -> Reply:
    """Answer the findings of every world of which calls are kept, or of the one that is named."""

    def afterwards(worlds: Worlds) -> Reply:
        found = [asdict(each) for each in _found(journal, call, worlds)]
        return reply({"total": len(found), "results": found})

    return Reply(b"{}", afterwards=afterwards)


def as_sarif(journal: Journal, call: Call, _: World) -> Reply:
    """Answer the findings in the Static Analysis Results Interchange Format, 2.1.0."""

    def afterwards(worlds: Worlds) -> Reply:
        results = [_sarif(each) for each in _found(journal, call, worlds)]
        rules = [{"id": id_, "shortDescription": {"text": t}} for id_, t in DESCRIPTIONS.items()]
        driver = {"name": "mock-server", "version": VERSION, "rules": rules}
        runs = [{"tool": {"driver": driver}, "results": results}]
        return reply({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs})

    return Reply(b"{}", afterwards=afterwards)


def _sarif(finding: Finding) -> dict[str, Any]:
    whose = f"{finding.world}.{finding.credential}" if finding.credential else finding.world
    numbers = ", ".join(map(str, finding.calls))
    text = f"{finding.operation or 'a call'}: {finding.message} (world {whose}, calls {numbers})"
    where = {"name": finding.operation or "", "fullyQualifiedName": f"{whose}: {finding.operation}"}
    return {
        "ruleId": finding.rule,
        "level": "warning",
        "message": {"text": text},
        "locations": [{"logicalLocations": [where]}],
    }


def _found(journal: Journal, call: Call, worlds: Worlds) -> Iterator[Finding]:
    asked = call.question.values.get("world")
    for name in sorted(journal.worlds()) if asked is None else [asked]:
        for calls in _by_credential(journal.find(Wanted(name))).values():
            yield from worlds.ask(name, _Judge(calls, call.settings)) or ()


def _by_credential(calls: list[AnsweredCall]) -> Mapping[str | None, list[AnsweredCall]]:
    found: dict[str | None, list[AnsweredCall]] = {}
    for each in calls:
        found.setdefault(each.credential, []).append(each)
    return found


class _Judge:
    """What looks at the calls of one credential beside what their world knows."""

    def __init__(self, calls: list[AnsweredCall], settings: Settings) -> None:
        self._calls = calls
        self._settings = settings

    def __call__(self, world: World) -> list[Finding]:
        def job_status(job_id: str) -> str | None:
            job = jobs.find(world, job_id)
            return None if job is None else job.status(world.clock.now())

        is_told = world.owns(deliveries.TABLE) and bool(world.collection(deliveries.TABLE).all())
        return [*findings(Conduct(self._calls, self._settings, job_status, is_told))]
