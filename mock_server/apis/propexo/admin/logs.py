"""What the account's jobs did: the logs of writes and syncs, and the changes that syncs found."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from mock_server.apis.propexo import envelopes
from mock_server.engine import actions, jobs
from mock_server.engine.call import Call, Question, Reply, reply
from mock_server.engine.references import found
from mock_server.engine.refusals import NotFound
from mock_server.world.clock import iso
from mock_server.world.queries import Condition, OrderBy, Page, Selection
from mock_server.world.records import Record
from mock_server.world.world import World

_NEWEST_FIRST = (OrderBy("created_at", descending=True),)
_DIFFS_KEPT = timedelta(days=30)
_RANGES = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}
_SELECTORS = ("integration_id", "status", "write_category")


def list_writes(call: Call, world: World) -> Reply:
    """Answer the latest log of each write that has landed, newest first."""
    asked = call.question.values
    latest: dict[str, Record] = {}
    for log in call.records(world).all(_writes_asked_for(call, world)):
        latest.setdefault(log["job_id"], log)
    first = asked.get("offset") or 0
    shown = list(latest.values())[first : first + asked["limit"]]
    return reply({"results": {"logs": [_write_log(each, world) for each in shown]}})


def fetch_history(call: Call, world: World) -> Reply:
    """Answer a job's logs, and unless told otherwise those of the jobs that it spawned."""
    records, job_id = call.records(world), call.path["id"]
    whole = call.question.values["include_all_jobs"] == "true"
    fields = ("job_id", "parent_job_id", "root_job_id") if whole else ("job_id",)
    asked = [Selection((Condition(name, job_id),)) for name in fields]
    stamps = {each["id"]: each["created_at"] for one in asked for each in records.all(one)}
    ids = sorted(stamps, key=lambda each: (stamps[each], each), reverse=True)
    if not ids and jobs.find(world, job_id) is None:
        raise NotFound(f"no job has the id {job_id!r}")
    texts = ",".join(records.text(each) or "" for each in ids).encode()
    limit = call.question.values.get("limit") or 0
    call.question = Question(selection=Selection(order=_NEWEST_FIRST), limit=limit)
    return envelopes.page(call, Page(texts, len(ids), len(ids)))


def fetch_content(call: Call, world: World) -> Reply:
    """Redirect to what a write was asked to do; no other job has content."""
    log = found(call, world)
    if not log.get("is_write"):
        raise NotFound(f"the job log {log['id']!r} has no content; only those of writes have")
    return Reply(b"{}", 302, {"Location": f"/__admin/jobs/{world.name}/{log['job_id']}"})


def list_data_changes(call: Call, world: World) -> Reply:
    """Answer what syncs found new or changed in the last 30 days (reference: data diffs)."""
    selection = call.question.selection
    recent = Condition("created_at", iso(world.clock.now() - _DIFFS_KEPT), "at_least")
    kept = replace(selection, conditions=(*selection.conditions, recent))
    call.question = replace(call.question, selection=kept)
    return actions.list_records(call, world)


def _writes_asked_for(call: Call, world: World) -> Selection:
    asked = call.question.values
    stated = {name: asked[name] for name in _SELECTORS if asked.get(name) is not None}
    conditions = [Condition(name, value) for name, value in {"is_write": True, **stated}.items()]
    if asked.get("time_range") is not None:
        since = iso(world.clock.now() - _RANGES[asked["time_range"]])
        conditions.append(Condition("created_at", since, "at_least"))
    return Selection(tuple(conditions), _NEWEST_FIRST)


def _write_log(log: Record, world: World) -> dict[str, Any]:
    job = jobs.find(world, log["job_id"])
    notes = {} if job is None else job.notes
    return {
        "id": log["id"],
        "created_at": log["created_at"],
        "job_id": log["job_id"],
        "job_log_id": log["id"],
        "status": log["status"],
        "integration_id": log["integration_id"],
        "job_type": log["job_type"],
        "parameters": notes.get("parameters"),
        "error": "; ".join(job.outcome.errors) if job and job.outcome.errors else None,
        "name": notes.get("name", ""),
        "vendor": notes.get("vendor", "INTERNAL"),
    }
